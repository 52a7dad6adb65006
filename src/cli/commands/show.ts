// `tsplay show`: a saved plan, read by a person.
import { EXIT, type ExitCode } from '../../errors/errors.ts';
import { parsePlan } from '../../plan/read-plan.ts';
import { replayPlan } from '../../plan/replay.ts';
import type { Plan } from '../../plan/types.ts';
import type { CommandOf } from '../arguments/command.ts';
import { readPlanFile } from '../read-plan-file.ts';
import { withReporter } from '../with-reporter.ts';

/** Shows a plan as the dry run that it was, and on what it rests. Whether it was altered since is found out by `apply`. */
export async function showCommand(command: CommandOf<'show'>): Promise<ExitCode> {
  const file = command.operands[0] ?? '';
  const plan = parsePlan(readPlanFile(file), file);
  return withReporter(command, async ({ emit }) => {
    for (const event of replayPlan(plan)) {
      emit(event);
      if (event.kind === 'run-started') for (const text of headLines(plan)) emit({ kind: 'note', level: 'info', text });
    }
    return Promise.resolve(EXIT.ok);
  });
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
