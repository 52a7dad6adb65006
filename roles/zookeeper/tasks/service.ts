// Tasks: the unit starts at boot, and the ensemble as a whole runs with its present files.
import { systemdService, task } from '../../../src/index.ts';
import type { RoleTask } from '../../../src/index.ts';
import { startFiles } from '../layout.ts';
import type { Layout } from '../layout.ts';
import type { EnsembleParams } from '../ensemble-params.ts';
import { zookeeperEnsemble } from '../modules/ensemble.ts';

/** Starting and restarting is the ensemble's business: one server must not act alone. */
export function service(layout: Layout, ensemble: EnsembleParams): readonly RoleTask[] {
  return [
    task('zookeeper starts at boot', systemdService, { name: layout.unit, enabled: true }),
    keepRunning('the ensemble runs', layout, ensemble),
  ];
}

/** Starts what does not run and rolls what runs with older files. */
export function keepRunning(name: string, layout: Layout, ensemble: EnsembleParams): RoleTask {
  return task(name, zookeeperEnsemble, {
    ...ensemble,
    files: startFiles(layout),
    links: [ensemble.ask.java_home],
    version: layout.version,
  });
}
