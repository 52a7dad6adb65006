// What `tsplay verify --chaos` does to Elasticsearch: kills the master, and watches another one take over with all that was written.
import { task } from '../../src/index.ts';
import type { Scenario } from '../../src/index.ts';
import type { ClusterParams } from './cluster-params.ts';
import type { ElasticsearchVars, Layout } from './layout.ts';
import { esCheck } from './modules/check.ts';
import { esData } from './modules/data.ts';
import { esStop } from './modules/stop.ts';
import { keepRunning } from './tasks/service.ts';

/** A majority of the voters has to be left: of fewer than three none can be spared. */
export function chaos(vars: ElasticsearchVars, layout: Layout, params: ClusterParams): readonly Scenario[] {
  const { members, authorization, unit } = params;
  if (members.filter(({ eligible }) => eligible).length < 3) return [];
  return [
    {
      name: 'the master dies',
      tasks: [
        task('a document is left before the master dies', esData, { members, authorization, act: 'leave' }),
        task('the master is killed, and another node takes over', esStop, { members, authorization, unit }),
        task('the document is still there', esData, { members, authorization, act: 'find' }),
        task('documents are written without the old master', esData, { members, authorization }),
      ],
      restore: [
        keepRunning('the old master is started again', vars, layout, params),
        task('the cluster is whole after the master died', esCheck, params),
        task('the document is found after the master died', esData, { members, authorization, act: 'find' }),
        task('the document is removed', esData, { members, authorization, act: 'remove' }),
      ],
    },
  ];
}
