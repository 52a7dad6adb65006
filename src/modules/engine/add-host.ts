// Module `add_host`: a host that the inventory does not have, for the plays to come.
import type { Value } from '../../util/value.ts';
import { defineModule } from '../contract.ts';
import { enlist } from '../steps.ts';
import { namesIn } from './names-in.ts';

/** Adds a host to the inventory of this run. It is done once, for all hosts of the play, and is no change of any. */
export const addHost = defineModule({
  name: 'add_host',
  summary: 'add a host to the inventory of this run, for the plays that follow',
  params: {
    type: 'object',
    properties: {
      name: { type: 'string', minLength: 1, description: 'what the host is called' },
      groups: { type: ['string', 'array'], default: [], description: 'groups that it is in: a list, or a text with commas' },
      variables: {
        type: 'object',
        default: {},
        description: 'its variables, those of the connection among them; whatever else stands beside name and groups is one',
        additionalProperties: { type: ['string', 'number', 'boolean', 'null', 'array', 'object'], description: 'the value' },
      },
    },
    required: ['name'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'a machine that was made a moment ago',
      yaml: 'name: the new machine\nadd_host:\n  name: web9\n  groups: [web]\n  address: 192.0.2.9\n  ssh_user: admin\n',
    },
  ],
  facts: () => ({}),
  changes: p => [
    enlist({ host: p.name, groups: namesIn(p.groups), parents: [], variables: p.variables as Readonly<Record<string, Value>> }),
  ],
  rounds: () => 0,
  result: p => ({ name: p.name, groups: namesIn(p.groups) }),
});
