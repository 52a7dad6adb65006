// What a validator would say of a file to come: a dry run shows it the content in memory, and the file is gone in the same frame.
import { randomBytes } from 'node:crypto';
import { promises as files } from 'node:fs';
import { posix } from 'node:path';
import { TEXT_LIMIT } from '../../facts/file/text.ts';
import type { PutAction } from '../../modules/actions.ts';
import type { Change } from '../../modules/steps.ts';
import { rawShell, sh, withInput, type ShellText } from '../../util/shell.ts';
import { Secret } from '../../util/secret.ts';
import type { Engine } from '../state/engine.ts';
import { standInFor } from '../reading/foretold-user.ts';
import type { HostRun } from '../state/host-run.ts';
import { outputOf } from '../state/output.ts';
import { endedWords } from './perform.ts';
import { validation } from './put-script.ts';
import { TaskFailure } from '../state/task-failure.ts';
import { bodyBytes, toCommand } from '../reading/to-command.ts';

/** Seconds a validator may take. */
const SECONDS = 120;
/** Statuses of the script's own: there is no place in memory; the program is not there. */
const [NO_PLACE, NO_PROGRAM] = [70, 69];

/**
 * Has the validators of a change look at what it would write.
 * @returns what the change rests on where that cannot be said yet, in words
 * @throws TaskFailure with the words of the run where a file is refused; UnreachableError
 */
export async function lookAhead(engine: Engine, host: HostRun, user: string | undefined, change: Change): Promise<readonly string[]> {
  const assumed: string[] = [];
  for (const action of change.actions) {
    if (action.kind !== 'put' || action.validate === undefined) continue;
    const doubt = await doubtOf(engine, host, user, change.attribute, action);
    if (doubt !== undefined) assumed.push(`${JSON.stringify(action.validate)} accepts it: ${doubt}`);
  }
  return assumed;
}

/** Why it is not known whether the file will be accepted; undefined when it is. */
async function doubtOf(
  engine: Engine,
  host: HostRun,
  user: string | undefined,
  attribute: string,
  action: PutAction,
): Promise<string | undefined> {
  if (action.validateReadsOnly !== true) return 'it is not run in a dry run';
  if (standInFor(host, user)) return `${user ?? ''}, as whom it is run, is not there yet`;
  const bytes = await bytesOf(action);
  if (bytes === undefined) return 'the file is too large to be shown to it in a dry run, or comes from the host itself';
  // What was foretold before may be what it misses: then a refusal is no answer yet.
  const mayDiffer = host.foretold.size > 0;
  const session = await engine.sessions.session(host.name, user);
  const command = toCommand(withInput(showScript(action, mayDiffer), { stdin: bytes }), SECONDS);
  const [result] = await session.exchange([command], engine.kill);
  if (result === undefined || result.outcome === 'not-run') throw new Error(`the validator of ${action.path} was not run`);
  if (result.outcome === 'refused') throw new TaskFailure(outputOf(result).stderr, host.name);
  if (result.outcome === 'timed-out') throw new TaskFailure(`still running after ${SECONDS} s, ended`, host.name);
  const output = outputOf(result);
  if (output.status === 0) return undefined;
  if (output.status === NO_PLACE) return 'the host has no file system in memory where it could be shown to it';
  if (output.status === NO_PROGRAM) return `${programOf(action) ?? ''} is not there yet`;
  if (!mayDiffer || action.validateIsAlone === true) throw new TaskFailure(endedWords(attribute, output), host.name);
  const words = output.stderr.split('\n').find((line, index) => index > 0 && line.trim() !== '');
  return `on the host as it is now it ${words === undefined ? 'does not' : `says ${words.trim()}`}`;
}

/** What it is shown; undefined when that is too much for a frame. */
async function bytesOf({ body }: PutAction): Promise<Uint8Array | undefined> {
  if (typeof body === 'string' || body instanceof Secret || body instanceof Uint8Array) {
    const bytes = bodyBytes(body);
    return bytes.length > TEXT_LIMIT ? undefined : bytes;
  }
  return body.size > TEXT_LIMIT || body.kind === 'host-file' ? undefined : files.readFile(body.path);
}

/** The program of a plain command; undefined for what only a shell can take apart. */
function programOf({ validate = '' }: PutAction): string | undefined {
  const [word = ''] = validate.trim().split(/\s+/);
  return /^[A-Za-z0-9_./][A-Za-z0-9_./+-]*$/.test(word) ? word : undefined;
}

/** A private folder in memory with the file in it, beside links to what it will have for neighbours: relative names lead where they will. */
function showScript(action: PutAction, mayDiffer: boolean): ShellText {
  const name = `.tsplay-${randomBytes(9).toString('hex')}`;
  const program = mayDiffer ? programOf(action) : undefined;
  return sh`
umask 077
PYTHONDONTWRITEBYTECODE=1; export PYTHONDONTWRITEBYTECODE
${IN_MEMORY}
at=
for place in "\${_ts_d-}" /dev/shm /run; do
  if [ -n "$place" ] && [ -d "$place" ] && [ -w "$place" ] && in_memory "$place"; then at=$place/${name}.d; break; fi
done
[ -n "$at" ] || exit ${NO_PLACE}
trap 'rm -rf "$at"' 0
trap 'exit 1' 1 2 13 15
mkdir -m 0700 "$at" || exit ${NO_PLACE}
( set -C; cat > "$at"/${name} ) || exit ${NO_PLACE}
for neighbour in ${posix.dirname(action.path)}/* ${posix.dirname(action.path)}/.[!.]*; do
  if [ -e "$neighbour" ] || [ -L "$neighbour" ]; then set -- "$@" "$neighbour"; fi
done
if [ $# -gt 0 ]; then ln -s -- "$@" "$at"/ 2>/dev/null; fi
${program === undefined ? sh`` : sh`command -v ${program} >/dev/null || exit ${NO_PROGRAM}`}
exec </dev/null
${validation(action, sh`"$at"/${name}`, name)}`;
}

/** Whether a folder is on a tmpfs, by the longest mount point above it. */
const IN_MEMORY = rawShell(`
in_memory() {
  longest=; type=
  while read -r device mount kind rest; do
    case $1/ in "\${mount%/}"/*) if [ \${#mount} -ge \${#longest} ]; then longest=$mount; type=$kind; fi ;; esac
  done </proc/mounts
  [ "$type" = tmpfs ]
}`);
