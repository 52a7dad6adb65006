// keyboard-interactive: rounds of prompts, as many as the server likes. The password goes to the prompt that asks for one, the rest to a person.
import type { KeyboardInteractiveAuthMethod, Prompt } from 'ssh2';
import type { Secret } from '../../util/secret.ts';
import type { Ask } from '../question.ts';

/** Who answers. */
export interface Answerer {
  readonly host: string;
  /** Gives the password the first time, then nothing; `given` is told that it was. */
  readonly password: () => Secret | undefined;
  readonly ask: Ask | undefined;
  /** Ends the login. @param prompt which nobody answers; undefined: the password was not liked */
  readonly refuse: (prompt: string | undefined) => void;
}

/** In Russian, Chinese and Japanese, too: escaped, since the program is ASCII. */
const PASSWORD =
  /pass\s?(?:word|wort|phrase)|kennwort|contrase|mot de passe|senha|\u043f\u0430\u0440\u043e\u043b|\u5bc6[\u7801\u78bc]|\u30d1\u30b9\u30ef\u30fc\u30c9/i;
const OTHER = /one.?time|otp|code|token|verif|\bpin\b|challenge|response|duo|factor/i;

/** A round without prompts is answered by ssh2 itself. */
export function answerPrompts({ host, password, ask, refuse }: Answerer): KeyboardInteractiveAuthMethod['prompt'] {
  let isGiven = false;
  const answer = async (prompts: readonly Prompt[], heading: string): Promise<string[] | undefined> => {
    const answers: string[] = [];
    for (const { prompt, echo = false } of prompts) {
      const isPassword = !echo && asksForPassword(prompt, prompts);
      const known = isPassword ? password() : undefined;
      if (known === undefined && isPassword && isGiven) {
        refuse(undefined);
        return undefined;
      }
      isGiven ||= known !== undefined;
      const text = readable(answers.length === 0 ? `${heading}${prompt}` : prompt);
      const given = known?.reveal() ?? (await ask?.({ host, text, isShown: echo }));
      if (given === undefined) {
        refuse(readable(prompt).trim());
        return undefined;
      }
      answers.push(given);
    }
    return answers;
  };
  return (name, instructions, _language, prompts, finish) => {
    const heading = [name, instructions].filter(text => text.trim() !== '').map(text => `${text.trim()}\n`);
    void answer(prompts, heading.join('')).then(answers => answers && finish(answers));
  };
}

/** By its words; a hidden prompt that is alone and asks for nothing else is taken for one, too. */
function asksForPassword(prompt: string, all: readonly Prompt[]): boolean {
  if (OTHER.test(prompt)) return false;
  return PASSWORD.test(prompt) || all.filter(({ echo }) => echo !== true).length === 1;
}

/** A host does not write to the terminal as it likes. */
function readable(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').replaceAll(/[^\P{C}\n\t]/gu, '');
}
