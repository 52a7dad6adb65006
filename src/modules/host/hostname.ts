// Module `hostname`: the host's name, now and after the next start.
import { hostname as hostnameFact } from '../../facts/host/hostname.ts';
import { hostNet } from '../../facts/host/net.ts';
import { resource } from '../../facts/resource.ts';
import type { ObjectSchema } from '../../schema/schema.ts';
import { sh } from '../../util/shell.ts';
import type { ShellText } from '../../util/shell.ts';
import { run } from '../actions.ts';
import { defineModule } from '../contract.ts';
import { fileChanges, fileFacts } from '../file/write-file.ts';
import { differs } from '../steps.ts';
import type { Step } from '../steps.ts';

const FILE = { path: '/etc/hostname', owner: 'root', group: 'root' } as const;

const params = {
  type: 'object',
  properties: {
    name: {
      type: 'string',
      // The kernel keeps 64 bytes; a part between dots has at most 63.
      pattern: '^(?=.{1,64}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$',
      description: 'the name: letters, digits and dashes, in parts with dots between them when it is a full one',
    },
  },
  required: ['name'],
  additionalProperties: false,
} as const satisfies ObjectSchema;

/** Keeps the host's name. Addresses and /etc/hosts are left alone: hosts.entries keeps those. */
export const hostname = defineModule({
  name: 'hostname',
  summary: "keep the host's name, now and after the next start",
  params,
  examples: [
    { title: 'the name it has in the inventory', yaml: 'name: the host knows its name\nhostname:\n  name: "{{ inventory_hostname }}"\n' },
  ],
  facts: () => ({ host: hostnameFact({}), ...fileFacts(FILE) }),
  changes: ({ name }, have): readonly Step[] => [...persisted(name, have), ...running(name, have.host.running)],
  result: (_p, have) => ({ name: have.host.running, static: have.host.static }),
});

function persisted(
  name: string,
  have: Parameters<typeof fileChanges>[2] & { readonly host: { readonly static: string } },
): readonly Step[] {
  if (have.host.static === name) return [];
  const wanted = { ...FILE, mode: undefined, validate: undefined, backup: false, replaceLink: false };
  const told = { attribute: 'static', from: have.host.static === '' ? 'absent' : have.host.static, to: name };
  // The file is for the next start: what facts.net shows stays as it is.
  const sets = [hostnameFact({}).with({ static: name }), hostNet({}).with({})];
  return fileChanges(wanted, `${name}\n`, have, told).map(step =>
    step.kind === 'change' ? { ...step, sets: [...step.sets, ...sets] } : step,
  );
}

function running(name: string, now: string): readonly Step[] {
  return differs('running', now, name, {
    actions: [run(setName(name))],
    sets: [hostnameFact({}).with({ running: name }), hostNet({}).with({ hostname: name })],
    touches: [resource.sysctl('kernel.hostname')],
  });
}

/** The plain tool asks the kernel and nothing else; a host without it has systemd's. */
function setName(name: string): ShellText {
  return sh`if command -v hostname >/dev/null; then hostname ${name}; else hostnamectl --transient set-hostname ${name}; fi`;
}
