// Module `fail`: ends the task as failed.
import { defineModule } from '../contract.ts';
import { unmet } from '../steps.ts';

/** Fails, with the author's words. It reads nothing and changes nothing. */
export const fail = defineModule({
  name: 'fail',
  summary: 'fail, with words of your own',
  params: {
    type: 'object',
    properties: { msg: { type: 'string', minLength: 1, default: 'failed as the playbook asks', description: 'what is said' } },
    additionalProperties: false,
  },
  examples: [
    {
      title: 'where a host is too small',
      yaml: 'name: the host is large enough\nfail:\n  msg: a server needs 2 GB of memory\nwhen: facts.memory.total < 2000000000\n',
    },
  ],
  facts: () => ({}),
  changes: p => [unmet(p.msg)],
});
