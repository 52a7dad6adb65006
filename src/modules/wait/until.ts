// Module `wait.until`: waits until a program that changes nothing succeeds.
import { execArgv } from '../../facts/command/exec-argv.ts';
import { quote } from '../../util/shell.ts';
import { defineModule } from '../contract.ts';
import { waitFor } from '../steps.ts';

/** Waits for a program's success. It is run on the host again and again, in one round trip. */
export const waitUntil = defineModule({
  name: 'wait.until',
  summary: 'wait until a program that changes nothing succeeds',
  params: {
    type: 'object',
    properties: {
      argv: {
        type: 'array',
        items: { type: 'string' },
        minItems: 1,
        description: 'the program and its arguments, one word each; no shell reads them',
      },
      for: { type: 'string', minLength: 1, description: 'what is waited for, in words; shown while waiting' },
      chdir: { type: 'string', kind: 'path', description: 'the directory it runs in' },
      timeout: {
        type: 'integer',
        minimum: 1,
        default: 300,
        description: 'seconds until the task fails, with what the program printed last',
      },
      interval: { type: 'number', minimum: 0.1, default: 1, description: 'seconds between two looks' },
    },
    required: ['argv'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'until a cluster is whole',
      yaml: 'name: the cluster is whole\nwait.until:\n  argv: [/opt/search/bin/health, --wait-for, green]\n  for: all shards are in their places\n  timeout: 120\n',
    },
    { title: 'until a file turns up', yaml: 'name: the first start is over\nwait.until:\n  argv: [test, -e, /var/lib/search/ready]\n' },
  ],
  facts: () => ({}),
  changes: p => [
    waitFor({
      for: p.for ?? `${p.argv.map(quote).join(' ')} succeeds`,
      until: execArgv({ argv: p.argv, chdir: p.chdir }),
      deadline: p.timeout,
      interval: p.interval,
      sets: [],
    }),
  ],
  // Nothing is left to ask: it has succeeded, or the task has failed.
  rounds: () => 0,
});
