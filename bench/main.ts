// `npm run bench`: the same 62 tasks by tsplay, by its peers and by hand-written scripts, on three hosts of the lab; bench/RESULTS.md keeps it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listenForInterruption } from '../src/cli/interruption.ts';
import { installNeeds } from '../src/lab/install-needs.ts';
import { withLock } from '../src/lab/lock.ts';
import { packageRoot } from '../src/util/package-root.ts';
import { ROUND_TRIP } from './goals.ts';
import { BENCH_LAB, INSTALL_PYTHON, startHosts, type Hosts } from './hosts.ts';
import { createJudge } from './judge.ts';
import { describeCommit, describeMachine } from './machine.ts';
import { isComplete, readOptions, type Options } from './options.ts';
import { pageOf, type Findings } from './page.ts';
import { installPeers, readVersions } from './peers.ts';
import { PEERS, type Part } from './programs.ts';
import { startProxy } from './proxy/start.ts';
import { runRounds, type Ground } from './rounds.ts';
import { warmUp } from './warm-up.ts';
import { writeWay, type Way } from './ways.ts';

const PAGE = join(packageRoot(), 'bench', 'RESULTS.md');

const say = (line: string): void => void process.stderr.write(`${line}\n`);

async function bench(options: Options, signal: AbortSignal): Promise<Findings> {
  const commit = await describeCommit();
  await installNeeds(say, ['hosts', 'bench']);
  const absences = await installPeers(options.programs, say);
  const programs = options.programs.filter(name => !absences.some(({ program }) => program === name));
  await using hosts = await startHosts(say, signal);
  if (PEERS.some(peer => programs.includes(peer))) await hosts.all(INSTALL_PYTHON);
  const folder = mkdtempSync(join(tmpdir(), 'tsplay-bench-'));
  try {
    const ground = { judge: await createJudge(hosts), folder, signal, say };
    return {
      date: new Date().toISOString().slice(0, 10),
      machine: await describeMachine(),
      versions: await readVersions(),
      commit,
      hosts: hosts.lab.hosts.length,
      rounds: options.rounds,
      absences,
      ...(await compare(ground, hosts, { ...options, programs })),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compare(ground: Ground, { lab }: Hosts, options: Options): Promise<Pick<Findings, 'efforts' | 'samples'>> {
  const places = lab.hosts.map(host => ({ host, address: host.address, port: 22 }));
  await using proxy = await startProxy(places, ROUND_TRIP / 2);
  const straight = await writeWay(join(ground.folder, 'straight'), lab, places);
  const doors = lab.hosts.map((host, index) => ({ host, address: '127.0.0.1', port: proxy.ports[index] ?? 0 }));
  const far = { ...(await writeWay(join(ground.folder, 'far'), lab, doors)), takeRoundTrips: proxy.takeRoundTrips };
  const ways: Readonly<Record<Part, Way>> = { first: straight, converged: straight, proxied: far };
  const efforts = [];
  for (const name of options.programs) efforts.push(await warmUp(ground, straight, name));
  const samples = [];
  for (const part of options.parts) samples.push(...(await runRounds(ground, part, ways[part], options)));
  return { efforts: efforts.filter(effort => effort !== undefined), samples };
}

async function main(words: readonly string[]): Promise<void> {
  const options = readOptions(words);
  using interruption = listenForInterruption(() => say('stopping; the hosts are taken down'));
  const findings = await withLock(
    `bench-${BENCH_LAB}`,
    () => say('waiting for another bench of this checkout'),
    () => bench(options, interruption.stop),
  );
  const page = pageOf(findings);
  process.stdout.write(page);
  if (findings.samples.some(({ failure }) => failure !== undefined)) process.exitCode = 1;
  if (isComplete(options)) writeFileSync(PAGE, page);
  else say('bench/RESULTS.md stays as it is: not everything was measured');
}

await main(process.argv.slice(2)).catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
