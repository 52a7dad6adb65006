// `tsplay hosts trust`: the keys that hosts show, beside what is known of them; those that a person accepts are recorded.
import { EXIT, type ExitCode } from '../../errors/errors.ts';
import { SessionPool } from '../../session/pool.ts';
import type { ConnectionSpec } from '../../session/types.ts';
import { canonical } from '../../util/canonical.ts';
import { Gate } from '../../util/gate.ts';
import type { CommandOf } from '../arguments/command.ts';
import { DEFAULT_FORKS } from '../arguments/shared-flags.ts';
import { askerAtTerminal } from '../ask-for-host.ts';
import { acceptKeys } from './accept-keys.ts';
import { lookAtHost, sayFinding, type Finding } from './look-at-host.ts';
import { specsToTrust } from './specs-to-trust.ts';

/** The worst comes first: it is what the command ends with. */
const WORST: readonly ExitCode[] = [EXIT.failed, EXIT.unreachable, EXIT.usage, EXIT.pending];

/** Hosts on the way come before those behind them: nobody is led through a host that is not known. */
export async function hostsTrustCommand(command: CommandOf<'hosts trust'>): Promise<ExitCode> {
  const ask = process.stdin.isTTY ? { ask: askerAtTerminal(() => undefined) } : {};
  const rounds = inRounds(await specsToTrust(command));
  await using pool = new SessionPool(notLoggedInTo, ask);
  const gate = new Gate(DEFAULT_FORKS);
  const codes: ExitCode[] = [];
  for (const specs of rounds) {
    const findings = await Promise.all(specs.map(spec => gate.pass(() => lookAtHost(spec, () => pool.dial(spec)))));
    findings.forEach(sayFinding);
    codes.push(...findings.map(codeOf), await acceptKeys(findings, command.yes));
  }
  return WORST.find(code => codes.includes(code)) ?? EXIT.ok;
}

function codeOf({ kind }: Finding): ExitCode {
  return kind === 'unreachable' ? EXIT.unreachable : kind === 'changed' ? EXIT.failed : EXIT.ok;
}

/** By how many hosts are on the way; each place once. */
function inRounds(specs: readonly ConnectionSpec[]): readonly (readonly ConnectionSpec[])[] {
  const rounds: Map<string, ConnectionSpec>[] = [];
  const add = (spec: ConnectionSpec): number => {
    const depth = spec.jump === undefined ? 0 : add(spec.jump) + 1;
    const { address, port, hostKeyAlias, jump } = spec;
    (rounds[depth] ??= new Map<string, ConnectionSpec>()).set(canonical({ address, port, hostKeyAlias, jump }), spec);
    return depth;
  };
  specs.forEach(add);
  return rounds.map(round => [...round.values()]);
}

function notLoggedInTo(host: string): never {
  throw new Error(`${host} is only looked at`);
}
