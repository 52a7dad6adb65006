// Role: an Elasticsearch cluster from the inventory. What it means is in the files beside it; this one only puts them in order.
import { defineRole } from '../../src/index.ts';
import type { RoleHost } from '../../src/index.ts';
import { chaos } from './chaos.ts';
import { clusterParams } from './cluster-params.ts';
import type { ClusterParams } from './cluster-params.ts';
import { esCluster } from './facts/cluster.ts';
import { esKept } from './facts/kept.ts';
import { esNode } from './facts/node.ts';
import { esSettings } from './facts/settings.ts';
import { esTemplates } from './facts/templates.ts';
import { esUsers } from './facts/users.ts';
import { layoutOf } from './layout.ts';
import type { ElasticsearchVars, Layout } from './layout.ts';
import { esBootstrap } from './modules/bootstrap.ts';
import { esCheck } from './modules/check.ts';
import { esData } from './modules/data.ts';
import { esIndexTemplate } from './modules/index-template.ts';
import { esKeystore } from './modules/keystore.ts';
import { memberOf } from './modules/members.ts';
import type { Member } from './modules/members.ts';
import { esNodes } from './modules/nodes.ts';
import { esSettingsModule } from './modules/settings.ts';
import { esStop } from './modules/stop.ts';
import { esUpgrade } from './modules/upgrade.ts';
import { esUser } from './modules/user.ts';
import { nodesOf } from './nodes-of.ts';
import { configure } from './tasks/configure.ts';
import { install } from './tasks/install.ts';
import { service } from './tasks/service.ts';
import { guardVersion } from './tasks/upgrade.ts';
import { vars } from './vars.ts';
import { verify } from './verify.ts';

interface Plan {
  readonly layout: Layout;
  /** The node of the host itself. */
  readonly own: Member;
  readonly cluster: ClusterParams;
}

export default defineRole({
  name: 'elasticsearch',
  summary: 'An Elasticsearch cluster: installed, formed once, rolled one by one, proven to work',
  at: import.meta.url,
  vars,
  facts: [esCluster, esKept, esNode, esSettings, esTemplates, esUsers],
  modules: [esUpgrade, esKeystore, esBootstrap, esNodes, esSettingsModule, esIndexTemplate, esUser, esCheck, esData, esStop],
  tasks: (given, host) => {
    const { layout, own, cluster } = planFor(given, host);
    return [
      guardVersion(layout, cluster),
      ...install(given, layout),
      ...configure(given, layout, cluster.members, own),
      ...service(given, layout, cluster, own),
    ];
  },
  verify: (given, host) => verify(planFor(given, host).cluster),
  chaos: (given, host) => {
    const { layout, cluster } = planFor(given, host);
    return chaos(given, layout, cluster);
  },
});

function planFor(given: ElasticsearchVars, host: RoleHost): Plan {
  const layout = layoutOf(given);
  const nodes = nodesOf(given, host);
  return { layout, own: memberOf(nodes, host.name), cluster: clusterParams(given, layout, nodes) };
}
