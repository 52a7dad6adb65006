// What a call of a helper knows of where it stands, for templates and conditions alike.
import type { Position } from '../errors/problem.ts';
import type { Value } from '../util/value.ts';
import { didYouMean } from '../util/nearest.ts';
import { arityFault } from './helpers/arity.ts';
import { HelperRefusal, type LazyArgument, type Surroundings } from './helpers/helper.ts';
import { HELPERS } from './helpers/table.ts';
import type { Scope } from './scope.ts';
import { callHelper } from './template/call-helper.ts';

/** The surroundings of the calls in a text that is evaluated in a scope. */
export function surroundingsOf(scope: Scope, at: Position | undefined, render: Surroundings['render']): Surroundings {
  const around: Surroundings = {
    get host(): string {
      const found = scope.lookup('inventory_hostname');
      return found.found && typeof found.value === 'string' ? found.value : '';
    },
    file: at?.file,
    call: (name, values) => {
      const helper = HELPERS.get(name);
      if (helper === undefined) throw new HelperRefusal(...unknownHelper(name));
      const wrong = arityFault(helper, values.length, []);
      if (wrong !== undefined) throw new HelperRefusal(wrong.what, wrong.advice === undefined ? {} : { advice: wrong.advice });
      return callHelper(helper, { placed: values.map(given), named: new Map() }, at, around);
    },
    render,
  };
  return around;
}

/** The words for a name that no helper has. */
export function unknownHelper(name: string): [what: string, options: { readonly advice?: string }] {
  const advice = didYouMean(name, HELPERS.keys());
  return [`there is no helper ${JSON.stringify(name)}`, advice === undefined ? {} : { advice }];
}

function given(value: Value): LazyArgument {
  return { value: () => value, valueIfPresent: () => value, exists: () => true };
}
