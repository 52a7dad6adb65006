// The gate before a node is taken down: the cluster is whole, nothing is on this node alone, and nobody else has moved what the roll moves.
import { listed, unmet } from '../../../src/index.ts';
import type { Unmet, Wait } from '../../../src/index.ts';
import { ALLOCATION } from '../facts/types.ts';
import type { ClusterSettings, SettingValue } from '../facts/types.ts';
import { memberOf } from './members.ts';
import { waitUntilGreen } from './nodes-settle.ts';
import type { Node, Nodes, NodesParams } from './nodes-view.ts';

/** Nothing when the gate is open; what comes about by itself is waited for, the rest is refused. */
export function gate(p: NodesParams, cluster: Nodes, next: Node): readonly (Unmet | Wait)[] {
  const { whole, speaker } = cluster;
  if (whole === undefined || speaker === undefined) return [];
  const says = [whole.cluster.says, whole.settings.says].find(words => words !== '');
  if (says !== undefined) return [waitUntilGreen(p, cluster, speaker, `the cluster to answer (${says})`)];
  const moved = movedSetting(whole.settings);
  if (moved !== undefined) return [unmet(moved, speaker)];
  // With one node there is nothing to wait for: its replicas are on no other.
  if (p.force || p.members.length === 1) return [];
  const { node } = memberOf(p.members, next.name);
  const alone = whole.cluster.single.filter(one => one.node === node).map(({ index }) => index);
  if (alone.length > 0)
    return [
      unmet(
        `${nameSome(alone)} on ${node} alone: a restart makes ${alone.length > 1 ? 'them' : 'it'} unavailable; raise number_of_replicas, or set elasticsearch_roll_force: true`,
        next.name,
      ),
    ];
  const { status, moving } = whole.cluster;
  // In the middle of an upgrade a replica cannot go to an older node.
  const isMixed = new Set(cluster.present.map(({ have }) => have.node.version)).size > 1;
  return moving === 0 && (status === 'green' || (isMixed && status === 'yellow'))
    ? []
    : [waitUntilGreen(p, cluster, speaker, `the cluster to be green before ${node} is restarted`)];
}

/** A person's setting is not ours to take back, and a transient one wins over what the roll sets. */
function movedSetting({ persistent, transient }: ClusterSettings): string | undefined {
  const scopes = { transient: transient[ALLOCATION], persistent: persistent[ALLOCATION] };
  const scope = isSet(scopes.transient) ? 'transient' : isSet(scopes.persistent) ? 'persistent' : undefined;
  return scope === undefined
    ? undefined
    : `${ALLOCATION} is ${String(scopes[scope])} (${scope}), set by somebody else than this roll: find out why, and take it back with PUT /_cluster/settings {"${scope}":{"${ALLOCATION}":null}}`;
}

function isSet(value: SettingValue | undefined): boolean {
  return value !== undefined && value !== 'all';
}

/** `index a has shards`, `indices a, b and 3 more have shards`. */
function nameSome(indices: readonly string[]): string {
  const names = [...new Set(indices)];
  const shown = names.length > 3 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  return `${names.length > 1 ? 'indices' : 'index'} ${listed(shown)} ${names.length > 1 ? 'have' : 'has'} shards with one copy,`;
}
