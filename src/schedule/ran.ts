// What a module's own commands printed. In a dry run that would have run them, looking at it is unknown.
import type { Ran } from '../modules/contract.ts';
import type { Output } from './perform.ts';
import { DependsOnUnknown } from './unknown-guard.ts';

/** @param unknownBecause the task that would have printed it; undefined when it really ran, or had nothing to run */
export function ranView(outputs: readonly Output[], unknownBecause: string | undefined): Ran {
  return {
    get outputs() {
      if (unknownBecause !== undefined) throw new DependsOnUnknown([`depends on ${unknownBecause}`]);
      return outputs;
    },
  };
}
