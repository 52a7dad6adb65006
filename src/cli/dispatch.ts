// From a command to the file that carries it out; each is loaded only when it is asked for.
import { EXIT, type ExitCode } from '../errors/errors.ts';
import type { CliCommand } from './arguments/command.ts';
import { ownVersion } from '../util/own-version.ts';

/** Carries out a command. */
export async function dispatch(command: CliCommand): Promise<ExitCode> {
  switch (command.kind) {
    case 'version':
      return say(`${ownVersion()}\n`);
    case 'help':
      return say((await import('./help/render-help.ts')).renderHelp(command.about));
    case 'run':
      return (await import('./commands/run.ts')).runCommand(command);
    case 'plan':
      return (await import('./commands/plan.ts')).planCommand(command);
    case 'show':
      return (await import('./commands/show.ts')).showCommand(command);
    case 'runs':
      return (await import('./commands/runs.ts')).runsCommand();
    case 'apply':
      return (await import('./commands/apply.ts')).applyCommand(command);
    case 'drift':
      return (await import('./commands/drift.ts')).driftCommand(command);
    case 'verify':
      return (await import('./commands/verify.ts')).verifyCommand(command);
    case 'lint':
      return (await import('./commands/lint.ts')).lintCommand(command);
    case 'inventory':
      return (await import('./commands/inventory.ts')).inventoryCommand(command);
    case 'hosts trust':
      return (await import('./commands/hosts-trust.ts')).hostsTrustCommand(command);
    case 'docs':
      return say(await (await import('./commands/docs.ts')).docsText(command.operands[0], process.cwd()));
    case 'doctor':
      return (await import('./commands/doctor.ts')).doctorCommand();
    case 'lab up':
    case 'lab down':
    case 'lab status':
    case 'lab ssh':
      return (await import('./commands/lab.ts')).labCommand(command);
  }
}

function say(text: string): ExitCode {
  process.stdout.write(text);
  return EXIT.ok;
}
