// Module `debug`: says something.
import type { Value } from '../../util/value.ts';
import { defineModule } from '../contract.ts';

/** Shows a value. Secrets stay masked. */
export const debug = defineModule({
  name: 'debug',
  summary: 'show a text or a value',
  params: {
    type: 'object',
    properties: {
      msg: { type: ['string', 'number', 'boolean', 'null', 'array', 'object'], description: 'what is shown; anything but a text as JSON' },
    },
    required: ['msg'],
    additionalProperties: false,
  },
  examples: [
    { title: 'a text', yaml: 'name: say where\ndebug:\n  msg: "{{ inventory_hostname }} is {{ facts.net.default.address }}"\n' },
    { title: 'a whole value', yaml: 'name: show what came back\ndebug:\n  msg: "{{ cluster }}"\n' },
  ],
  facts: () => ({}),
  changes: () => [],
  result: p => ({ msg: p.msg as Value }),
  says: p => (typeof p.msg === 'string' ? p.msg : JSON.stringify(p.msg, undefined, 2)),
});
