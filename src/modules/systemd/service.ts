// Module `systemd.service`: whether a unit runs, and whether it starts with the host.
import { portListening } from '../../facts/network/port.ts';
import { fileNode } from '../../facts/file/node.ts';
import { fileText } from '../../facts/file/text.ts';
import { unitState } from '../../facts/systemd/unit.ts';
import type { Infer, ObjectSchema } from '../../schema/schema.ts';
import { defineModule } from '../contract.ts';
import type { Have } from '../contract.ts';
import { unmet } from '../steps.ts';
import type { Step } from '../steps.ts';
import { activeChanges } from './active-changes.ts';
import { enabledChanges } from './enabled-changes.ts';
import { fullUnitName, templateOf, UNIT_DIRECTORY, UNIT_NAME } from './unit-name.ts';
import { unitProblem } from './unit-problem.ts';

const params = {
  type: 'object',
  properties: {
    name: { ...UNIT_NAME, description: 'the unit; .service may be left out' },
    state: {
      type: 'string',
      enum: ['started', 'stopped', 'restarted', 'reloaded'],
      description: 'started and stopped keep it so; restarted and reloaded act every time, so they belong into handlers',
    },
    enabled: { type: 'boolean', description: 'whether it starts with the host' },
    ports: {
      type: 'array',
      items: { type: 'integer', minimum: 1, maximum: 65535 },
      default: [],
      description: 'TCP ports it listens on while it runs; assumed in a dry run',
    },
  },
  required: ['name'],
  additionalProperties: false,
} as const satisfies ObjectSchema;

/** The parameters as the module receives them. */
export type ServiceParams = Infer<typeof params>;

const facts = (p: ServiceParams) => {
  const unit = fullUnitName(p.name);
  const template = templateOf(unit);
  return {
    unit: unitState({ unit }),
    template: template === undefined ? undefined : fileNode({ path: `${UNIT_DIRECTORY}/${template}` }),
    templateText: template === undefined ? undefined : fileText({ path: `${UNIT_DIRECTORY}/${template}` }),
    ports: p.ports.map(port => portListening({ port })),
  };
};

/** What the module knows of the host. */
export type ServiceHave = Have<ReturnType<typeof facts>>;

/** Keeps a unit running or stopped, enabled or disabled. */
export const systemdService = defineModule({
  name: 'systemd.service',
  summary: 'keep a unit running or stopped, enabled or disabled; restart or reload it in a handler',
  params,
  examples: [
    {
      title: 'a service that runs and starts with the host',
      yaml: 'name: zookeeper runs\nsystemd.service:\n  name: zookeeper\n  state: started\n  enabled: true\n  ports: [12181]\n',
    },
    { title: 'a handler', yaml: 'name: restart zookeeper\nsystemd.service:\n  name: zookeeper\n  state: restarted\n' },
    {
      title: 'a service that must not run',
      yaml: 'name: the packaged redis rests\nsystemd.service:\n  name: redis-server\n  state: stopped\n  enabled: false\n',
    },
  ],
  facts,
  changes: (p, have): readonly Step[] => {
    const unit = fullUnitName(p.name);
    const problem = problemOf(unit, p, have);
    return problem === undefined ? [...enabledChanges(unit, p, have), ...activeChanges(unit, p, have)] : [unmet(problem)];
  },
  rounds: p => (p.state === 'restarted' || p.state === 'reloaded' ? 0 : 1),
  result: (p, have) => ({ name: fullUnitName(p.name), active: have.unit.active, enabled: have.unit.enabled }),
});

function problemOf(unit: string, p: ServiceParams, have: ServiceHave): string | undefined {
  const { load } = have.unit;
  const mayBeDown = p.state === 'stopped' || p.state === undefined;
  if (load === 'masked' && mayBeDown) return undefined;
  // What is not there neither runs nor starts with the host; an instance is there once its template is.
  if (load === 'not-found' && (have.template?.kind === 'file' || (mayBeDown && p.enabled !== true))) return undefined;
  return unitProblem(unit, have.unit);
}
