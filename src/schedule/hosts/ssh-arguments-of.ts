// The arguments for ssh that a host's variables and the command line name, read once and together.
import { InputError } from '../../errors/errors.ts';
import type { HostEntry } from '../../program/types.ts';
import { readSshArguments, type SshArguments } from '../../session/config/ssh-arguments.ts';

/** Strongest first, as ssh gets them: the first to say something counts. */
const VARIABLES = ['ssh_args', 'ssh_common_args', 'ssh_extra_args'] as const;

/** What the command line says in place of the variables. */
export type ArgumentChoices = Readonly<Partial<Record<(typeof VARIABLES)[number], string>>>;

/**
 * What the arguments of a host come to.
 * @param text reads a variable of the host
 * @throws InputError naming the words that cannot be followed
 */
export function sshArgumentsOf(
  entry: HostEntry,
  text: (variable: string) => string | undefined,
  choices: ArgumentChoices,
): Omit<SshArguments, 'problems'> {
  const read = VARIABLES.map(variable => {
    const chosen = choices[variable];
    const name = chosen === undefined ? variable : `--${variable.replaceAll('_', '-')}`;
    const at = chosen === undefined ? entry.variables[variable]?.node.at : undefined;
    return { name, at, ...readSshArguments(chosen ?? text(variable) ?? '', at ?? { file: name, line: 1 }) };
  });
  const problems = read.flatMap(({ name, at, problems: words }) =>
    words.map(({ word, advice }) => ({ ...(at && { at }), what: `${JSON.stringify(word)} in ${name} cannot be followed`, advice })),
  );
  if (problems.length > 0) throw new InputError(problems);
  const config = read.find(each => each.config !== undefined)?.config;
  const hostKey = read.find(each => each.hostKey !== undefined)?.hostKey;
  return { lines: read.flatMap(each => each.lines), ...(config !== undefined && { config }), ...(hostKey !== undefined && { hostKey }) };
}
