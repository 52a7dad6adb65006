// Module `systemd.unit`: a unit file of the host's own, or a drop-in beside one, which systemd has read.
import type { Infer, ObjectSchema } from '../../schema/schema.ts';
import { fileNode } from '../../facts/file/node.ts';
import { unitState } from '../../facts/systemd/unit.ts';
import { Secret } from '../../util/secret.ts';
import { defineModule } from '../contract.ts';
import { fileFacts } from '../file/write-file.ts';
import { unmet } from '../steps.ts';
import type { Step } from '../steps.ts';
import { presentUnit } from './present-unit.ts';
import { absentUnit } from './absent-unit.ts';
import { fullUnitName, isTemplate, UNIT_NAME } from './unit-name.ts';
import { unitFile } from './unit-file.ts';

const params = {
  type: 'object',
  properties: {
    name: { ...UNIT_NAME, description: 'the unit; .service may be left out' },
    content: { type: 'string', description: 'the whole text of the file' },
    src: { type: 'string', kind: 'template', description: 'a template of the file, instead of content' },
    drop_in: {
      type: 'string',
      pattern: '^[A-Za-z0-9_][A-Za-z0-9_.@-]*\\.conf$',
      description: 'write this drop-in instead of the unit itself, such as limits.conf: it goes to /etc/systemd/system/NAME.d',
    },
    state: { type: 'string', enum: ['present', 'absent'], default: 'present', description: 'whether the file is to be there' },
  },
  required: ['name'],
  additionalProperties: false,
} as const satisfies ObjectSchema;

type Params = Infer<typeof params>;

const whereOf = (p: Params) => unitFile(fullUnitName(p.name), p.drop_in);

/** Keeps one unit file. A running unit goes on with the old one until it is restarted: let the task notify a handler. */
export const systemdUnit = defineModule({
  name: 'systemd.unit',
  summary: 'keep a unit file or a drop-in, and have systemd read it',
  params,
  examples: [
    {
      title: 'a unit from a template',
      yaml: 'name: unit of zookeeper\nsystemd.unit:\n  name: zookeeper.service\n  src: zookeeper.service.hbs\nnotify: restart zookeeper\n',
    },
    {
      title: 'a limit for a unit that a package brought',
      yaml: 'name: redis may open many files\nsystemd.unit:\n  name: redis-server.service\n  drop_in: limits.conf\n  content: |\n    [Service]\n    LimitNOFILE=65536\n',
    },
    { title: 'a unit that must be gone', yaml: 'name: no old agent\nsystemd.unit:\n  name: old-agent.service\n  state: absent\n' },
  ],
  facts: p => {
    const { unit, path, drop } = whereOf(p);
    return {
      ...fileFacts({ path, owner: 'root', group: 'root' }),
      unit: isTemplate(unit) ? undefined : unitState({ unit }),
      above: drop ? undefined : fileNode({ path: `/usr/lib/systemd/system/${unit}` }),
    };
  },
  changes: (p, have): readonly Step[] => {
    if (have.unit?.load === 'no-systemd') return [unmet('systemd does not run on the host; start the service by what does')];
    if (p.state === 'absent') return absentUnit(whereOf(p), have);
    const given = [p.content, p.src?.text].filter(text => text !== undefined);
    const [text] = given;
    if (text === undefined || given.length > 1)
      return [unmet('systemd.unit takes the text of the file from content or from src; give one of the two')];
    if (text instanceof Secret)
      return [
        unmet(
          'a secret cannot stand in a unit, which systemd shows to every user of the host; put it into a file, and name that with EnvironmentFile= or LoadCredential=',
        ),
      ];
    return presentUnit(whereOf(p), text, have);
  },
  result: (p, have) => ({ path: whereOf(p).path, sha256: have.digest }),
});
