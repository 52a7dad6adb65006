// Helpers that put another helper to every item of a list.
import { Unknown } from '../../util/unknown.ts';
import type { Value } from '../../util/value.ts';
import { follow } from '../lookup.ts';
import { truth } from '../truth.ts';
import { definePlacedHelper, type Helper, type Surroundings } from './helper.ts';

const LIST = { name: 'list', type: 'list' } as const;
const TEST = { name: 'test', type: 'helper', optional: true } as const;
const ATTRIBUTE = { name: 'attribute', type: 'string' } as const;
const ARGUMENTS = { name: 'arguments', type: 'any', optional: true, rest: true } as const;

/** The items whose answer is the wanted one; unknown as a whole when one answer is. */
function keep(list: readonly Value[], answerOf: (item: Value) => Value, wanted: boolean): Value {
  const answers = list.map(item => truth(answerOf(item)));
  const because = answers.flatMap(answer => (answer instanceof Unknown ? answer.because : []));
  return because.length > 0 ? new Unknown(because) : list.filter((_, index) => answers[index] === wanted);
}

function keeper(name: string, summary: string, wanted: boolean, gives: readonly Value[]): Helper {
  return definePlacedHelper({
    name,
    topic: 'lists',
    summary,
    gives: 'list',
    params: [LIST, TEST, ARGUMENTS],
    shallow: true,
    examples: [{ template: `{{${name} sizes "gt" 2}}`, with: { sizes: [1, 2, 3] }, gives }],
    apply: (around, list, test, ...args) => keep(list, item => answer(around, item, test, args), wanted),
  });
}

function attributeKeeper(name: string, summary: string, wanted: boolean, gives: readonly Value[]): Helper {
  return definePlacedHelper({
    name,
    topic: 'lists',
    summary,
    gives: 'list',
    params: [LIST, ATTRIBUTE, TEST, ARGUMENTS],
    shallow: true,
    examples: [
      {
        template: `{{${name} disks "state" "eq" "ok"}}`,
        with: {
          disks: [
            { name: 'sda', state: 'ok' },
            { name: 'sdb', state: 'bad' },
          ],
        },
        gives,
      },
    ],
    apply: (around, list, attribute, test, ...args) =>
      keep(list, item => answer(around, follow(item, attribute.split('.'), '', undefined), test, args), wanted),
  });
}

/** Without a test, the value itself is asked whether it counts as true. */
function answer(around: Surroundings, value: Value, test: string | undefined, args: readonly Value[]): Value {
  return test === undefined ? value : around.call(test, [value, ...args]);
}

export const EACH_HELPERS: readonly Helper[] = [
  definePlacedHelper({
    name: 'map',
    topic: 'lists',
    gives: 'list',
    summary: 'A list with a helper put to every item; further arguments go to the helper, behind the item.',
    params: [LIST, { name: 'helper', type: 'helper' }, ARGUMENTS],
    shallow: true,
    examples: [
      { template: '{{map hosts "upper"}}', with: { hosts: ['n1', 'n2'] }, gives: ['N1', 'N2'] },
      { template: '{{map hosts "concat" ":2181"}}', with: { hosts: ['n1', 'n2'] }, gives: ['n1:2181', 'n2:2181'] },
    ],
    apply: (around, list, helper, ...args) => list.map(item => around.call(helper, [item, ...args])),
  }),
  keeper('select', 'The items of a list for which a helper says true, or which count as true.', true, [3]),
  keeper('reject', 'The items of a list for which a helper does not say true, or which do not count as true.', false, [1, 2]),
  attributeKeeper('selectattr', 'The maps of a list for one attribute of which a helper says true.', true, [{ name: 'sda', state: 'ok' }]),
  attributeKeeper('rejectattr', 'The maps of a list for one attribute of which a helper does not say true.', false, [
    { name: 'sdb', state: 'bad' },
  ]),
];
