// The rolling primitive. Members that do not run start together; later changes go round one by one: gate, restart, gate, the next.
// It holds no state: who is due is read from what each unit was started with, so a killed roll is finished by the next run.
import type { Infer, Input } from '../../schema/schema.ts';
import type { AnyModule, AnyParams, ClusterView, FactRequest, HaveAll, ParamsSchema, Typed, WholeRequest } from '../contract.ts';
import { deepFreeze } from '../../util/freeze.ts';
import type { AnyCluster, AnyRolling, RollingDefinition } from './contract.ts';
import { nextSteps } from './next-steps.ts';
import { dueOf, isUseless, placesOf } from './order.ts';
import { memberOf } from './params.ts';
import type { RollingParams } from './params.ts';
import { isBegun, joinFacts, partAnswers, rollFacts, viewCluster } from './view.ts';
import type { RollFacts } from './view.ts';

type All = HaveAll<RollFacts>;

/**
 * Defines a cluster module that keeps the systemd unit of every member running with its present files. The unit's
 * `ExecStartPre` must be `recordsStart` for the same files and links. See docs/rolling.md.
 */
export function defineRollingModule<const S extends ParamsSchema, F extends FactRequest, W extends FactRequest = FactRequest>(
  definition: Omit<RollingDefinition<Infer<S>, F, W>, 'params'> & { readonly params: S },
): Typed<Input<S>> {
  return Object.freeze({ definition: deepFreeze(clusterModuleOf(definition as object as AnyRolling)) });
}

function clusterModuleOf(d: AnyRolling): AnyModule {
  const params = (p: AnyParams): RollingParams => p as object as RollingParams;
  const apart = (p: AnyParams, have: HaveAll<FactRequest>): All => partAnswers(params(p), have);
  const clusterOf = (p: AnyParams, have: HaveAll<FactRequest>, view?: ClusterView<FactRequest>): AnyCluster =>
    viewCluster(params(p), apart(p, have), view ?? { whole: undefined, speaker: undefined });
  return {
    kind: 'cluster',
    name: d.name,
    summary: d.summary,
    params: d.params,
    examples: d.examples,
    // For each member a look at the cluster, a gate that is asked twice, what is moved out of the way, and a turn; beside them who moves,
    // who is started, who serves nobody, the mark, what is put back, and the last look.
    rounds: p => (d.prepare === undefined ? 4 : 5) * params(p).members.length + 6,
    members: p => [...new Set(params(p).members.map(({ name }) => memberOf(params(p), name).host))],
    facts: (p, host) =>
      joinFacts(params(p), host, name => ({ ...d.facts(params(p), name), ...rollFacts(params(p), name, d.finally !== undefined) })),
    whole: (p, have) => wholeOf(d, params(p), clusterOf(p, have), isBegun(params(p), apart(p, have))),
    order: (p, have, view) => placesOf(d, params(p), clusterOf(p, have, view)),
    changes: (p, have, view) => nextSteps(d, params(p), clusterOf(p, have, view), view, isBegun(params(p), apart(p, have))),
    ...(d.says && { says: (p, have, _ran, view) => d.says?.(params(p), clusterOf(p, have, view)) }),
  };
}

/** The whole is asked about when somebody is due or comes back, or something is to be put back: a run with nothing to do pays nothing for it. */
function wholeOf(d: AnyRolling, p: RollingParams, cluster: AnyCluster, begun: boolean): WholeRequest<FactRequest> | undefined {
  const running = cluster.present.filter(member => member.state === 'running');
  const speaker = running.find(member => !isUseless(d, p, member)) ?? running[0];
  if (d.whole === undefined || speaker === undefined) return undefined;
  const isWanted = begun || dueOf(cluster).length > 0 || running.length < cluster.present.length;
  return isWanted ? { speaker: memberOf(p, speaker.name).host, facts: d.whole(p, speaker.name) } : undefined;
}
