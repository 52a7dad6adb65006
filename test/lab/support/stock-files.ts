// What archives bring of the files that later tasks keep: for a moment it stands there whole, neither as before nor as it is to be.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import type { Program, TaskSlot } from '../../../src/program/types.ts';
import { managedPaths, slotsOn } from './explain.ts';
import { paramOf, under } from './marks.ts';

/** As the oracle says it, `file SHA256`, by path. Archives are tar files on the controller. */
export function stockFiles(program: Program, host: string): ReadonlyMap<string, string> {
  const paths = [...managedPaths(program, host)];
  const found = slotsOn(program, host)
    .filter(slot => slot.ref.module === 'archive.unpack')
    .flatMap(slot => {
      const dest = paramOf(slot, host, 'dest');
      const inside = paths.filter(path => under(dest).test(path));
      if (inside.length === 0) return [];
      const archive = sourceOf(slot, host);
      const entries = tar('-tf', archive).toString().split('\n');
      return inside.flatMap(path => {
        const entry = entries.find(name => name.endsWith(path.slice(dest.length)));
        return entry === undefined
          ? []
          : [
              [
                path,
                `file ${createHash('sha256')
                  .update(tar('-xOf', archive, entry))
                  .digest('hex')}`,
              ] as const,
            ];
      });
    });
  return new Map(found);
}

function sourceOf(slot: TaskSlot, host: string): string {
  const src = slot.specs[slot.hosts[host] ?? -1]?.params['src'];
  const source = src?.kind === 'artifact' && src.source.kind === 'value' ? src.source.value : undefined;
  if (typeof source !== 'string') throw new Error(`the archive of ${slot.ref.name} is not named plainly`);
  return source;
}

function tar(...words: readonly string[]): Buffer {
  return execFileSync('tar', words, { maxBuffer: 64 * 1024 * 1024 });
}
