// Module `meta`: what the run itself is to do. The engine does it; this says how it is written.
import { defineModule } from '../contract.ts';

/** Words for the run. */
export const META_ACTIONS = [
  'flush_handlers',
  'end_play',
  'end_batch',
  'end_host',
  'end_role',
  'clear_facts',
  'clear_host_errors',
  'reset_connection',
  'noop',
] as const;

/** A word for the run: `meta: flush_handlers`. */
export const meta = defineModule({
  name: 'meta',
  summary: 'run handlers now, end a play for a host, forget what was read',
  params: {
    type: 'object',
    properties: { action: { type: 'string', enum: META_ACTIONS, description: 'what is to be done' } },
    required: ['action'],
    additionalProperties: false,
  },
  examples: [
    { title: 'handlers before the next task', yaml: 'name: restart what was changed\nmeta: flush_handlers\n' },
    {
      title: 'nothing more of a role, on hosts that have it already',
      yaml: 'name: the rest is for new hosts\nmeta: end_role\nwhen: has(web_installed)\n',
    },
    { title: 'nothing more on some hosts', yaml: 'name: spare hosts need no more\nmeta: end_host\nwhen: spare\n' },
  ],
  facts: () => ({}),
  changes: () => [],
});
