// Hosts of a play in batches, as `serial` asks.
import type { Mode } from '../report/events.ts';

/** The batches of a play. Proofs concern a cluster as a whole, so they are not cut into batches. */
export function batchesOf(mode: Mode, hosts: readonly string[], sizes: readonly (number | `${number}%`)[]): readonly (readonly string[])[] {
  return mode === 'verify' || mode === 'chaos' ? [hosts] : splitBatches(hosts, sizes);
}

/**
 * Splits hosts into batches: each size is a number or a percentage of all hosts (at least one); the last size repeats.
 * No sizes: one batch of all.
 */
export function splitBatches(hosts: readonly string[], sizes: readonly (number | `${number}%`)[]): readonly (readonly string[])[] {
  if (sizes.length === 0 || hosts.length === 0) return [hosts];
  const batches: (readonly string[])[] = [];
  for (let start = 0, turn = 0; start < hosts.length; turn += 1) {
    const size = batchSize(sizes[Math.min(turn, sizes.length - 1)] ?? hosts.length, hosts.length);
    batches.push(hosts.slice(start, start + size));
    start += size;
  }
  return batches;
}

function batchSize(size: number | `${number}%`, all: number): number {
  const count = typeof size === 'number' ? size : Math.floor((all * Number.parseFloat(size)) / 100);
  return Math.max(1, count);
}
