// A command that is run as another user by a call of its own, and what is made of its answer: for sites whose sudoers lists commands, or that
// want a line in the log for each.
import { quote } from '../../util/shell.ts';
import { becomeAdvice } from './become-advice.ts';
import { callWords } from './become-lines.ts';
import { ABOVE, CONTROLLER_IS_GONE } from './shell-loop.ts';
import type { BecomeSpec, Command, CommandResult, Transport } from '../types.ts';

/** Linux takes no longer word in the arguments of a program: 128 KiB, in bytes. */
const LONGEST_WORD = 120_000;

/** Reads variables of the environment, up to an empty line; `-` is the script itself. `read` takes no byte more than its line. */
const RECEIVE = `while read -r _ts_n _ts_v && [ -n "$_ts_n" ]; do
_ts_v=$(printf '%b.' "$_ts_v"); _ts_v=\${_ts_v%.}
case $_ts_n in -) _ts_s=$_ts_v;; *) export "$_ts_n=$_ts_v";; esac
done
`;

/** The command as the login user's shell runs it. What is secret stays out of the arguments: the environment goes ahead of standard input. */
export function calledAs(command: Command): Command {
  const { as, script, argv, env = {}, ...rest } = command;
  if (as === undefined) return command;
  const { method, user } = as;
  const variables = Object.entries(env);
  if (method !== 'su' && variables.length === 0 && argv?.[0]?.includes('=') === false)
    return { ...rest, script: `exec ${callWords(method, user)} ${argv.map(quote).join(' ')}` };
  const isWait = script.includes(CONTROLLER_IS_GONE.text);
  const whole = isWait ? `_ts_pid=$1 _ts_had=$2; set --${ABOVE}\n${script}` : script;
  const isLong = Buffer.byteLength(whole) > LONGEST_WORD;
  const lines = [...variables, ...(isLong ? [['-', whole] as const] : [])].map(([name, value]) => `${name} ${octal(value)}\n`);
  // What the login user's shell knows of the processes above it.
  const known = isWait ? ' sh "$_ts_pid" "$_ts_had"' : '';
  if (lines.length === 0) return { ...rest, script: callOf(as, whole) + known };
  const stdin = Buffer.concat([Buffer.from(`${lines.join('')}\n`), rest.stdin ?? Buffer.alloc(0)]);
  return { ...rest, stdin, script: callOf(as, RECEIVE + (isLong ? 'eval "$_ts_s"' : whole)) + known };
}

/** root is not asked by su. */
function callOf({ method, user }: BecomeSpec, script: string): string {
  return method === 'su' ? `exec su -s /bin/sh -c ${quote(script)} '${user}'` : `exec ${callWords(method, user)} sh -c ${quote(script)}`;
}

/** Every byte as `printf %b` takes it: no blank, no line break. */
function octal(text: string): string {
  return [...Buffer.from(text)].map(byte => `\\0${byte.toString(8).padStart(3, '0')}`).join('');
}

/** How the methods refuse, in English and with status 1: nothing of the command was run. Or with 127, where there is no such method. */
const REFUSALS: Readonly<Record<BecomeSpec['method'], RegExp>> = {
  sudo: /^(?:sudo: (?:a password is required|a terminal is required|sorry, you must have a tty|unknown user|account validation failure|PAM ).*|Sorry, user .+ (?:is not allowed to|may not) .+|\S+ is not (?:in the sudoers file|allowed to run sudo).*)$/m,
  su: /^su: (?:user .+ does not exist|Permission denied|Authentication failure|Cannot ).*$/m,
  doas: /^doas: (?:Operation not permitted|Authentication |unknown user|doas is not enabled).*$/m,
};

/** The answer, or `refused` with words where the method did not run the command. A program that it did not find has status 127, as in a shell. */
export function unlessRefused(transport: Transport, as: BecomeSpec | undefined, answer: CommandResult): CommandResult {
  if (as === undefined || answer.outcome !== 'exited' || (answer.status !== 1 && answer.status !== 127)) return answer;
  if (answer.stdout.length > 0) return answer;
  const { method, user: target } = as;
  const said = Buffer.from(answer.stderr).toString();
  if (answer.status === 1 && new RegExp(`^${method}: .*: command not found$`, 'm').test(said)) return { ...answer, status: 127 };
  const refusal =
    answer.status === 1 ? REFUSALS[method].exec(said) : new RegExp(`^.*\\b${method}: (?:command )?not found$`, 'm').exec(said);
  if (refusal === null) return answer;
  const { host, user } = transport;
  const words = `${user} cannot become ${target} on ${host} for this: ${refusal[0].trim()}, ${adviceFor(refusal[0], as, user)}`;
  return { ...answer, outcome: 'refused', stderr: Buffer.from(words) };
}

function adviceFor(said: string, { method, user: target }: BecomeSpec, user: string): string {
  if (method === 'sudo' && !/must have a tty|not found|unknown user/.test(said))
    return `no password is given where become_mode is per_task: allow it with NOPASSWD in sudoers, for ${user} as ${target}`;
  return becomeAdvice(said, { method, user, target });
}
