// What `tsplay verify` proves of Elasticsearch: that the cluster works, not that processes run.
import { task } from '../../src/index.ts';
import type { RoleTask } from '../../src/index.ts';
import type { ClusterParams } from './cluster-params.ts';
import { esCheck } from './modules/check.ts';
import { esData } from './modules/data.ts';

/** One cluster with one identity and one master, green, and a document that comes out at another node than it went in. */
export function verify(params: ClusterParams): readonly RoleTask[] {
  const { members, authorization } = params;
  return [
    task('all nodes are in one green cluster', esCheck, params),
    task('a document written through one node is read through another', esData, { members, authorization }),
  ];
}
