// Why a machine cannot have some bad days.
import { spawnSync } from 'node:child_process';

/** Says so where a tool is missing. */
export function lacksTool(name: string): string | undefined {
  return spawnSync('sh', ['-c', 'command -v "$1"', 'sh', name]).status === 0 ? undefined : `there is no ${name} here`;
}

/** Says so where the kernel does not know a kind of file system, nor finds the module for it. */
export function lacksFileSystem(name: string): string | undefined {
  const known = spawnSync('sh', ['-c', 'grep -qw "$1" /proc/filesystems || modprobe "$1" 2>/dev/null', 'sh', name]).status === 0;
  return known ? undefined : `this kernel has no ${name}`;
}
