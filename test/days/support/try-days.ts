// Tries the rows of a table, two at a time, each by the real program; and counts them.
import assert from 'node:assert/strict';
import { Gate } from '../../../src/util/gate.ts';
import { startProgram, type Running } from '../../cli/support/program.ts';
import { Project } from '../../cli/support/project.ts';
import { skipBecause } from '../../support/skip.ts';
import type { Day, DayTable, Scene } from './day.ts';

const AT_ONCE = 2;

/** Defines the tests of a table. */
export function tryDays({ title, days }: DayTable): void {
  describe(`bad days: ${title}`, function () {
    this.timeout(180_000);
    const running = new Map<Day, Promise<void>>();
    let tried = 0;

    before(() => {
      const gate = new Gate(AT_ONCE);
      for (const day of days.filter(({ lacks }) => lacks?.() === undefined)) {
        const done = gate.pass(() => tryDay(day));
        // Its own test tells of what went wrong.
        done.catch(() => undefined);
        running.set(day, done);
      }
    });

    for (const day of days) {
      it(day.name, async function () {
        const lack = day.lacks?.();
        if (lack !== undefined) skipBecause(this, lack);
        await running.get(day);
        tried += 1;
      });
    }

    after(() => void process.stdout.write(`    ${tried} of ${days.length} bad days tried: ${title}\n`));
  });
}

async function tryDay(day: Day): Promise<void> {
  using project = new Project();
  await using scene = await day.prepare(project);
  project.write({ 'hosts.yml': scene.inventory, 'play.yml': day.playbook });
  const running = start(project, day, scene);
  await day.meanwhile?.(scene, running);
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
