// Where the time went: spans of the wire and tasks, as a table and as a trace.
import { deepEqual, equal, match } from 'node:assert/strict';
import type { Event } from '../../../src/report/events.ts';
import { Profile } from '../../../src/report/profile.ts';
import { now } from '../../../src/util/now.ts';
import type { WireSpan } from '../../../src/session/types.ts';

const span = (kind: WireSpan['kind'], host: string, start: number, end: number): WireSpan => ({
  kind,
  host,
  user: 'root',
  start,
  end,
  commands: kind === 'frame' ? 3 : 0,
  bytesOut: 1500,
  bytesIn: 250,
});
const begun = (id: string): Event => ({
  kind: 'task-started',
  task: { id, name: `task ${id}`, module: 'file.copy', handler: false },
  hosts: ['n1'],
});

describe('src/report/profile', () => {
  it('counts what was side by side once, and by host', () => {
    const profile = new Profile();
    for (const host of ['n1', 'n2']) profile.see(span('connect', host, 1000, 1500));
    profile.see(span('frame', 'n1', 1500, 1600));
    profile.see(span('frame', 'n2', 1550, 1650));
    profile.see(span('upload', 'n2', 1650, 1700));
    const text = profile.text();
    match(text, /^PROFILE .* 1\.00 s before the first connection, 0\.50 s connecting, 0\.20 s hosts, /);
    match(text, /^ {2}n1 +1 +0 +3\.0 kB +0\.5 kB +0\.60 s$/m);
    match(text, /^ {2}n2 +1 +1 +4\.5 kB +0\.8 kB +0\.65 s$/m);
  });

  it('names tasks, and whose frames they were', () => {
    const profile = new Profile();
    const start = now();
    profile.hear(begun('1'));
    profile.see(span('frame', 'n1', now(), now() + 40));
    profile.hear(begun('2'));
    match(profile.text(), /^ {2}1 task 1 +1 +0\.04 s +0\.00 s$/m);
    const { traceEvents } = profile.trace();
    deepEqual(
      traceEvents.filter(event => event.ph === 'X').map(({ name, pid, tid }) => [name, pid, tid]),
      [
        ['task 1', 1, 1],
        ['task 2', 1, 1],
        ['frame', 2, 1],
      ],
    );
    const frame = traceEvents.at(-1);
    equal(frame?.dur !== undefined && Math.abs(frame.dur - 40_000) < 5, true);
    equal((frame?.ts ?? 0) >= start * 1000 - 1, true);
    deepEqual(frame?.args, { user: 'root', commands: 3, bytesOut: 1500, bytesIn: 250 });
  });

  it('says little of a run that reached nobody', () => {
    match(new Profile().text(), /^PROFILE [\d.]+ s in all: .* 0\.00 s connecting, 0\.00 s hosts/);
  });
});
