// How the OpenSSH client of this machine would reach a host: its configuration files, read as ssh_config(5) describes them.
import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { InputError } from '../../errors/errors.ts';
import { matchesList, matchesPattern } from './name-pattern.ts';

/** Whoever asks. */
export interface Person {
  readonly name: string;
  readonly uid: number;
  readonly home: string;
}

/** What the files say of one host; what they do not say is absent. */
export interface SshOptions {
  readonly hostName?: string;
  readonly user?: string;
  readonly port?: number;
  /** Existing or not, in the order they are tried. */
  readonly identityFiles?: readonly string[];
  readonly identitiesOnly?: boolean;
  /** Hosts to pass through, the first one first: `user@name:port`. */
  readonly proxyJump?: readonly string[];
  readonly proxyCommand?: { readonly text: string; readonly at: string };
  /** Where a certificate to log in with is named, a ticket of Kerberos asked for, a section left to what a program says. */
  readonly certificateAt?: string;
  readonly gssapiAt?: string;
  readonly matchExecAt?: string;
  /** Seconds. */
  readonly connectTimeout?: number;
  /** Seconds without a sign of life before one is asked for; 0 asks for none. */
  readonly aliveInterval?: number;
  /** As many may stay without an answer. */
  readonly aliveCount?: number;
  readonly knownHosts?: readonly string[];
  readonly systemKnownHosts?: readonly string[];
  /** The name that known_hosts files have it under. */
  readonly hostKeyAlias?: string;
  readonly hashKnownHosts?: boolean;
  /** A socket, `none`, or `SSH_AUTH_SOCK` for the one that the environment names. */
  readonly identityAgent?: string;
}

/** A line with a keyword, in lower case, and its words. */
export interface Line {
  readonly file: string;
  readonly line: number;
  readonly keyword: string;
  readonly words: readonly string[];
}

/** What a keyword was given first. */
type Given = Map<string, Line>;

const OPTIONS: ReadonlySet<string> = new Set([
  'hostname',
  'user',
  'port',
  'identitiesonly',
  'proxyjump',
  'proxycommand',
  'connecttimeout',
  'serveraliveinterval',
  'serveralivecountmax',
  'userknownhostsfile',
  'certificatefile',
  'gssapiauthentication',
  'globalknownhostsfile',
  'hostkeyalias',
  'hashknownhosts',
  'identityagent',
]);

/** The user's file is asked first, then that of the machine. */
const SYSTEM = '/etc/ssh/ssh_config';
const DEEPEST = 16;
const WRITABLE_BY_OTHERS = 0o022;

/** The configuration of a person; files are read once. */
export class SshConfig {
  readonly #person: Person;
  readonly files: readonly string[];
  readonly #lines = new Map<string, readonly Line[]>();

  /** @param files in the order they are asked, those of OpenSSH if not given; one that does not exist says nothing */
  constructor(person: Person, files: readonly string[] = [join(person.home, '.ssh', 'config'), SYSTEM]) {
    this.#person = person;
    this.files = files;
  }

  /**
   * What is said of a host.
   * @param name as a person would give it to ssh
   * @param user the one to log in as, where that is known without these files
   * @param above lines that stand above those of the files, as `-o` of ssh does
   * @throws InputError for a file that others can write, and for a line that says nothing one can follow
   */
  optionsFor(name: string, user?: string, above: readonly Line[] = []): SshOptions {
    const given: Given = new Map();
    const identities: Line[] = [];
    const asked: Asked = { name, user, given, identities, undecided: undefined };
    for (const line of above) take(line, asked);
    for (const file of this.files) this.#walk(file, asked, true, 0);
    return this.#optionsOf(asked);
  }

  #walk(file: string, asked: Asked, isAbove: boolean, depth: number): void {
    let holds = isAbove;
    for (const line of this.#linesOf(file)) {
      if (line.keyword === 'host') holds = isAbove && matchesList(line.words, asked.name);
      else if (line.keyword === 'match') holds = isAbove && this.#matches(line, asked);
      else if (!holds) continue;
      else if (line.keyword === 'include') {
        if (depth === DEEPEST) throw wrong(line, `Include goes deeper than ${DEEPEST} files`, 'look for one that includes itself');
        for (const each of line.words.flatMap(word => this.#filesOf(word, file))) this.#walk(each, asked, holds, depth + 1);
      } else take(line, asked);
    }
  }

  #linesOf(file: string): readonly Line[] {
    const lines = this.#lines.get(file) ?? readLines(file, this.#person);
    this.#lines.set(file, lines);
    return lines;
  }

  #filesOf(word: string, file: string): readonly string[] {
    const expanded = withHome(word, this.#person);
    const isSystem = file === SYSTEM || dirname(file).startsWith('/etc/ssh');
    return wildcards(isAbsolute(expanded) ? expanded : join(isSystem ? '/etc/ssh' : join(this.#person.home, '.ssh'), expanded));
  }

  /** All criteria have to hold. What needs a program or the network to be judged does not hold. */
  #matches(line: Line, asked: Asked): boolean {
    const { name, user, given } = asked;
    const words = [...line.words];
    let holds = true;
    let needsProgram = false;
    while (words.length > 0) {
      const word = (words.shift() ?? '').toLowerCase();
      const criterion = word.replace(/^!/, '');
      if (criterion === 'all') {
        holds &&= !word.startsWith('!');
        continue;
      }
      if (criterion === 'canonical' || criterion === 'final') {
        holds = false;
        continue;
      }
      const list = words.shift();
      if (list === undefined) throw wrong(line, `Match ${criterion} names nothing`, 'give it a list of patterns');
      if (criterion === 'exec') {
        needsProgram = true;
        continue;
      }
      const hostName = given.get('hostname')?.words[0];
      const value = {
        host: hostName === undefined ? name : this.#expand(hostName, { h: name, n: name }),
        originalhost: name,
        user: user ?? given.get('user')?.words[0] ?? this.#person.name,
        localuser: this.#person.name,
      }[criterion];
      holds &&= value !== undefined && matchesList(list.split(','), value) !== word.startsWith('!');
    }
    if (holds && needsProgram) asked.undecided ??= line;
    return holds && !needsProgram;
  }

  #optionsOf({ name, user: known, given, identities, undecided }: Asked): SshOptions {
    const first = (keyword: string): string | undefined => given.get(keyword)?.words[0];
    const number = (keyword: string): number | undefined => numberIn(given.get(keyword));
    const hostName = first('hostname');
    const reached = hostName === undefined ? undefined : this.#expand(hostName, { h: name, n: name });
    const [user, port] = [first('user'), number('port')];
    const tokens = { h: reached ?? name, n: name, p: String(port ?? 22), r: known ?? user ?? this.#person.name };
    const path = (text: string): string => this.#expand(withHome(withEnvironment(text), this.#person), tokens);
    const jump = given.get('proxyjump');
    const command = given.get('proxycommand');
    const files = (keyword: string): readonly string[] | undefined => {
      const words = given.get(keyword)?.words;
      return isNone(words?.[0]) ? [] : words?.map(path);
    };
    const yes = (keyword: string): boolean | undefined => {
      const word = first(keyword);
      return word === undefined ? undefined : /^(?:yes|true)$/i.test(word);
    };
    const [knownHosts, systemKnownHosts] = [files('userknownhostsfile'), files('globalknownhostsfile')];
    const [only, hashed] = [yes('identitiesonly'), yes('hashknownhosts')];
    const [alias, agent] = [first('hostkeyalias'), first('identityagent')];
    const timeout = number('connecttimeout');
    const [interval, count] = [number('serveraliveinterval'), number('serveralivecountmax')];
    const keys = identities.flatMap(({ words: [word] }) => (word === undefined || isNone(word) ? [] : [path(word)]));
    const certificate = given.get('certificatefile');
    const gssapi = given.get('gssapiauthentication');
    return {
      ...(reached !== undefined && { hostName: reached }),
      ...(user !== undefined && { user }),
      ...(port !== undefined && { port }),
      ...(identities.length > 0 && { identityFiles: [...new Set(keys)] }),
      ...(only !== undefined && { identitiesOnly: only }),
      ...(jump && !isNone(jump.words[0]) && { proxyJump: splitJumps(this.#expand(jump.words[0] ?? '', tokens)) }),
      ...(command && !isNone(command.words[0]) && { proxyCommand: { text: command.words.join(' '), at: placeOf(command) } }),
      ...(certificate && !isNone(certificate.words[0]) && { certificateAt: placeOf(certificate) }),
      ...(gssapi && isYes(gssapi.words[0]) && { gssapiAt: placeOf(gssapi) }),
      ...(undecided && { matchExecAt: placeOf(undecided) }),
      ...(timeout !== undefined && { connectTimeout: timeout }),
      ...(interval !== undefined && { aliveInterval: interval }),
      ...(count !== undefined && { aliveCount: count }),
      ...(knownHosts && { knownHosts }),
      ...(systemKnownHosts && { systemKnownHosts }),
      ...(alias !== undefined && { hostKeyAlias: alias }),
      ...(hashed !== undefined && { hashKnownHosts: hashed }),
      ...(agent !== undefined && { identityAgent: /^(?:none|SSH_AUTH_SOCK)$/.test(agent) ? agent : path(agent) }),
    };
  }

  /** Tokens that begin with a per cent sign; one that is not known here stays as it is. */
  #expand(text: string, tokens: Readonly<Record<string, string>>): string {
    const all: Readonly<Record<string, string>> = {
      '%': '%',
      d: this.#person.home,
      u: this.#person.name,
      i: String(this.#person.uid),
      l: hostname(),
      L: hostname().split('.')[0] ?? '',
      ...tokens,
    };
    return text.replaceAll(/%(.)/g, (token, letter: string) => all[letter] ?? token);
  }
}

interface Asked {
  readonly name: string;
  readonly user: string | undefined;
  readonly given: Given;
  readonly identities: Line[];
  /** The first section that everything speaks for but a program, which is not run here. */
  undecided: Line | undefined;
}

function take(line: Line, { given, identities }: Asked): void {
  if (line.keyword === 'identityfile') identities.push(line);
  // Whichever of the two ways through another host comes first is taken.
  else if (OPTIONS.has(line.keyword) && !(line.keyword.startsWith('proxy') && hasProxy(given)))
    given.set(line.keyword, given.get(line.keyword) ?? line);
}

/** Whether a keyword, in lower case, is followed where it stands. */
export function isFollowed(keyword: string): boolean {
  return keyword === 'identityfile' || OPTIONS.has(keyword);
}

/** The parts of a list of hosts to pass through. */
export function splitJumps(text: string): readonly string[] {
  return text
    .split(',')
    .map(hop => hop.trim())
    .filter(hop => hop !== '');
}

function hasProxy(given: Given): boolean {
  return given.has('proxyjump') || given.has('proxycommand');
}

function isNone(word: string | undefined): boolean {
  return word?.toLowerCase() === 'none';
}

function isYes(word: string | undefined): boolean {
  return /^(?:yes|true)$/i.test(word ?? '');
}

function numberIn(line: Line | undefined): number | undefined {
  if (line === undefined) return undefined;
  const [word = ''] = line.words;
  if (isNone(word)) return undefined;
  const time = /^(\d+)([smhd]?)$/i.exec(word);
  if (time === null) throw wrong(line, `${line.keyword} is ${word}`, 'give it a whole number');
  const unit = { s: 1, m: 60, h: 3600, d: 86_400 }[(time[2] ?? '').toLowerCase()] ?? 1;
  return Number(time[1]) * unit;
}

function readLines(file: string, person: Person): readonly Line[] {
  const text = textOf(file, person);
  return text.split('\n').flatMap((content, index) => {
    const line = readLine(content, { file, line: index + 1 });
    if (line === undefined) return [];
    const needsWord = line.keyword === 'host' || line.keyword === 'match' || line.keyword === 'include' || OPTIONS.has(line.keyword);
    if (needsWord && line.words.length === 0)
      throw wrong(line, `${/\w+/.exec(content)?.[0] ?? line.keyword} says nothing`, 'give it a value or remove the line');
    return [line];
  });
}

/** A line of such a file; undefined when it holds no keyword. */
export function readLine(content: string, at: Pick<Line, 'file' | 'line'>): Line | undefined {
  const [, keyword, rest = ''] = /^\s*([A-Za-z0-9]+)(?:\s*=\s*|\s+|$)(.*)$/.exec(content) ?? [];
  return keyword === undefined ? undefined : { ...at, keyword: keyword.toLowerCase(), words: wordsIn(rest) };
}

/** Words are parted by blanks; quotes hold them together; a word that begins with `#` begins a comment. */
function wordsIn(text: string): readonly string[] {
  const words: string[] = [];
  for (const [word] of text.matchAll(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\])+/g)) {
    if (word.startsWith('#')) break;
    words.push(
      word.replaceAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(["'\\ ])/g, (_, double?: string, single?: string, plain?: string) => {
        return double?.replaceAll(/\\(["\\])/g, '$1') ?? single ?? plain ?? '';
      }),
    );
  }
  return words;
}

/** Empty for a file that is not there. Whoever can write it decides where root's commands go. */
function textOf(file: string, { uid }: Person): string {
  try {
    const status = statSync(file);
    if (!status.isFile()) return '';
    if ((status.mode & WRITABLE_BY_OTHERS) !== 0 || (status.uid !== 0 && status.uid !== uid))
      throw new InputError([{ what: `${file} can be written by others`, advice: `make it yours alone: chown and "chmod 600 ${file}"` }]);
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof InputError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? 'an unknown error';
    if (code === 'ENOENT' || code === 'ENOTDIR') return '';
    throw new InputError([{ what: `cannot read ${file}: ${code}`, advice: 'make it readable or name another with ssh_config' }]);
  }
}

function withHome(path: string, { home }: Person): string {
  return path === '~' || path.startsWith('~/') ? join(home, path.slice(1)) : path;
}

function withEnvironment(text: string): string {
  return text.replaceAll(/\$\{(\w+)\}/g, (whole, name: string) => process.env[name] ?? whole);
}

/** The files that a path with wildcards means, in the order of their names. */
function wildcards(path: string): readonly string[] {
  const [first = '', ...steps] = path.split('/');
  let found = [first === '' ? '/' : first];
  for (const step of steps) {
    if (!/[*?]/.test(step)) found = found.map(folder => join(folder, step));
    else
      found = found.flatMap(folder =>
        namesIn(folder)
          .filter(name => isShown(name, step) && matchesPattern(step, name))
          .map(name => join(folder, name)),
      );
  }
  return found.filter(file => exists(file)).sort();
}

function isShown(name: string, pattern: string): boolean {
  return !name.startsWith('.') || pattern.startsWith('.');
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function exists(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}

function wrong(line: Line, what: string, advice: string): InputError {
  return new InputError([{ at: { file: line.file, line: line.line, column: 1 }, what, advice }]);
}

function placeOf({ file, line }: Line): string {
  return `${file}:${line}`;
}
