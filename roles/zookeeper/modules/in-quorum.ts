// When a server counts as part of the ensemble: judged from its facts, and as the condition a wait polls on its host.
import { rawShell, sh, waitFor } from '../../../src/index.ts';
import type { ShellText, Wait } from '../../../src/index.ts';
import { asking } from '../facts/ask.ts';
import type { Ask } from '../facts/ask.ts';
import { ENSEMBLE, serverState } from '../facts/server-state.ts';
import type { ServerState } from '../facts/server-state.ts';

/** How an ensemble of `size` servers is asked, and how long it may take to form. */
export interface Gate {
  readonly ask: Ask;
  readonly unit: string;
  /** Servers in the ensemble. */
  readonly size: number;
  /** Followers a leader needs in sync. */
  readonly followers: number;
  /** Seconds. */
  readonly deadline: number;
}

/** Whether a server serves, and, when it leads, has its followers in sync. */
export function isInQuorum(server: ServerState, { size, followers }: Pick<Gate, 'size' | 'followers'>): boolean {
  if (size === 1) return server.mode === 'standalone';
  if (server.mode === 'leader') return (server.synced ?? 0) >= followers;
  return server.mode === 'follower' || server.mode === 'observer';
}

/** Who leads once a server is waited for: the one that leads now, or one that an election decides on. */
export interface Leading {
  readonly name: string | undefined;
  readonly isElected: boolean;
  /** The term that all take part in then, as far as it is known; null while there was none. An election begins another, the same for all. */
  readonly epoch: number | null;
}

/** The leader's term; without a leader the latest that any of the servers has seen stands for the one to come. */
export function epochOf(servers: readonly ServerState[]): number | null {
  const leader = servers.find(({ mode }) => mode === 'leader');
  const epochs = (leader === undefined ? servers : [leader]).map(({ epoch }) => epoch).filter(epoch => epoch !== null);
  return epochs.length === 0 ? null : Math.max(...epochs);
}

/**
 * Waits until a server is part of the ensemble. For an election a dry run lets one stand for all that may win.
 * @param version the version it runs then, where that is known
 */
export function waitForQuorum(member: string, gate: Gate, leading: Leading, version?: string): Wait {
  const { size, followers } = gate;
  const leads = member === leading.name;
  const mode = size === 1 ? 'standalone' : leads ? 'leader' : 'follower';
  const isElected = leading.isElected && size > 1;
  const assumed = isElected ? 'an election makes one of the servers the leader' : leads ? `${member} leads` : `${member} follows`;
  return waitFor({
    for: size === 1 ? `${member} serves` : `${member} is in the quorum`,
    until: untilInQuorum(gate),
    deadline: gate.deadline,
    interval: 1,
    sets: [
      {
        ...serverState(gate.ask).with(
          {
            mode,
            says: '',
            synced: mode === 'leader' ? followers : null,
            ...(version !== undefined && { version }),
            ...(leading.epoch !== null && { epoch: leading.epoch }),
          },
          assumed,
        ),
        ...(isElected && { standsIn: true }),
      },
    ],
    touches: [ENSEMBLE],
    on: member,
  });
}

function untilInQuorum({ ask, unit, size, followers }: Gate): ShellText {
  const parts = rawShell(size === 1 ? '*"Mode: standalone"*' : '*"Mode: follower"*|*"Mode: observer"*');
  return sh`${asking(ask)}
answer=$(ask srvr)
case $answer in
${parts}) exit 0 ;;
*"Mode: leader"*)
  synced=$(ask mntr | awk '$1 == "zk_synced_followers" { print int($2) }')
  [ "\${synced:-0}" -ge ${followers} ] && exit 0
  echo "it leads with \${synced:-0} of ${followers} followers in sync" ;;
*)
  echo "\${answer:-nobody answers on port ${ask.port}}"
  systemctl show -p ActiveState -p SubState -- ${unit}
  journalctl -u ${unit} -n 3 -o cat --no-pager 2>/dev/null ;;
esac
exit 1`;
}
