// A run of playbooks/kafka.yml that breaks at one place, and the run after it: as if nothing had been.
import { resolve } from 'node:path';
import type { Program } from '../../../src/program/types.ts';
import { connectDropping, type Drop } from '../../support/dropping-transport.ts';
import { projectRoot } from '../../support/project-root.ts';
import { lookAtAll, misfitsOf, type Looks } from './compare.ts';
import { livingPaths, managedPaths, slotsOn } from './explain.ts';
import { failuresOf } from './run-results.ts';
import { runProgramUntil } from './killed-run.ts';
import { below, paramOf } from './marks.ts';
import { startTestLab, type TestLab } from './lab-inventory.ts';
import { stockFiles } from './stock-files.ts';

const PLAYBOOK = 'playbooks/kafka.yml';
/** The first host speaks for the others, so its frames are of all kinds. */
const SPEAKER = 'server1';
/** How long replicas may take to show on the disks of all hosts. */
const SETTLES_MS = 15_000;
/** The last command of a killed controller may be an installation. */
const WAIT_LOCK = 300;

/** Where a run breaks. */
export type Break =
  /** The link to the first host, behind its so-manieth answer, from 1: what was asked is done, and nobody hears of it. */
  | { readonly kind: 'answer'; readonly number: number }
  /** The controller is killed as its so-manieth task begins, from 1. */
  | { readonly kind: 'task'; readonly number: number }
  /** The controller is killed so long after its so-manieth event, from 1. */
  | { readonly kind: 'moment'; readonly number: number; readonly milliseconds: number }
  /** The links to a host are cut so long after an event; what is connected later holds. */
  | { readonly kind: 'cut'; readonly number: number; readonly milliseconds: number; readonly host: string };

/** How many places there are. */
export interface Extent {
  readonly answers: number;
  readonly tasks: number;
  readonly events: number;
  readonly hosts: readonly string[];
}

/** Fresh hosts for the playbook. */
export const freshLab = (): Promise<TestLab> => startTestLab('lab', PLAYBOOK);

/** A run that does not break shows where one could. */
export async function measureExtent(): Promise<Extent> {
  const drop: Drop = { host: SPEAKER, answer: 0, heard: 0 };
  await using lab = await freshLab();
  const whole = await lab.run('run', { connect: connectDropping(drop) });
  const failures = failuresOf(whole);
  if (failures.length > 0) throw new Error(`the run that nothing disturbs failed: ${failures.join('; ')}`);
  const tasks = whole.events.filter(event => event.kind === 'task-started').length;
  return { answers: drop.heard, tasks, events: whole.events.length, hosts: lab.state.hosts.map(({ name }) => name) };
}

/** Breaks a run on fresh hosts and runs again. @returns in words what is not as it should be */
export async function tryBreak(place: Break): Promise<readonly string[]> {
  await using lab = await freshLab();
  const fresh = await lookAtAll(lab);
  const foretold = await lab.run('check');
  const problems = await breakRun(lab, place);
  const broken = await lookAtAll(lab);
  const next = await lab.run('run', { prove: true, waitLock: WAIT_LOCK });
  const misfits = async (): Promise<readonly string[]> => {
    for (const deadline = Date.now() + SETTLES_MS; ;) {
      const after = await lookAtAll(lab);
      const found = [
        ...misfitsOf([lab.program], fresh, after, foretold.results),
        ...halfWritten(lab.program, fresh, broken, after),
        ...remains(after),
      ];
      if (found.length === 0 || Date.now() > deadline) return found;
    }
  };
  const last = await lab.run('run', { prove: true });
  return [
    ...problems,
    ...failuresOf(next).map(text => `the next run failed: ${text}`),
    ...(next.exitCode === 0 ? [] : [`the next run ended with ${next.exitCode}`]),
    ...(await misfits()),
    ...last.changes.map(text => `the run after it changed something: ${text}`),
    ...last.events.flatMap(event =>
      event.kind === 'note' && /a handler to do/.test(event.text) ? [`a handler was left: ${event.text}`] : [],
    ),
  ];
}

async function breakRun(lab: TestLab, place: Break): Promise<readonly string[]> {
  switch (place.kind) {
    case 'answer': {
      const drop: Drop = { host: SPEAKER, answer: place.number, heard: 0 };
      const { exitCode } = await lab.run('run', { connect: connectDropping(drop) });
      return [...(drop.heard >= place.number ? [] : ['it did not come to that answer']), ...endedWell(exitCode)];
    }
    case 'task':
      await killAt(lab, { kind: 'task-started', event: place.number - 1, milliseconds: 0 });
      return [];
    case 'moment':
      await killAt(lab, { event: place.number - 1, milliseconds: place.milliseconds });
      return [];
    case 'cut': {
      const drop: Drop = { host: place.host, answer: 0, heard: 0 };
      const connect = connectDropping(drop);
      let heard = 0;
      const cut = (): void => {
        heard += 1;
        if (heard === place.number) setTimeout(() => drop.cut?.(), place.milliseconds);
      };
      const { exitCode } = await lab.run('run', { connect, heard: cut });
      return endedWell(exitCode);
    }
  }
}

async function killAt(lab: TestLab, point: Parameters<typeof runProgramUntil>[1]): Promise<void> {
  await runProgramUntil(['run', resolve(projectRoot(), PLAYBOOK), '-i', lab.inventory], point);
}

/** A link that breaks may be mended on the way, fail a task, or lose the host. */
function endedWell(exitCode: number): readonly string[] {
  return [0, 2, 4].includes(exitCode) ? [] : [`the broken run ended with ${exitCode}`];
}

/** Managed files that were neither as before, nor as an archive brings them, nor as they are to be when the run broke. */
function halfWritten(program: Program, fresh: Looks, broken: Looks, after: Looks): readonly string[] {
  return [...broken].flatMap(([host, { paths }]) => {
    const managed = managedPaths(program, host);
    const isLiving = livingPaths([program], host);
    const stock = stockFiles(program, host);
    const unpacked = slotsOn(program, host)
      .filter(slot => slot.ref.module === 'archive.unpack')
      .map(slot => below(paramOf(slot, host, 'dest')));
    const isKept = (path: string): boolean => managed.has(path) || (unpacked.some(folder => folder.test(path)) && !isLiving(path));
    const wrong = [...paths].filter(([path, said]) => {
      if (!said.startsWith('file ') || !isKept(path) || path.includes('/.tsplay')) return false;
      if (stock.get(path) === contentOf(said)) return false;
      return ![fresh, after].some(looks => contentOf(looks.get(host)?.paths.get(path)) === contentOf(said));
    });
    return wrong.map(([path]) => `${host}: ${path} was half written`);
  });
}

function contentOf(said: string | undefined): string | undefined {
  return said?.split(' ', 2).join(' ');
}

/** What a write or an unpacking keeps beside its target while it is at work. */
function remains(after: Looks): readonly string[] {
  const isAside = (path: string): boolean => /\/\.tsplay-|\/\.tsplay\/unpacking-|\.manifest\.new$/.test(path);
  return [...after].flatMap(([host, { paths }]) => [...paths.keys()].filter(isAside).map(path => `${host}: ${path} was left behind`));
}

/** A place in words, which the command of the long tests takes. */
export function nameOfBreak(place: Break): string {
  if (place.kind === 'answer' || place.kind === 'task') return `${place.kind} ${place.number}`;
  return `${place.kind} ${place.number} + ${place.milliseconds} ms${place.kind === 'cut' ? ` of ${place.host}` : ''}`;
}
