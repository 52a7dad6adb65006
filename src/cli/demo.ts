// `npm run demo`: the documented ZooKeeper ensemble and Kafka cluster on three real hosts of this machine, from nothing to proof, and away again.
import { chdir } from 'node:process';
import { parseArgs } from 'node:util';
import { EXIT, type ExitCode } from '../errors/errors.ts';
import { labId } from '../lab/paths.ts';
import { labStatus } from '../lab/status.ts';
import { installNeeds } from '../lab/install-needs.ts';
import type { Event, HostRecap, Mode } from '../report/events.ts';
import { createPlainReporter } from '../report/plain.ts';
import { usesColour } from '../report/colour.ts';
import { bringLabUp, takeLabDown } from './commands/lab-actions.ts';
import { requestFrom } from './commands/request.ts';
import { compileRequest } from './compile-request.ts';
import { execute } from './execute.ts';
import { listenForInterruption } from './interruption.ts';
import { packageRoot } from '../util/package-root.ts';

const PLAYBOOK = 'playbooks/kafka.yml';
const INVENTORY = ['lab'];

/** What the demo saw of one of its runs. */
interface Act {
  readonly exitCode: ExitCode;
  readonly recap: readonly HostRecap[];
  /** Attributes that were changed. */
  readonly changes: number;
  /** Proofs and what modules said, in words. */
  readonly words: readonly string[];
  readonly seconds: number;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const heading = (line: string): void => say(`\n━━ ${line}`);

async function demo(keep: boolean): Promise<ExitCode> {
  chdir(packageRoot());
  using interruption = listenForInterruption(() => say('stopping'));
  heading('What this needs from Debian');
  await installNeeds(say);
  const { program, sources } = await compileRequest(requestFrom({ inventory: INVENTORY }, PLAYBOOK, 'run'));
  const wasUp = (await labStatus(labId(sources.inventory.path ?? ''))) !== undefined;
  heading(`tsplay lab up ${PLAYBOOK} -i lab`);
  try {
    await bringLabUp(program, sources.inventory.path, say, interruption.stop);
    const acts = await play(interruption.stop, interruption.kill);
    const failed = acts.find(act => act.exitCode !== EXIT.ok);
    if (failed) return failed.exitCode;
    summarise(acts);
    return acts[1]?.changes === 0 ? EXIT.ok : EXIT.failed;
  } finally {
    if (keep || wasUp) say(`\nThe hosts are still there: npx tsplay lab ssh server1 -i lab; npx tsplay lab down lab`);
    else await takeLabDown(sources.inventory.path, say);
  }
}

/** The first run, the second, the proofs; stops at the first that fails. */
async function play(stop: AbortSignal, kill: AbortSignal): Promise<readonly Act[]> {
  const acts: Act[] = [];
  for (const [mode, title] of [
    ['run', `tsplay run ${PLAYBOOK} -i lab`],
    ['run', 'the same again: nothing is left to do'],
    ['verify', `tsplay verify ${PLAYBOOK} -i lab`],
  ] as const) {
    heading(title);
    const act = await perform(mode, stop, kill);
    acts.push(act);
    if (act.exitCode !== EXIT.ok) break;
  }
  return acts;
}

async function perform(mode: Mode, stop: AbortSignal, kill: AbortSignal): Promise<Act> {
  const started = Date.now();
  const words: string[] = [];
  let changes = 0;
  const reporter = createPlainReporter({ stream: process.stdout, colour: usesColour('auto', process.stdout, process.env), verbosity: 0 });
  const emit = (event: Event): void => {
    reporter.emit(event);
    if (event.kind === 'proof') words.push(event.text);
    if (event.kind !== 'task-result') return;
    changes += event.changes.length;
    if (event.message !== undefined && !words.includes(event.message)) words.push(event.message);
  };
  try {
    const { exitCode, recap } = await execute(requestFrom({ inventory: INVENTORY, prove: true }, PLAYBOOK, mode), { emit, stop, kill });
    return { exitCode, recap, changes, words, seconds: (Date.now() - started) / 1000 };
  } finally {
    await reporter.close();
  }
}

function summarise([first, second, proofs]: readonly Act[]): void {
  if (first === undefined || second === undefined || proofs === undefined) return;
  heading('Summary');
  say(`hosts        ${first.recap.map(row => row.host).join(', ')}: systemd, sshd, sudo; no Python`);
  say(`first run    changed=${first.changes} in ${first.seconds.toFixed(1)} s`);
  say(`second run   changed=${second.changes} in ${second.seconds.toFixed(1)} s`);
  say('verify');
  for (const line of proofs.words) say(`  ✓ ${line}`);
}

const { values } = parseArgs({ options: { keep: { type: 'boolean', default: false } } });
process.exitCode = await demo(values.keep).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return EXIT.failed;
});
