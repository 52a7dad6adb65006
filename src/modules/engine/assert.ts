// Module `assert`: goes on only where conditions hold.
import { defineModule } from '../contract.ts';
import { unmet } from '../steps.ts';

/** Fails with the first condition that does not hold. It reads nothing and changes nothing. */
export const assert = defineModule({
  name: 'assert',
  summary: 'fail unless conditions hold',
  params: {
    type: 'object',
    properties: {
      that: {
        type: 'array',
        items: { type: 'string', kind: 'condition' },
        minItems: 1,
        description: 'conditions, all of which have to hold',
      },
      fail_msg: { type: 'string', minLength: 1, description: 'what is said when one does not, before the condition itself' },
      success_msg: { type: 'string', minLength: 1, description: 'what is said when all do' },
    },
    required: ['that'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'an odd number of servers',
      yaml: 'name: the ensemble can have a majority\nassert:\n  that:\n    - size(groups.zookeeper) % 2 == 1\n',
    },
    {
      title: "with words of one's own",
      yaml: 'name: the host is large enough\nassert:\n  that:\n    - facts.memory.total >= 2000000000\n  fail_msg: a server needs 2 GB of memory\n',
    },
  ],
  facts: () => ({}),
  changes: p => {
    const broken = p.that.filter(condition => !condition.holds);
    const [first] = broken;
    if (first === undefined) return [];
    const others = broken.length > 1 ? ` (and ${broken.length - 1} more)` : '';
    const condition = `this does not hold: ${first.text}${others}`;
    return [unmet(p.fail_msg === undefined ? condition : `${p.fail_msg}: ${condition}`)];
  },
  says: p => p.success_msg,
});
