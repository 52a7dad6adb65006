// The parameters that every cluster module of this role is given, worked out once.
import type { ElasticsearchVars, Layout } from './layout.ts';
import type { Member } from './modules/members.ts';

/** Who the cluster is, and how it is asked. */
export interface ClusterParams {
  readonly members: readonly Member[];
  /** How tsplay logs in; empty where security is off. */
  readonly authorization: string;
  /** Full name of the unit. */
  readonly unit: string;
  /** `cluster.name`. */
  readonly cluster: string;
  readonly version: string;
  /** `path.data`. */
  readonly data: string;
}

export function clusterParams(vars: ElasticsearchVars, layout: Layout, members: readonly Member[]): ClusterParams {
  return {
    members,
    authorization: layout.authorization,
    unit: layout.unit,
    cluster: vars.elasticsearch_cluster_name,
    version: layout.version,
    data: layout.data,
  };
}
