// `tsplay doctor`: what this machine has, and what the lab would need.
import { EXIT, type ExitCode } from '../../errors/errors.ts';
import { doctor } from '../../lab/doctor.ts';

/** Says what is missing and which package brings it. */
export async function doctorCommand(): Promise<ExitCode> {
  const { ok, missing, why } = await doctor();
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  say(`node ${process.versions.node}`);
  for (const need of missing) say(`the lab needs ${need.package}, which ${need.why}: apt-get install ${need.package}`);
  if (why !== undefined) say(`the lab cannot run here: ${why}`);
  if (ok) say('the lab can run here');
  return ok ? EXIT.ok : EXIT.failed;
}
