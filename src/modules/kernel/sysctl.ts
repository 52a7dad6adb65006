// Module `sysctl`: one kernel parameter, now and after the next start of the host.
import { fileText } from '../../facts/file/text.ts';
import { canonicalSysctl, plainSysctl, sysctlPath, sysctlValue } from '../../facts/kernel/sysctl.ts';
import { resource } from '../../facts/resource.ts';
import type { Infer, ObjectSchema } from '../../schema/schema.ts';
import { sh } from '../../util/shell.ts';
import { run } from '../actions.ts';
import { defineModule } from '../contract.ts';
import type { Have } from '../contract.ts';
import { fileChanges, fileFacts } from '../file/write-file.ts';
import { differs, unmet } from '../steps.ts';
import type { Step } from '../steps.ts';
import { persistedSysctl, persistSysctl } from './sysctl-file.ts';

const params = {
  type: 'object',
  properties: {
    name: { type: 'string', pattern: '^[A-Za-z0-9_][A-Za-z0-9_./:@-]*$', description: 'the parameter, with dots or with slashes' },
    value: { type: ['string', 'number'], description: 'its value; several words are parted by blanks' },
    file: {
      type: 'string',
      kind: 'path',
      default: '/etc/sysctl.d/60-tsplay.conf',
      description: 'the file that sets it when the host starts',
    },
    ignore_missing: {
      type: 'boolean',
      default: false,
      description: 'where the kernel has no such parameter or does not let it be set (containers), write the file and leave it at that',
    },
  },
  required: ['name', 'value'],
  additionalProperties: false,
} as const satisfies ObjectSchema;

type Params = Infer<typeof params>;

const nameOf = (p: Params): string => canonicalSysctl(p.name);
const valueOf = (p: Params): string => plainSysctl(String(p.value));
const fileOf = (p: Params) => ({ path: p.file, owner: 'root', group: 'root' });

const facts = (p: Params) => ({ running: sysctlValue({ name: nameOf(p) }), ...fileFacts(fileOf(p)), text: fileText({ path: p.file }) });

/** Keeps one kernel parameter. */
export const sysctl = defineModule({
  name: 'sysctl',
  summary: 'keep a kernel parameter, now and after the next start',
  params,
  examples: [
    {
      title: 'let redis overcommit memory',
      yaml: 'name: memory may be overcommitted\nsysctl:\n  name: vm.overcommit_memory\n  value: 1\n',
    },
    {
      title: 'in a file of its own, on hosts that may be containers',
      yaml: 'name: room for mapped files\nsysctl:\n  name: vm.max_map_count\n  value: 262144\n  file: /etc/sysctl.d/70-elasticsearch.conf\n  ignore_missing: true\n',
    },
  ],
  facts,
  changes: (p, have): readonly Step[] => {
    const problem = p.ignore_missing ? undefined : problemOf(p, have);
    if (problem !== undefined) return [unmet(problem)];
    return [...(have.running.writable ? runningChange(p, have) : []), ...persistedChange(p, have)];
  },
  result: (p, have) => ({ name: nameOf(p), value: have.running.value }),
});

function problemOf(p: Params, have: Have<ReturnType<typeof facts>>): string | undefined {
  const { exists, writable, value } = have.running;
  if (!exists) return `the kernel has no parameter "${nameOf(p)}"; load the module that brings it, or say ignore_missing: true`;
  if (!writable && value !== valueOf(p))
    return `the host does not let "${nameOf(p)}" be set; set it on the machine it runs on, or say ignore_missing: true`;
  return undefined;
}

function runningChange(p: Params, have: Have<ReturnType<typeof facts>>): readonly Step[] {
  const name = nameOf(p);
  const value = valueOf(p);
  return differs('value', have.running.value, value, {
    actions: [run(sh`printf '%s\\n' ${value} > ${sysctlPath(name)}`)],
    sets: [sysctlValue({ name }).with({ value })],
    touches: [resource.sysctl(name)],
  });
}

function persistedChange(p: Params, have: Have<ReturnType<typeof facts>>): readonly Step[] {
  const name = nameOf(p);
  const value = valueOf(p);
  const now = persistedSysctl(have.text, name);
  const wanted = { ...fileOf(p), mode: undefined, validate: undefined, backup: false, replaceLink: false };
  return fileChanges(wanted, persistSysctl(have.text, name, value), have, { attribute: 'persisted', from: now ?? 'absent', to: value });
}
