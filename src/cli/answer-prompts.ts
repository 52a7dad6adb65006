// The questions that plays have for a person: put before anything is shown or connects, each once however many plays have it.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { InputError } from '../errors/errors.ts';
import { loadSources } from '../load/load-sources.ts';
import { isOpen, madeNames } from '../load/playbook/made-names.ts';
import type { PlaySource, PromptSource } from '../load/types.ts';
import { promptKey } from '../program/answers.ts';
import { askTerminal } from './ask-terminal.ts';
import type { RunRequest } from './compile-request.ts';

/** Puts one question. */
export type AskPrompt = (prompt: PromptSource) => Promise<string>;

/**
 * The requests of a command line with the answers to the prompts of their playbooks. What `-e` gives is not asked for.
 * @throws InputError for whatever is wrong with the files, before the first question
 */
export async function answerPrompts(requests: readonly RunRequest[], ask: AskPrompt = askPrompt): Promise<readonly RunRequest[]> {
  const open: PromptSource[] = [];
  for (const request of requests) if (mayAsk(request)) open.push(...(await promptsOf(request)));
  if (open.length === 0) return requests;
  const answers = new Map<string, string>();
  for (const prompt of open) if (!answers.has(promptKey(prompt))) answers.set(promptKey(prompt), await ask(prompt));
  return requests.map(request => ({ ...request, answers }));
}

/** For commands whose outcome is carried out later, or by nobody in particular: what is asked for must be given. @throws InputError */
export function refusePrompt({ name, at }: PromptSource): Promise<never> {
  throw new InputError([{ at, what: `the play asks for ${name}`, advice: `give it with -e ${name}=…` }]);
}

/** Reading all files once more is for playbooks that ask. */
function mayAsk({ playbook, cwd }: RunRequest): boolean {
  try {
    return /\b(?:vars_prompt|import_playbook)\b/.test(readFileSync(resolve(cwd, playbook), 'utf8'));
  } catch {
    return false;
  }
}

async function promptsOf({ playbook, inventory, limit, extraVars, cwd }: RunRequest): Promise<readonly PromptSource[]> {
  const asked = { ...(inventory !== undefined && { inventory }), ...(limit !== undefined && { limit }) };
  const { playbook: source, inventory: found, targets, extra } = await loadSources({ playbook, extraVars, cwd, ...asked });
  const mayGain = ({ hosts }: PlaySource, index: number): boolean => isOpen(hosts.value, madeNames(source, index), found);
  const plays = source.plays.filter((play, index) => (targets[index] ?? []).length > 0 || mayGain(play, index));
  return plays.flatMap(play => play.prompts.filter(prompt => !Object.hasOwn(extra, prompt.name)));
}

async function askPrompt(prompt: PromptSource): Promise<string> {
  const { name, at, question, isPrivate, confirm, fallback } = prompt;
  if (!process.stdin.isTTY)
    throw new InputError([{ at, what: `there is no terminal to ask for ${name} on`, advice: `give it with -e ${name}=…` }]);
  const usual = fallback === undefined ? '' : isPrivate ? ' [the default]' : ` [${fallback.kind === 'scalar' ? fallback.text : ''}]`;
  for (;;) {
    const answer = await askTerminal(`${question}${usual}: `, { isShown: !isPrivate });
    if (!confirm || answer === (await askTerminal(`the same again: `, { isShown: !isPrivate }))) return answer;
    process.stderr.write(`these were not the same, ${name} is asked for once more\n`);
  }
}
