// The inventory for production, on hosts that stand behind the documented addresses in a network of the test's own. Never anywhere else.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildArtifacts } from '../../src/lab/artifacts/build.ts';
import { labArchives } from '../../src/cli/lab-archives.ts';
import { LAB_USER } from '../../src/cli/lab-variables.ts';
import { compileRequest } from '../../src/cli/compile-request.ts';
import { requestFrom } from '../../src/cli/commands/request.ts';
import { labDown } from '../../src/lab/down.ts';
import { labId } from '../../src/lab/paths.ts';
import type { LabState } from '../../src/lab/types.ts';
import { labUp } from '../../src/lab/up.ts';
import { connectionsOf } from '../../src/schedule/hosts/connections.ts';
import { finishOf, ofKind, statuses } from '../cli/support/events.ts';
import { projectRoot } from '../support/project-root.ts';
import { DESERTED, islandOf, REFUSED, runOnIsland, writeHome, type Island, type IslandRun } from './support/isolated.ts';
import { changesOf, needLab } from './support/lab-inventory.ts';

const PLAYBOOK = 'playbooks/kafka.yml';
const HOSTS = ['server1', 'server2', 'server3'];

/** Seconds; what `connect_timeout` is when nobody says otherwise. */
const CONNECT_TIMEOUT = 20;
/** Seconds that the program may take to start, to read its files and to end, on a machine that has other things to do. */
const START = 8;

/** Where the archives are, and heaps that fit on one machine: said of production as of the lab, by the same files. */
const OVERRIDES = ['zookeeper', 'kafka'].map(group => `@inventories/lab/group_vars/${group}.yml`);

describe(`${PLAYBOOK} -i prod`, function () {
  this.timeout(300_000);
  const folder = mkdtempSync(join(tmpdir(), 'tsplay-prod-'));
  const id = labId(folder);
  const children = new AbortController();
  /** Of the lab's variables for all hosts, what it runs on; how it is reached is production's own. */
  const java = join(folder, 'java.yml');
  const extraVars = [...OVERRIDES, `@${java}`];
  const target = [PLAYBOOK, '-i', 'prod', '--user', LAB_USER, ...extraVars.flatMap(text => ['-e', text])];
  const words = ['run', ...target];
  let isBegun = false;
  let island: Island;
  let lab: LabState;
  const run = (...more: readonly string[]): Promise<IslandRun> =>
    runOnIsland(island, join(folder, 'home'), [...words, ...more], children.signal);

  before(async function () {
    this.timeout(600_000);
    await needLab(this);
    const ofTheLab = readFileSync(join(projectRoot(), 'inventories/lab/group_vars/all.yml'), 'utf8');
    writeFileSync(java, ofTheLab.replaceAll(/^(lab|ssh)_.*$/gm, ''));
    isBegun = true;
    lab = await labUp(await documentedHosts(id, extraVars), () => undefined, { netns: true });
    writeHome(join(folder, 'home'), lab);
    island = await islandOf(lab);
  });
  after(async function () {
    this.timeout(120_000);
    children.abort();
    if (isBegun) await labDown(id, () => undefined);
    rmSync(folder, { recursive: true, force: true });
  });

  it('is run by these tests in no network that leads anywhere', async () => {
    const refusal = async (place: Island): Promise<string> => {
      const { exitCode, events, stderr } = await runOnIsland(place, folder, words, children.signal);
      assert.equal(exitCode, REFUSED);
      assert.deepEqual(events, []);
      return stderr.trim();
    };
    assert.equal(await refusal({ enter: [], prepare: '' }), "this is the machine's own network");
    assert.equal(await refusal(DESERTED.open), 'there is a way out of this network');
  });

  it('converges behind the documented addresses as foretold, and the second run changes nothing', async () => {
    assert.deepEqual(
      lab.hosts.map(host => host.address),
      ['192.168.11.128', '192.168.11.129', '192.168.11.130'],
    );
    const check = await run('--check');
    const first = await run();
    assert.deepEqual(troubles(first), []);
    assert.equal(first.exitCode, 0, first.stderr);
    const changes = changesOf(ofKind(first.events, 'task-result'));
    assert.ok(changes.length > 0);
    assert.deepEqual(changesOf(ofKind(check.events, 'task-result')), changes);
    const second = await run();
    assert.equal(second.exitCode, 0, second.stderr);
    assert.deepEqual(changesOf(ofKind(second.events, 'task-result')), []);
  });

  it('is proved by verify', async () => {
    const proofs = await runOnIsland(island, join(folder, 'home'), ['verify', ...target], children.signal);
    assert.deepEqual(troubles(proofs), []);
    assert.equal(proofs.exitCode, 0, proofs.stderr);
  });

  it('ends with 4 and a line for each host as soon as it is known that nobody is there', async () => {
    const { seconds } = await runWithNobody(DESERTED.off, /no route to it, check the address and that the host is up$/);
    assert.ok(seconds < CONNECT_TIMEOUT, `it took ${seconds} s`);
  });

  it('ends likewise within the connect timeout where nothing ever comes back', async () => {
    const { seconds } = await runWithNobody(DESERTED.silent, new RegExp(` within ${CONNECT_TIMEOUT} s, `));
    assert.ok(seconds >= CONNECT_TIMEOUT, `it gave up after ${seconds} s`);
    assert.ok(seconds < CONNECT_TIMEOUT + START, `it took ${seconds} s, of which ${CONNECT_TIMEOUT} are the timeout`);
  });

  async function runWithNobody(place: Island, why: RegExp): Promise<IslandRun> {
    const home = join(folder, 'nobody');
    writeHome(home);
    const alone = await runOnIsland(place, home, words, children.signal);
    assert.equal(alone.exitCode, 4, alone.stderr);
    assert.equal(finishOf(alone.events).exitCode, 4);
    const lost = ofKind(alone.events, 'host-lost');
    assert.deepEqual(lost.map(event => event.host).sort(), HOSTS);
    lost.forEach(event => assert.match(event.message, why));
    return alone;
  }
});

/** The hosts of the inventory at their addresses, and the archives that the playbook wants. Nothing connects. */
async function documentedHosts(id: string, extraVars: readonly string[]) {
  const request = { ...requestFrom({ inventory: ['prod'], extraVars }, join(projectRoot(), PLAYBOOK), 'run'), cwd: projectRoot() };
  const { program } = await compileRequest(request);
  await buildArtifacts(labArchives(program), () => undefined);
  const connectionOf = connectionsOf(program, {});
  const hosts = Object.keys(program.hosts).map(name => ({ name, address: connectionOf(name).spec.address }));
  return { id, hosts, user: LAB_USER, label: 'prod in a namespace of a test' };
}

function troubles({ events }: IslandRun): readonly string[] {
  return [
    ...statuses(events).filter(line => /: (failed|unreachable)$/.test(line)),
    ...ofKind(events, 'host-lost').map(event => event.message),
  ];
}
