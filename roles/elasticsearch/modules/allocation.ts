// The setting that keeps Elasticsearch from making new copies of what a node that restarts has: set for one restart, and taken back.
import { change, run, sh } from '../../../src/index.ts';
import type { Change, FactSet, ShellText } from '../../../src/index.ts';
import { without } from '../facts/answers.ts';
import { asking } from '../facts/ask.ts';
import { esSettings } from '../facts/settings.ts';
import { ALLOCATION } from '../facts/types.ts';
import type { ClusterSettings } from '../facts/types.ts';
import { askOf, memberOf } from './members.ts';
import type { Member } from './members.ts';
import { isHeld } from './nodes-view.ts';
import type { Nodes, NodesParams } from './nodes-view.ts';

/** Seconds until a new master has been found that takes a setting. */
const PATIENCE = 60;

/** Primaries alone are allocated from here on, and what was written lies in segments: the node has little to catch up on. */
export function holdAllocation(p: NodesParams, cluster: Nodes, { name, node }: Member): Change {
  return change(`allocation while ${node} restarts`, 'all', 'primaries', {
    actions: [
      run(
        sh`${setAllocation(p.members, p.authorization, 'primaries')}
# What could not be flushed is replayed from its log: slower, and nothing is lost.
http POST "$address" "$port" /_flush || :`,
        { timeout: PATIENCE + 60 },
      ),
    ],
    sets: settingsAfter(p, cluster, 'primaries'),
    touches: [],
    on: name,
  });
}

/** Back to what it is when nobody sets it: the same scope, or it would stay. */
export function freeAllocation(p: NodesParams, cluster: Nodes, { name, node }: Member): Change {
  const whose = isHeld(cluster) ? 'left by an earlier roll' : `while ${node} restarts`;
  return change(`allocation ${whose}`, 'primaries', 'all', {
    actions: [run(setAllocation(p.members, p.authorization, null), { timeout: PATIENCE + 60 })],
    sets: settingsAfter(p, cluster, null),
    touches: [],
    on: name,
  });
}

/** Sets it through the first node that takes it; `address` and `port` are that one's then. */
export function setAllocation(members: readonly Member[], authorization: string, value: 'primaries' | null): ShellText {
  const content = JSON.stringify({ persistent: { [ALLOCATION]: value } });
  return sh`${asking(authorization)}
tries=0 taken=''
while [ -z "$taken" ] && [ $tries -lt ${PATIENCE} ]; do
  for at in ${members.map(({ address, port }) => `${address} ${port}`)}; do
    address=\${at% *} port=\${at#* }
    if http PUT "$address" "$port" '/_cluster/settings?master_timeout=5s' ${content}; then taken=1; break; fi
  done
  [ -n "$taken" ] || { tries=$((tries + 1)); sleep 1; }
done
[ -n "$taken" ] || { echo "no node takes ${ALLOCATION}: $body" >&2; exit 1; }`;
}

/** What is read of the settings afterwards, by whoever is asked for all. */
export function settingsAfter(p: NodesParams, { whole, speaker }: Nodes, value: 'primaries' | null): readonly FactSet[] {
  if (whole === undefined || speaker === undefined || whole.settings.says !== '') return [];
  const others = without(whole.settings.persistent, ALLOCATION);
  const after: ClusterSettings = { ...whole.settings, persistent: value === null ? others : { ...others, [ALLOCATION]: value } };
  return [
    esSettings(askOf(memberOf(p.members, speaker), p.authorization))
      .on(speaker)
      .becomes(after),
  ];
}
