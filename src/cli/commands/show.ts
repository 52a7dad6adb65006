// `tsplay show`: a saved plan or a run that was, read by a person.
import { existsSync } from 'node:fs';
import { EXIT, type ExitCode } from '../../errors/errors.ts';
import { findRun } from '../../journal/find-runs.ts';
import { outlineOf } from '../../journal/outline.ts';
import type { KeptRun } from '../../journal/types.ts';
import { isRunWord } from '../../journal/words.ts';
import { parsePlan } from '../../plan/read-plan.ts';
import { replayPlan } from '../../plan/replay.ts';
import type { Plan } from '../../plan/types.ts';
import type { Event } from '../../report/events.ts';
import { plural } from '../../report/plural.ts';
import { followTurns } from '../../report/under-way.ts';
import type { CommandOf } from '../arguments/command.ts';
import { readPlanFile } from '../read-plan-file.ts';
import { replay } from '../replay.ts';

/** Shows what was kept. A file is a plan, whatever it is called; a word that no file has may be a run. */
export async function showCommand(command: CommandOf<'show'>): Promise<ExitCode> {
  const word = command.operands[0] ?? '';
  return existsSync(word) || !isRunWord(word) ? showPlan(command, word) : showRun(command, word);
}

/** The dry run that it was, and on what it rests. Whether it was altered since is found out by `apply`. */
async function showPlan(command: CommandOf<'show'>, file: string): Promise<ExitCode> {
  const plan = parsePlan(readPlanFile(file), file);
  const head = headLines(plan).map((text): Event => ({ kind: 'note', level: 'info', text }));
  await replay(
    replayPlan(plan).flatMap(event => (event.kind === 'run-started' ? [event, ...head] : [event])),
    command,
  );
  return EXIT.ok;
}

/** What it printed, in lines. @throws InputError when there is none */
async function showRun(command: CommandOf<'show'>, word: string): Promise<ExitCode> {
  const run = findRun(word);
  await replay(run.events, {
    ...command,
    output: command.output === 'live' ? 'plain' : (command.output ?? 'plain'),
    unfinished: unfinishedWords(run),
  });
  if (run.lost > 0) process.stderr.write(`${plural(run.lost, 'line')} of this run cannot be read\n`);
  return EXIT.ok;
}

/** What was under way may have been done by its host without an answer that anybody heard. */
function unfinishedWords(run: KeptRun): string {
  const isGoing = outlineOf(run)?.standing.kind === 'running';
  const underWay = followTurns();
  run.events.forEach(event => underWay.hear(event));
  const turns = underWay.turns().map(({ host, task }) => `  ${isGoing ? 'running' : 'was running'}: [${host}] ${task}`);
  return [isGoing ? 'the run has not ended yet; up to now' : 'the run was killed; up to there', ...turns].join('\n');
}

function headLines(plan: Plan): readonly string[] {
  return [
    `made ${plan.made} by tsplay ${plan.tsplay}; sealed with ${plan.seal.key === 'vault' ? 'the vault password' : 'the key of the user who made it'}`,
    ...plan.hosts.map(
      ({ name, hostKey, machineId, facts }) =>
        `${name}: machine ${machineId || '(no id)'}, host key ${hostKey ?? '(none)'}, rests on ${facts.length} facts`,
    ),
  ];
}
