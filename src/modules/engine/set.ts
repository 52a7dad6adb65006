// Module `set`: gives variables of the host a value for the rest of the run.
import type { Value } from '../../util/value.ts';
import { defineModule } from '../contract.ts';
import { assign } from '../steps.ts';

/** Sets variables: every parameter is one. It is no change of the host and is not counted as one. */
export const set = defineModule({
  name: 'set',
  summary: 'set variables of the host for the rest of the run',
  params: {
    type: 'object',
    description: 'variables by name',
    additionalProperties: { type: ['string', 'number', 'boolean', 'null', 'array', 'object'], description: 'the value' },
  },
  examples: [
    {
      title: 'a value that tasks to come use',
      yaml: 'name: half of the memory\nset:\n  heap_bytes: "{{ div facts.memory.total 2 }}"\n',
    },
    {
      title: 'a flag for handlers',
      yaml: 'name: this host is the first\nset:\n  is_first: true\nwhen: inventory_hostname == groups.kafka[0]\n',
    },
  ],
  facts: () => ({}),
  changes: p => [assign(p as Readonly<Record<string, Value>>)],
  rounds: () => 0,
  result: p => p as Readonly<Record<string, Value>>,
});
