// Tries the rows of a table, two at a time, each by the real program; and counts them.
import assert from 'node:assert/strict';
import { startProgram, type Running } from '../../cli/support/program.ts';
import { Project } from '../../cli/support/project.ts';
import { skipBecause } from '../../support/skip.ts';
import type { Day, DayTable, Scene } from './day.ts';

/** Defines the tests of a table. */
export function tryDays({ title, days }: DayTable): void {
  describe(`bad days: ${title}`, function () {
    this.timeout(180_000);
    const begun = new Map<Day, Promise<void>>();
    let possible: readonly Day[] = [];
    let tried = 0;

    before(() => (possible = days.filter(({ lacks }) => lacks?.() === undefined)));

    const begin = (day: Day): Promise<void> => {
      const running = begun.get(day) ?? tryDay(day);
      begun.set(day, running);
      // Its own test tells of what went wrong.
      running.catch(() => undefined);
      return running;
    };

    for (const day of days) {
      it(day.name, async function () {
        const lack = day.lacks?.();
        if (lack !== undefined) skipBecause(this, lack);
        const running = begin(day);
        // Two at a time.
        for (const next of possible.slice(possible.indexOf(day) + 1, possible.indexOf(day) + 2)) void begin(next);
        await running;
        tried += 1;
      });
    }

    after(async () => {
      await Promise.allSettled(begun.values());
      process.stdout.write(`    ${tried} of ${days.length} bad days tried: ${title}\n`);
    });
  });
}

async function tryDay(day: Day): Promise<void> {
  using project = new Project();
  await using scene = await day.prepare(project);
  project.write({ 'hosts.yml': scene.inventory, 'play.yml': day.playbook });
  const running = start(project, day, scene);
  try {
    await day.meanwhile?.(scene, running);
  } catch (error) {
    running.kill();
    await running.ended;
    throw error;
  }
  const ended = await running.ended;
  const { exitCode, message } = day.expect;
  const printed = `${ended.stdout}${ended.stderr}`;
  assert.equal(ended.code, exitCode, printed);
  if (message !== undefined) assert.match(printed.replaceAll(/\s+/g, ' '), patternOf(message));
  await day.check(scene, ended, project);
  if (day.mend === undefined) return;
  await day.mend(scene);
  const next = await start(project, day, scene).ended;
  assert.equal(next.code, 0, `the next run: ${next.stdout}${next.stderr}`);
  await day.mended?.(scene, next, project);
}

function start(project: Project, day: Day, scene: Scene): Running {
  const args = ['run', 'play.yml', '-i', 'hosts.yml', '-e', `where=${project.directory}`, ...(day.args ?? [])];
  return startProgram(project.directory, args, scene.environment);
}

/** A message of the table as what finds it. */
function patternOf(message: string): RegExp {
  const parts = message.replaceAll(/\s+/g, ' ').split('…');
  return new RegExp(parts.map(part => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*?'));
}
