// What a person should know of how hosts are reached: by which client and why, and where old algorithms are let in.
import type { Program } from '../../program/types.ts';
import type { Event } from '../../report/events.ts';
import { listed } from '../../util/listed.ts';
import type { HostConnection } from './connections.ts';

/** So many names are said. */
const MOST = 5;

type Note = Omit<Extract<Event, { readonly kind: 'note' }>, 'kind'>;

/** One note for all hosts that have the same to be said of them. */
export function connectionNotes(program: Program, connectionOf: (host: string) => HostConnection): readonly Note[] {
  const hosts = [...new Set(program.plays.flatMap(play => play.hosts))];
  const byReason = new Map<string, string[]>();
  for (const host of hosts) {
    const { reason } = connectionOf(host);
    if (reason !== undefined) byReason.set(reason, [...(byReason.get(reason) ?? []), host]);
  }
  const old = hosts.filter(host => connectionOf(host).spec.legacyAlgorithms === true);
  const words = 'old algorithms are let in (legacy_algorithms), which others can break: update the sshd there';
  return [
    ...[...byReason].map(([reason, names]): Note => ({ level: 'info', text: `${shown(names)} by the client of OpenSSH: ${reason}` })),
    ...(old.length > 0 ? [{ level: 'warning' as const, text: `${shown(old)}: ${words}` }] : []),
  ];
}

function shown(names: readonly string[]): string {
  return names.length > MOST ? `${names.slice(0, MOST).join(', ')} and ${names.length - MOST} more` : listed(names);
}
