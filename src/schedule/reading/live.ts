// Which facts are not read before their turn while a run changes things.
import type { FactRef } from '../../facts/contract.ts';

/** Whether reading it takes a while: a JVM, a call over the network, a program of the author's. */
export function isSlow(ref: FactRef<unknown>): boolean {
  return ref.definition.cost === 'slow';
}

/** Whether it takes long, or shows what other hosts do. */
export function isLive(ref: FactRef<unknown>): boolean {
  return isSlow(ref) || ref.reads().some(({ kind }) => kind === 'cluster' || kind === 'port');
}
