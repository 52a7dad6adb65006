// Role: a ZooKeeper ensemble from the inventory. What it means is in the files beside it; this one only puts them in order.
import { defineRole } from '../../src/index.ts';
import type { RoleHost, RoleTask } from '../../src/index.ts';
import { chaos } from './chaos.ts';
import { ensembleParams } from './ensemble-params.ts';
import type { EnsembleParams } from './ensemble-params.ts';
import { installed } from './facts/installed.ts';
import { kept } from './facts/kept.ts';
import { serverState } from './facts/server-state.ts';
import { layoutOf } from './layout.ts';
import type { Layout, ZookeeperVars } from './layout.ts';
import { zookeeperAwait } from './modules/await.ts';
import { zookeeperData } from './modules/data.ts';
import { zookeeperEnsemble } from './modules/ensemble.ts';
import type { Member } from './modules/members.ts';
import { zookeeperQuorum } from './modules/quorum.ts';
import { zookeeperStop } from './modules/stop.ts';
import { zookeeperUpgrade } from './modules/upgrade.ts';
import { serversOf } from './servers.ts';
import { configure } from './tasks/configure.ts';
import { install } from './tasks/install.ts';
import { service } from './tasks/service.ts';
import { mayUpgrade, provesUpgrade } from './tasks/upgrade.ts';
import { vars } from './vars.ts';
import { verify } from './verify.ts';

interface Plan {
  readonly layout: Layout;
  readonly servers: readonly Member[];
  readonly ensemble: EnsembleParams;
}

export default defineRole({
  name: 'zookeeper',
  summary: 'A ZooKeeper ensemble: installed, configured, started together, rolled one by one, proven to work',
  at: import.meta.url,
  vars,
  facts: [installed, kept, serverState],
  modules: [zookeeperEnsemble, zookeeperQuorum, zookeeperData, zookeeperStop, zookeeperAwait, zookeeperUpgrade],
  tasks: (given, host) => {
    const { layout, servers, ensemble } = planFor(given, host);
    const id = servers.find(server => server.name === host.name)?.id ?? 0;
    return [
      // Before anything is changed: a version that must not be taken leaves the ensemble as it was.
      mayUpgrade(given, layout, ensemble),
      ...[...install(given, layout, servers), ...configure(given, layout, servers, id)].map(one => trusting(given, one)),
      ...service(layout, ensemble),
      ...provesUpgrade(given, ensemble),
    ];
  },
  verify: (given, host) => verify(given, planFor(given, host).ensemble),
  chaos: (given, host) => {
    const { layout, ensemble } = planFor(given, host);
    return chaos(given, layout, ensemble);
  },
});

/** What lies in the home of the server's user, as one of the documents has it, is that user's to exchange: whoever chooses this trusts that user. */
function trusting({ zookeeper_user_home: home }: ZookeeperVars, one: RoleTask): RoleTask {
  const { dest, path } = one.params as { readonly dest?: string; readonly path?: string };
  const isTheirs = home !== undefined && (dest ?? path ?? '').startsWith(`${home}/`);
  return isTheirs ? { ...one, options: { ...one.options, unsafePath: true } } : one;
}

function planFor(given: ZookeeperVars, host: RoleHost): Plan {
  const layout = layoutOf(given);
  const servers = serversOf(given.zookeeper_inventory_group, host);
  return { layout, servers, ensemble: ensembleParams(given, layout, servers) };
}
