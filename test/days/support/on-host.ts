// A row about a host apart: where there can be none it is skipped, and whatever came of it, no file of tsplay's own is left lying about.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import type { Day } from './day.ts';
import { lacksHosts, type HostApart } from './host-apart.ts';

/** Completes a row. */
export function onHost(day: Day<HostApart>): Day<HostApart> {
  return {
    ...day,
    lacks: () => lacksHosts() ?? day.lacks?.(),
    async check(host, ended, project) {
      await day.check(host, ended, project);
      assert.deepEqual(leftovers(host), [], 'left lying about');
    },
  };
}

/** Temporary files and folders of sessions. What is kept for the next run, and the manifests of archives, are no leftovers. */
function leftovers(host: HostApart): readonly string[] {
  const places = ['/srv', '/tmp', '/var/tmp', '/dev/shm', '/run', '/root', '/etc'];
  return places.flatMap(place => filesAt(host, place, 2)).filter(path => /\/\.tsplay[^/]+$/.test(path));
}

function filesAt(host: HostApart, folder: string, depth: number): readonly string[] {
  const entries = readdirSync(host.see(folder), { withFileTypes: true });
  return entries.flatMap(entry => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() && depth > 0 && folder !== '/etc' ? [path, ...filesAt(host, path, depth - 1)] : [path];
  });
}
