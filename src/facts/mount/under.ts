// Fact: the mounts at a path and below it. What is mounted is no part of what stands there, and nobody means it when a directory is removed.
import { rawShell } from '../../util/shell.ts';
import { defineFact } from '../contract.ts';
import { resource } from '../resource.ts';
import { unescapeMountField } from './state.ts';

const MOUNTS = rawShell('cat /proc/self/mountinfo');

/** Mount points in the order they were made, each once. */
export const mountsUnder = defineFact<{ readonly path: string }, readonly string[]>({
  name: 'mount.under',
  summary: 'the mount points at a path and below it',
  probe: () => MOUNTS,
  together: {
    probe: () => MOUNTS,
    parse: ({ stdout, status }, all) => (status === 0 ? all.map(({ path }) => pointsUnder(stdout, path)) : undefined),
  },
  reads: ({ path }) => [resource.mountsUnder(path)],
  parse: ({ stdout, stderr, status }, { path }): readonly string[] => {
    if (status !== 0) throw new Error(stderr.trim() || `reading the mounts ended with status ${status}`);
    return pointsUnder(stdout, path);
  },
  absent: [],
  cost: 'cheap',
});

function pointsUnder(text: string, path: string): readonly string[] {
  const points = text.split('\n').flatMap(line => (line === '' ? [] : [unescapeMountField(line.split(' ')[4] ?? '')]));
  return [...new Set(points.filter(point => point === path || point.startsWith(`${path}/`)))];
}
