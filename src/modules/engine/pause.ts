// Module `pause`: lets time pass on the controller. The engine does that, when there is nothing else to do.
import { defineModule } from '../contract.ts';

/** Waits for a while; a dry run does not. What a host has to come to is waited for with wait.until. */
export const pause = defineModule({
  name: 'pause',
  summary: 'let time pass',
  params: {
    type: 'object',
    properties: {
      seconds: { type: 'number', minimum: 0, default: 0, description: 'so many seconds' },
      minutes: { type: 'number', minimum: 0, default: 0, description: 'so many minutes besides' },
    },
    additionalProperties: false,
  },
  examples: [{ title: 'for a lease to run out', yaml: 'name: the old lease runs out\npause:\n  seconds: 30\n' }],
  facts: () => ({}),
  changes: () => [],
  result: p => ({ seconds: p.minutes * 60 + p.seconds }),
  says: p => `${p.minutes * 60 + p.seconds} s`,
});
