// Fact: what one ZooKeeper server says of itself. Its part in the ensemble changes without anybody's doing, so it is never read ahead.
import { defineFact, resource, sh } from '../../../src/index.ts';
import type { ProbeOutput } from '../../../src/index.ts';
import { asking } from './ask.ts';
import type { Ask } from './ask.ts';

/** One server, from `srvr`, `mntr` and the epoch it keeps on disk. */
export interface ServerState {
  /** Its part; `none` while it serves nobody. */
  readonly mode: 'leader' | 'follower' | 'observer' | 'standalone' | 'none';
  /** What it said when it serves nobody; empty when it did not answer. */
  readonly says: string;
  /** `3.4.14`; empty when unknown. */
  readonly version: string;
  /** The last transaction it has seen, in hex; may lag behind the epoch until the first write. */
  readonly zxid: string;
  /** The leader's term it takes part in; null when it has none. */
  readonly epoch: number | null;
  /** Followers in sync with it; only a leader counts them. */
  readonly synced: number | null;
}

/** What nobody's answer reads as. */
export const SILENT: ServerState = { mode: 'none', says: '', version: '', zxid: '', epoch: null, synced: null };

/** The resource that every change to a member of the ensemble touches, on all its hosts. */
export const ENSEMBLE = resource.cluster('zookeeper');

export const serverState = defineFact({
  name: 'zookeeper.server',
  summary: 'what a ZooKeeper server says of itself: its part, version, epoch, and how many followers are in sync with it',
  probe: (at: Ask) => sh`${asking(at)}
answer=$(ask srvr)
printf '== srvr\\n%s\\n' "$answer"
case $answer in *Mode:*) printf '== mntr\\n'; ask mntr | awk '/^zk_synced_followers|whitelist/' ;; esac
printf '== epoch\\n'
cat ${at.data_dir}/version-2/currentEpoch 2>/dev/null
exit 0`,
  reads: ({ port }) => [ENSEMBLE, resource.port(port)],
  parse: (output): ServerState => parseServer(output),
  absent: SILENT,
  cost: 'slow',
});

function parseServer({ stdout }: ProbeOutput): ServerState {
  const { srvr, mntr, epoch } = sections(stdout);
  const mode = /^Mode: (leader|follower|observer|standalone)$/m.exec(srvr)?.[1] as ServerState['mode'] | undefined;
  const synced = /^zk_synced_followers\t(\d+)/m.exec(mntr)?.[1];
  return {
    mode: mode ?? 'none',
    says: mode === undefined ? (srvr.trim().split('\n')[0] ?? '') : '',
    version: /^Zookeeper version: ([^-,\s]+)/m.exec(srvr)?.[1] ?? '',
    zxid: /^Zxid: (0x[0-9a-f]+)$/m.exec(srvr)?.[1] ?? '',
    epoch: /^\d+$/.test(epoch.trim()) ? Number(epoch.trim()) : null,
    synced: synced === undefined ? null : Number(synced),
  };
}

function sections(text: string): { readonly srvr: string; readonly mntr: string; readonly epoch: string } {
  const part = (name: string): string => new RegExp(`^== ${name}\n([^]*?)(?=^== |(?![^]))`, 'm').exec(text)?.[1] ?? '';
  return { srvr: part('srvr'), mntr: part('mntr'), epoch: part('epoch') };
}
