// The keys that are new are recorded when a person has compared them and says yes.
import { EXIT, InputError, type ExitCode } from '../../errors/errors.ts';
import { recordHostKeys } from '../../session/host-keys/host-key.ts';
import type { ConnectionSpec } from '../../session/types.ts';
import { askTerminal } from '../ask-terminal.ts';
import type { Finding } from './look-at-host.ts';

interface NewKeys {
  readonly spec: ConnectionSpec;
  readonly keys: readonly Buffer[];
}

/** @returns `usage` where nobody can be asked, `pending` when the answer is no. @throws InputError for a file that cannot be written */
export async function acceptKeys(findings: readonly Finding[], isCompared: boolean): Promise<ExitCode> {
  const offered = findings.flatMap(newKeysOf);
  if (offered.length === 0) return EXIT.ok;
  const what = inWords(offered);
  if (!isCompared && !process.stdin.isTTY) {
    process.stderr.write(`nothing was recorded: there is no terminal to ask on, compare the fingerprints and run it again with --yes\n`);
    return EXIT.usage;
  }
  const question = `record ${what}, which you have compared with "ssh-keygen -lf" on its console? [y/N] `;
  if (!isCompared && !/^y(?:es)?$/i.test((await askTerminal(question, { isShown: true })).trim())) {
    process.stdout.write('nothing was recorded\n');
    return EXIT.pending;
  }
  for (const { spec, keys } of offered) {
    const problem = await recordHostKeys(spec, keys);
    if (problem !== undefined) throw new InputError([{ what: problem }]);
  }
  process.stdout.write(`recorded ${what}\n`);
  return EXIT.ok;
}

function newKeysOf(finding: Finding): readonly NewKeys[] {
  if (finding.kind !== 'shown') return [];
  const keys = finding.keys.filter(({ judgement }) => judgement.kind === 'new').map(({ key }) => key);
  return keys.length === 0 ? [] : [{ spec: finding.spec, keys }];
}

function inWords(offered: readonly NewKeys[]): string {
  const count = offered.reduce((sum, { keys }) => sum + keys.length, 0);
  const hosts = offered.length > 5 ? `${offered.length} hosts` : offered.map(({ spec }) => spec.host).join(', ');
  const files = [...new Set(offered.flatMap(({ spec }) => spec.knownHosts[0] ?? []))];
  return `${count === 1 ? '1 key' : `${count} keys`} of ${hosts} in ${files.join(', ')}`;
}
