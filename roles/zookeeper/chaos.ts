// What `tsplay verify --chaos` does to ZooKeeper: kills the leader, then all servers but one, and watches the promise hold.
import { task } from '../../src/index.ts';
import type { Scenario } from '../../src/index.ts';
import { failoverSeconds } from './ensemble-params.ts';
import type { EnsembleParams } from './ensemble-params.ts';
import type { Layout, ZookeeperVars } from './layout.ts';
import { zookeeperAwait } from './modules/await.ts';
import { zookeeperData } from './modules/data.ts';
import { zookeeperQuorum } from './modules/quorum.ts';
import { zookeeperStop } from './modules/stop.ts';
import { keepRunning } from './tasks/service.ts';

/** Both need a majority to lose: fewer than three servers have none to spare. */
export function chaos(vars: ZookeeperVars, layout: Layout, ensemble: EnsembleParams): readonly Scenario[] {
  return ensemble.members.length < 3 ? [] : [leaderDies(vars, layout, ensemble), majorityDies(vars, layout, ensemble)];
}

function leaderDies(vars: ZookeeperVars, layout: Layout, ensemble: EnsembleParams): Scenario {
  const { members, unit, ask, deadline } = ensemble;
  return {
    name: 'the leader dies',
    tasks: [
      task('a mark is left before the leader dies', zookeeperData, { members, unit, ask, act: 'leave' }),
      task('the leader is stopped', zookeeperStop, { members, unit, ask, deadline, which: 'leader' }),
      task('another server leads in time', zookeeperAwait, { members, unit, ask, state: 'serving', deadline: failoverSeconds(vars) }),
      task('the mark is still there', zookeeperData, { members, unit, ask, act: 'find' }),
      task('writes are accepted without the old leader', zookeeperData, { members, unit, ask }),
    ],
    restore: [
      keepRunning('the old leader is started again', layout, ensemble),
      task('the old leader has joined', zookeeperQuorum, { members, unit, ask }),
      task('the mark is found on all servers', zookeeperData, { members, unit, ask, act: 'find' }),
      task('the mark is removed', zookeeperData, { members, unit, ask, act: 'remove' }),
    ],
  };
}

function majorityDies(vars: ZookeeperVars, layout: Layout, ensemble: EnsembleParams): Scenario {
  const { members, unit, ask, deadline } = ensemble;
  return {
    name: 'all servers but one die',
    tasks: [
      task('all servers but one are stopped', zookeeperStop, { members, unit, ask, deadline, which: 'all_but_one' }),
      task('the last server refuses to serve', zookeeperAwait, { members, unit, ask, state: 'refusing', deadline: failoverSeconds(vars) }),
    ],
    restore: [
      keepRunning('the stopped servers are started again', layout, ensemble),
      task('the ensemble has recovered', zookeeperQuorum, { members, unit, ask }),
      task('the ensemble keeps data again', zookeeperData, { members, unit, ask }),
    ],
  };
}
