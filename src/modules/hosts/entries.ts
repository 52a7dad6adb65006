// Module: keeps names and addresses in the hosts file, and corrects lines that give a name another address.
import { fileText } from '../../facts/file/text.ts';
import { defineModule } from '../contract.ts';
import { tidy } from '../file/paths.ts';
import { fileChanges, fileFacts, fileProblems } from '../file/write-file.ts';
import { unmet, type Step } from '../steps.ts';
import { addressesOf, isV6, withEntries, type HostsEntry } from './hosts-file.ts';

export const hostsEntries = defineModule({
  name: 'hosts.entries',
  summary: 'keep names and their addresses in the hosts file; all other lines stay as they are',
  params: {
    type: 'object',
    properties: {
      entries: {
        type: 'array',
        minItems: 1,
        description: 'addresses with their names; a line that gives one of these names another address of the same family loses it',
        items: {
          type: 'object',
          properties: {
            address: { type: 'string', pattern: '^[0-9A-Fa-f:.]+(%[A-Za-z0-9]+)?$', description: 'an IPv4 or IPv6 address' },
            names: {
              type: 'array',
              minItems: 1,
              items: { type: 'string', pattern: '^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$' },
              description: 'the canonical name first',
            },
          },
          required: ['address', 'names'],
          additionalProperties: false,
        },
      },
      path: { type: 'string', kind: 'path', default: '/etc/hosts', description: 'the hosts file' },
    },
    required: ['entries'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'the members of a cluster know each other',
      yaml: 'name: name the servers\nhosts.entries:\n  entries:\n    - address: 192.168.11.128\n      names: [server1]\n    - address: 192.168.11.129\n      names: [server2]\n',
    },
  ],
  facts: p => ({ ...fileFacts({ path: tidy(p.path) }), text: fileText({ path: tidy(p.path) }) }),
  changes: (p, have): readonly Step[] => {
    const twice = contradiction(p.entries);
    if (twice !== undefined) return [unmet(`the name ${twice} is given two addresses; give it one`)];
    const wanted = { path: tidy(p.path), mode: undefined, validate: undefined, backup: false, replaceLink: false };
    const problems = fileProblems(wanted, have);
    if (problems.length > 0) return problems;
    if (have.text.includes('\uFFFD')) return [unmet(`${wanted.path} is not UTF-8 text; put it right by hand first`)];
    const text = withEntries(have.text, p.entries);
    if (text === have.text) return [];
    const lines = (of: string): readonly string[] => describeNames(of, p.entries);
    return fileChanges(wanted, text, have, { attribute: 'entries', from: lines(have.text), to: lines(text) });
  },
});

/** The addresses of the names, in the order they were written: `server1 192.168.11.128`. */
function describeNames(text: string, entries: readonly HostsEntry[]): readonly string[] {
  const names = new Set(entries.flatMap(entry => entry.names));
  return [...names].map(name => [name, ...addressesOf(text, name)].join(' '));
}

function contradiction(entries: readonly HostsEntry[]): string | undefined {
  const taken = new Map<string, string>();
  for (const { address, names } of entries) {
    for (const name of names) {
      const key = `${isV6(address) ? 6 : 4} ${name}`;
      if ((taken.get(key) ?? address) !== address) return name;
      taken.set(key, address);
    }
  }
  return undefined;
}
