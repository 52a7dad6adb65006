// Arguments for the program ssh, as inventories write them, and what they mean here: lines of its configuration. No such program is run.
import { HOST_KEY_WORDS, KEYWORDS_AS_IT_IS, KEYWORDS_PASSED_OVER, LETTERS_PASSED_OVER, LETTERS_WITH_VALUE } from './ssh-argument-words.ts';
import { isFollowed, readLine, type Line } from './ssh-config.ts';

/** What arguments come to. */
export interface SshArguments {
  /** As they would stand in ssh_config, above everything else there. */
  readonly lines: readonly Line[];
  /** The configuration to follow instead of the usual files. */
  readonly config?: string;
  /** What is to be done with a host key that is not known. */
  readonly hostKey?: 'strict' | 'accept-new';
  /** Those that cannot be followed. */
  readonly problems: readonly ArgumentProblem[];
}

/** A word that cannot be followed, and what to do about it. */
export interface ArgumentProblem {
  readonly word: string;
  readonly advice: string;
}

/** One argument; the letter is absent where it is no option. */
interface Argument {
  readonly letter?: string;
  readonly value?: string;
  /** As a person would find it again. */
  readonly word: string;
}

type Place = Pick<Line, 'file' | 'line'>;

/** What one argument means: a part of the whole, or nothing that could be followed. */
type Meaning = Partial<Pick<SshArguments, 'config' | 'hostKey'>> & { readonly line?: Line; readonly advice?: string };

const ELSEWHERE = { advice: 'remove it, or write it into ~/.ssh/config and set connection: openssh' };
const NO_AGENT = { advice: 'no agent is forwarded: fetch what needs it to this machine, or give the host a key of its own' };

/** Reads them as ssh would, where the first to say something counts; `at` is where they are written. */
export function readSshArguments(text: string, at: Place): SshArguments {
  const meanings = argumentsIn(text).map(argument => ({ word: argument.word, ...meaningOf(argument, at) }));
  const config = meanings.find(meaning => meaning.config !== undefined)?.config;
  const hostKey = meanings.find(meaning => meaning.hostKey !== undefined)?.hostKey;
  return {
    lines: meanings.flatMap(({ line }) => line ?? []),
    problems: meanings.flatMap(({ word, advice }) => (advice === undefined ? [] : { word, advice })),
    ...(config !== undefined && { config }),
    ...(hostKey !== undefined && { hostKey }),
  };
}

function meaningOf({ letter = '', value = '' }: Argument, at: Place): Meaning {
  if (LETTERS_PASSED_OVER.has(letter)) return {};
  if (letter === 'A') return NO_AGENT;
  if (value === '') return ELSEWHERE;
  if (letter === 'F') return { config: value };
  const keyword = LETTERS_WITH_VALUE.get(letter);
  if (keyword !== undefined) return { line: { ...at, keyword, words: [value] } };
  const line = letter === 'o' ? readLine(value, at) : undefined;
  return line === undefined ? ELSEWHERE : meaningOfLine(line);
}

function meaningOfLine(line: Line): Meaning {
  const { keyword } = line;
  const [word] = line.words;
  if (word === undefined) return ELSEWHERE;
  if (isFollowed(keyword)) return { line };
  const hostKey = keyword === 'stricthostkeychecking' ? HOST_KEY_WORDS.get(word.toLowerCase()) : undefined;
  if (hostKey !== undefined) return { hostKey };
  if (KEYWORDS_PASSED_OVER.has(keyword) || KEYWORDS_AS_IT_IS.get(keyword)?.test(word) === true) return {};
  return keyword === 'forwardagent' ? NO_AGENT : ELSEWHERE;
}

/** Letters may stand together (`-qC`), a value behind its letter or as the word after it. */
function argumentsIn(text: string): readonly Argument[] {
  const words = [...wordsIn(text)];
  const found: Argument[] = [];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const isOption = /^-[A-Za-z0-9]/.test(word);
    if (!isOption) found.push({ word });
    for (let index = 1; isOption && index < word.length; index += 1) {
      const letter = word.charAt(index);
      if (!LETTERS_WITH_VALUE.has(letter)) found.push({ letter, word: `-${letter}` });
      else {
        const value = word.slice(index + 1) || (words.shift() ?? '');
        found.push({ letter, value, word: `-${letter} ${value}`.trimEnd() });
        break;
      }
    }
  }
  return found;
}

/** Words as a shell parts them: quotes and backslashes hold together. A quote that is never closed holds to the end. */
function wordsIn(text: string): readonly string[] {
  const words = text.matchAll(/(?:"(?:[^"\\]|\\.)*(?:"|$)|'[^']*(?:'|$)|\\.|[^\s"'\\])+/gs);
  return [...words].map(([word]) =>
    word.replaceAll(/"((?:[^"\\]|\\.)*)(?:"|$)|'([^']*)(?:'|$)|\\(.)/gs, (_, double?: string, single?: string, plain?: string) => {
      return double?.replaceAll(/\\(["\\$`])/g, '$1') ?? single ?? plain ?? '';
    }),
  );
}
