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

/**
 * Waits until a server is part of the ensemble. Who leads then is decided by an election; a dry run assumes `leads`.
 * @param version the version it runs then, where that is known
 */
export function waitForQuorum(member: string, gate: Gate, leads: boolean, version?: string): Wait {
  const { size, followers } = gate;
  const mode = size === 1 ? 'standalone' : leads ? 'leader' : 'follower';
  const assumed = leads ? `${member} leads` : `${member} follows`;
  return waitFor({
    for: size === 1 ? `${member} serves` : `${member} is in the quorum`,
    until: untilInQuorum(gate),
    deadline: gate.deadline,
    interval: 1,
    sets: [
      serverState(gate.ask).with(
        { mode, says: '', synced: mode === 'leader' ? followers : null, ...(version !== undefined && { version }) },
        assumed,
      ),
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
