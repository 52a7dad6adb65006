// The rolling primitive at work on hosts with a stand-in for systemd: who starts, who has a turn, what stops it, what is put back.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UnreachableError } from '../../src/errors/errors.ts';
import { away, Cluster, NAMES } from './support/cluster.ts';
import type { HarnessOptions, Seen } from './support/harness.ts';
import { programOf } from './support/program.ts';
import { demo, gated, held, plain, shared } from './support/rolling.ts';

const MARK = 'var/lib/tsplay/rolls/demo.service';
const params = { members: NAMES.map(name => ({ name })), unit: 'demo.service', files: ['/etc/demo/conf'] };
const program = programOf({ hosts: NAMES, tasks: [{ name: 'demo', module: demo, params }] });

/** What changed or would change, in order: `n1 roll`. */
const changes = ({ events }: Seen): readonly string[] =>
  events.flatMap(event => (event.kind === 'change' ? [`${event.host} ${event.change.attribute}`] : []));
const orders = ({ events }: Seen): readonly unknown[] =>
  events.flatMap(event => (event.kind === 'roll' ? [{ turns: event.turns, leftOut: event.leftOut }] : []));
/** The words of the results that have any. */
const words = ({ results }: Seen): readonly string[] =>
  results.flatMap(({ host, status, message }) => (message === undefined ? [] : [`${host} ${status}: ${message}`]));

describe('engine: rolling', () => {
  let folder = '';
  let cluster: Cluster;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tsplay-rolling-'));
    cluster = new Cluster(folder);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const run = (options?: HarnessOptions): Promise<Seen> => cluster.run(program, [demo], options);
  /** The same where what is waited for comes about. */
  const runPatiently = (): Promise<Seen> =>
    cluster.run(programOf({ hosts: NAMES, tasks: [{ name: 'demo', module: demo, params: { ...params, deadline: 30 } }] }), [demo]);
  /** Starts everybody, and forgets that it was done. */
  const up = async (): Promise<void> => {
    assert.equal((await run()).exitCode, 0);
    cluster.done();
  };
  /** Everybody runs, and n1 leads; the configuration is new on these. */
  const due = async (...names: readonly string[]): Promise<void> => {
    await up();
    cluster.write('n1', { 'etc/demo/mode': 'leader' });
    for (const name of names) cluster.write(name, { 'etc/demo/conf': 'new' });
  };
  /** A dry run, which must do nothing, and a run, which must do just what was foretold, in the same order unless members act together. */
  const both = async ({ together = false, ...options }: HarnessOptions & { readonly together?: boolean } = {}): Promise<Seen> => {
    const listed = (seen: Seen): readonly string[] => (together ? changes(seen).toSorted() : changes(seen));
    const check = await run({ ...options, mode: 'check' });
    assert.deepEqual(
      cluster.done().filter(line => !line.endsWith(' asked')),
      [],
      'a dry run does nothing',
    );
    const seen = await run(options);
    assert.deepEqual(listed(check), listed(seen));
    assert.deepEqual(orders(check), orders(seen));
    assert.deepEqual(words(check), words(seen));
    return seen;
  };
  /** What was done, without the questions. */
  const deeds = (): readonly string[] => cluster.done().filter(line => !line.endsWith(' asked'));

  it('starts all members together', async () => {
    const seen = await both({ together: true });
    assert.deepEqual(changes(seen).toSorted(), ['n1 running', 'n2 running', 'n3 running']);
    assert.deepEqual(deeds().toSorted(), ['n1 start', 'n2 start', 'n3 start']);
    assert.deepEqual(words(seen), ['n1 changed: 3 run']);
    assert.deepEqual(orders(seen), [], 'nobody has a turn');
  });

  it('has nothing to do then, asks nothing of the whole, and takes one frame of each member', async () => {
    await up();
    const seen = await run();
    assert.deepEqual([changes(seen), cluster.done()], [[], []]);
    assert.equal(seen.wire.roundTrips, NAMES.length);
  });

  it('starts, waits and looks again in one frame where a member is alone', async () => {
    const one = programOf({ hosts: ['n1'], tasks: [{ name: 'demo', module: demo, params: { ...params, members: [{ name: 'n1' }] } }] });
    const seen = await cluster.run(one, [demo]);
    assert.deepEqual([changes(seen), seen.exitCode], [['n1 running'], 0]);
    assert.equal(seen.wire.roundTrips, 2);
  });

  it('rolls followers, then the leader, and keeps every promise on the way', async () => {
    await due(...NAMES);
    const seen = await both();
    assert.deepEqual(orders(seen), [{ turns: [{ member: 'n2' }, { member: 'n3' }, { member: 'n1', part: 'leader' }], leftOut: [] }]);
    assert.deepEqual(deeds(), ['n2 restart', 'n3 restart', 'n1 restart', 'n1 finally']);
    assert.deepEqual(changes(seen), ['n1 roll', 'n2 started with', 'n3 started with', 'n1 started with', 'n1 allocation']);
    assert.equal(cluster.has('n1', MARK), false);
    assert.deepEqual(changes(await run({ prove: true })), [], 'nothing is left');
  });

  it('keeps what it promised, as --prove sees it', async () => {
    await due(...NAMES);
    const seen = await run({ prove: true });
    assert.deepEqual([seen.exitCode, words(seen)], [0, ['n1 changed: 3 run']]);
  });

  it('restarts those whose files differ and nobody else', async () => {
    await due('n3');
    const seen = await both();
    assert.deepEqual(orders(seen), [{ turns: [{ member: 'n3' }], leftOut: [] }]);
    assert.deepEqual(deeds(), ['n3 restart', 'n1 finally']);
  });

  it('restarts members that serve nobody first, all at once', async () => {
    await due(...NAMES);
    cluster.write('n2', { 'etc/demo/mode': 'none' });
    cluster.write('n3', { 'etc/demo/mode': 'none' });
    const watch: HarnessOptions['watch'] = event => {
      // What their new files mend.
      if (event.kind === 'waiting') for (const name of ['n2', 'n3']) cluster.write(name, { 'etc/demo/mode': 'follower' });
    };
    const seen = await both({ watch, together: true });
    assert.deepEqual(changes(seen).slice(0, 2).toSorted(), ['n2 started with', 'n3 started with']);
    assert.deepEqual(deeds().slice(2), ['n1 restart', 'n1 finally']);
  });

  it('touches nothing when the gate is shut', async () => {
    await due(...NAMES);
    cluster.write('n1', { 'etc/demo/whole': 'broken' });
    const seen = await both();
    assert.deepEqual(words(seen), ['n2 failed: n2 must stay up, the cluster is broken; mend it first']);
    assert.deepEqual([changes(seen), deeds(), seen.exitCode], [[], [], 2]);
  });

  it('waits at a gate for what comes about by itself', async () => {
    await due('n2');
    cluster.write('n1', { 'etc/demo/whole': 'behind' });
    cluster.hinder = (_host, commands) => {
      if (!commands.some(command => command.script.includes('grep -q whole'))) return;
      cluster.note('gate');
      cluster.write('n1', { 'etc/demo/whole': 'whole' });
    };
    await both();
    assert.deepEqual(deeds(), ['gate', 'n2 restart', 'n1 finally']);
  });

  it('asks a member again whose link broke while it spoke for all', async () => {
    await due('n2');
    cluster.hinder = (host, commands) => {
      if (!commands.some(command => command.script.includes('/etc/demo/whole'))) return;
      cluster.hinder = () => undefined;
      throw new UnreachableError(host, 'dropped', `the connection to ${host} was lost`);
    };
    const seen = await run();
    assert.deepEqual([seen.exitCode, changes(seen).at(-1)], [0, 'n1 allocation']);
    assert.deepEqual(deeds(), ['n2 restart', 'n1 finally']);
  });

  it('ends with words when what it waited for does not show', async () => {
    await due('n2');
    cluster.write('n1', { 'etc/demo/whole': 'blind' });
    const seen = await both();
    assert.deepEqual(words(seen), ['n1 failed: still waits after 18 rounds for: all to have caught up before n2 has its turn (test.demo)']);
    assert.deepEqual([deeds(), seen.exitCode], [[], 2]);
  });

  it('leaves the rest as it is after a failure, and puts back what it moved', async () => {
    await due(...NAMES);
    cluster.write('n3', { 'etc/demo/mute': '' });
    const seen = await run();
    assert.deepEqual(deeds(), ['n2 restart', 'n1 finally'], 'n3 does not answer for n2’s turn');
    assert.deepEqual(words(seen), ['n3 failed: waited 1 s in vain for: n3 to serve']);
    assert.equal(cluster.has('n1', MARK), false);
    assert.equal(seen.exitCode, 2);
  });

  it('says what systemd says when a restart fails, and starts the member in the next run', async () => {
    await due(...NAMES);
    cluster.write('n2', { broken: '' });
    const seen = await run();
    assert.deepEqual(deeds(), ['n2 restart', 'n1 finally']);
    assert.deepEqual(words(seen), ['n2 failed: started with: the command ended with status 1: Job for demo.service failed']);
    cluster.remove('n2', 'broken');
    const second = await both();
    assert.deepEqual(changes(second), ['n1 roll', 'n2 running', 'n3 started with', 'n1 started with', 'n1 allocation']);
    assert.deepEqual(deeds(), ['n2 restart', 'n3 restart', 'n1 restart', 'n1 finally']);
  });

  it('says what could not be put back, and does it in the next run', async () => {
    await due(...NAMES);
    cluster.write('n3', { 'etc/demo/mute': '' });
    cluster.write('n1', { 'etc/demo/stuck': '' });
    assert.deepEqual(words(await run()), [
      'n3 failed: waited 1 s in vain for: n3 to serve; what the roll moved could not be put back, the next run does it: allocation: the command ended with status 1',
    ]);
    assert.equal(cluster.has('n1', MARK), true);
    cluster.remove('n3', 'etc/demo/mute');
    cluster.remove('n1', 'etc/demo/stuck');
    cluster.done();
    const second = await both();
    assert.deepEqual(changes(second), ['n3 started with', 'n1 started with', 'n1 allocation']);
    assert.deepEqual(deeds(), ['n3 restart', 'n1 restart', 'n1 finally']);
  });

  it('says so too when the first member cannot be reached any more', async () => {
    await due('n2', 'n3');
    cluster.write('n2', { 'etc/demo/mute': '' });
    cluster.hinder = (host, commands) => {
      if (commands.some(command => command.script.includes('/etc/demo/mute'))) cluster.hinder = away('n1');
      away()(host, commands);
    };
    const [said] = words(await run());
    assert.match(
      said ?? '',
      /; what the roll moved could not be put back, the next run does it: n1 cannot be reached; bring it back and run again$/,
    );
    cluster.hinder = away();
    cluster.remove('n2', 'etc/demo/mute');
    cluster.done();
    await both();
    assert.deepEqual(deeds(), ['n3 restart', 'n1 finally']);
  });

  it('finishes the roll of a run that was killed, each member restarted once', async () => {
    await due(...NAMES);
    cluster.hinder = (_host, commands) => {
      if (cluster.restarted() > 0 && commands.length > 0) throw new Error('killed');
    };
    await assert.rejects(run(), /killed/);
    cluster.hinder = away();
    assert.deepEqual(deeds(), ['n2 restart'], 'nothing is put back by a run that is dead');
    assert.equal(cluster.read('n1', MARK), 'begun');
    const second = await both();
    assert.deepEqual(deeds(), ['n3 restart', 'n1 restart', 'n1 finally']);
    assert.deepEqual(changes(second), ['n3 started with', 'n1 started with', 'n1 allocation']);
    assert.equal(cluster.has('n1', MARK), false);
    assert.deepEqual(changes(await run()), []);
  });

  it('puts back what a killed run moved even when nobody is due, or the gate is shut', async () => {
    await due();
    cluster.write('n1', { 'etc/demo/conf': 'old' });
    cluster.mark('n1', MARK);
    assert.deepEqual(changes(await both()), ['n1 allocation']);
    assert.deepEqual(deeds(), ['n1 finally']);
    cluster.mark('n1', MARK);
    cluster.writeAll({ 'etc/demo/conf': 'new', 'etc/demo/whole': 'broken' });
    const seen = await both();
    assert.deepEqual([changes(seen), deeds(), seen.exitCode], [['n1 allocation'], ['n1 finally'], 2]);
  });

  it('puts back even when nobody can say how the whole is', async () => {
    await due('n2');
    cluster.mark('n1', MARK);
    cluster.write('n1', { 'etc/demo/whole': 'garbled' });
    const seen = await both();
    assert.deepEqual(words(seen), ['n1 failed: cannot read demo.whole: it says nothing that makes sense']);
    assert.deepEqual([deeds(), cluster.has('n1', MARK)], [['n1 finally'], false]);
  });

  it('finishes a turn that was begun when it is interrupted, puts back, and goes on in the next run', async () => {
    await due(...NAMES);
    const stop = new AbortController();
    const seen = await run({ stop: stop.signal, watch: event => event.kind === 'waiting' && stop.abort() });
    assert.deepEqual(deeds(), ['n2 restart', 'n1 finally']);
    assert.deepEqual(words(seen), ['n1 failed: interrupted between two steps; the next run goes on from here']);
    assert.equal(seen.exitCode, 130);
    await both();
    assert.deepEqual(deeds(), ['n3 restart', 'n1 restart', 'n1 finally']);
  });

  it('puts nothing back when it is interrupted twice: the mark stays for the next run', async () => {
    await due(...NAMES);
    const kill = new AbortController();
    const watch: HarnessOptions['watch'] = event => {
      if (event.kind === 'change' && event.change.attribute === 'started with') kill.abort(new Error('killed by hand'));
    };
    const seen = await run({ kill: kill.signal, watch });
    assert.deepEqual(deeds(), ['n2 restart']);
    assert.deepEqual(words(seen), ['n1 failed: ended by the second interruption; how far it came is not known']);
    assert.equal(cluster.has('n1', MARK), true);
  });

  it('begins with --from, leaves those before it as they are, and says so', async () => {
    await due(...NAMES);
    const seen = await both({ from: 'n3' });
    assert.deepEqual(orders(seen), [{ turns: [{ member: 'n3' }, { member: 'n1', part: 'leader' }], leftOut: ['n2'] }]);
    assert.deepEqual(words(seen), ['n1 changed: 3 run; left as it was: n2 (--from)']);
    assert.deepEqual(deeds(), ['n3 restart', 'n1 restart', 'n1 finally']);
    assert.deepEqual(changes(await both()), ['n1 roll', 'n2 started with', 'n1 allocation']);
  });

  it('counts from a member that is not due itself', async () => {
    await due('n1', 'n2');
    const seen = await both({ from: 'n3' });
    assert.deepEqual(orders(seen), [{ turns: [{ member: 'n1', part: 'leader' }], leftOut: ['n2'] }]);
    assert.deepEqual(deeds(), ['n1 restart', 'n1 finally']);
  });

  it('leaves nobody out for a host that is no member', async () => {
    await due('n2');
    assert.deepEqual(orders(await both({ from: 'elsewhere' })), [{ turns: [{ member: 'n2' }], leftOut: [] }]);
    assert.deepEqual(deeds(), ['n2 restart', 'n1 finally']);
  });

  it('waits for a unit that is on its way instead of restarting it again', async () => {
    await due('n2', 'n3');
    cluster.write('n2', { unit: 'activating', looks: '3' });
    cluster.startedAnew('n2');
    const seen = await runPatiently();
    assert.deepEqual(deeds(), ['n3 restart', 'n1 finally']);
    assert.deepEqual(orders(seen), [{ turns: [{ member: 'n3' }], leftOut: [] }]);
    const waited = seen.events.flatMap(event => (event.kind === 'waiting' ? [event.for] : []))[0];
    assert.equal(waited, 'demo.service to have started or stopped on n2');
  });

  it('takes the order when everybody stands still', async () => {
    await due('n2', 'n3');
    cluster.write('n2', { unit: 'activating', looks: '3' });
    assert.deepEqual(orders(await runPatiently()), [{ turns: [{ member: 'n2' }, { member: 'n3' }], leftOut: [] }]);
    assert.deepEqual(deeds(), ['n2 restart', 'n3 restart', 'n1 finally']);
  });

  it('does not guess in a dry run how a unit on its way will end', async () => {
    await due('n3');
    cluster.write('n2', { unit: 'activating', looks: '5' });
    const { results } = await run({ mode: 'check' });
    assert.deepEqual([...new Set(results.map(result => result.status))], ['unknown']);
    assert.equal(results[0]?.message, 'demo.service is on its way up or down on n2 at this moment, and how it ends shows when it has');
  });

  it('refuses while somebody has stopped a member and another one is due', async () => {
    await due('n3');
    cluster.write('n2', { unit: 'inactive' });
    const seen = await both();
    assert.deepEqual(words(seen), [
      'n3 failed: n3 needs a restart, but demo.service was stopped on n2, and two members would be down at once; start it (systemctl start demo.service) or find out why it was stopped',
    ]);
    assert.deepEqual(deeds(), []);
  });

  it('starts a member that was stopped when nobody else is due, and gives back what it lost when it went', async () => {
    await due('n2');
    cluster.write('n2', { unit: 'inactive' });
    await both();
    assert.deepEqual(deeds(), ['n2 start', 'n1 finally']);
  });

  it('starts a member that has failed, before the others have their turns', async () => {
    await due('n2', 'n3');
    cluster.write('n2', { unit: 'failed' });
    await both();
    assert.deepEqual(deeds(), ['n2 restart', 'n3 restart', 'n1 finally']);
  });

  it('refuses while a member cannot be reached and another one is due', async () => {
    await due('n2');
    cluster.hinder = away('n3');
    const seen = await both();
    assert.deepEqual(words(seen), [
      'n2 failed: n2 needs a restart, but n3 cannot be reached, and two members might be down at once; bring it back first',
    ]);
    cluster.hinder = away('n1');
    assert.match(words(await both())[0] ?? '', /n1 cannot be reached, and two members might be down at once; bring it back first$/);
    assert.deepEqual(deeds(), []);
  });

  it('starts the others while a member cannot be reached', async () => {
    cluster.hinder = away('n3');
    await both({ together: true });
    assert.deepEqual(deeds().toSorted(), ['n1 start', 'n2 start']);
  });

  it('fails where nothing brings the unit, in a dry run too', async () => {
    cluster.write('n2', { 'no-unit': '' });
    const seen = await both();
    assert.deepEqual(words(seen), [
      'n2 failed: no unit "demo.service" on the host; let a package or systemd.unit bring it before this task',
    ]);
    assert.deepEqual(deeds(), []);
  });

  it('asks the whole of somebody who serves, anew before every turn', async () => {
    await due('n2', 'n3');
    cluster.write('n1', { 'etc/demo/mode': 'none', 'etc/demo/conf': 'old' });
    await run();
    const log = cluster.done();
    assert.deepEqual([...new Set(log.filter(line => line.endsWith(' asked')))], ['n2 asked']);
    assert.equal(log.slice(log.indexOf('n2 restart'), log.indexOf('n3 restart')).includes('n2 asked'), true);
  });

  it('notices at the next gate what a turn did to the whole', async () => {
    const short = programOf({ hosts: NAMES, tasks: [{ name: 'gated', module: gated, params }] });
    await cluster.run(short, [gated]);
    cluster.writeAll({ 'etc/demo/conf': 'new' });
    cluster.done();
    const watch: HarnessOptions['watch'] = event => {
      if (event.kind === 'change' && event.host === 'n2') cluster.write('n1', { 'etc/demo/whole': 'broken' });
    };
    const seen = await cluster.run(short, [gated], { watch });
    assert.deepEqual(deeds(), ['n1 restart', 'n2 restart']);
    assert.deepEqual(words(seen), ['n3 failed: n3 must stay up']);
  });

  it('holds what is to hold while a member restarts, and lets go of it before the whole is waited for, all in one trip', async () => {
    const holding = programOf({ hosts: NAMES, tasks: [{ name: 'held', module: held, params }] });
    await cluster.run(holding, [held]);
    assert.deepEqual(deeds().toSorted(), ['n1 start', 'n2 start', 'n3 start'], 'who starts holds nothing');
    cluster.write('n1', { 'etc/demo/conf': 'new' });
    cluster.write('n2', { 'etc/demo/conf': 'new' });
    const foretold = await cluster.run(holding, [held], { mode: 'check' });
    const seen = await cluster.run(holding, [held]);
    assert.deepEqual(changes(foretold), changes(seen));
    assert.deepEqual(deeds(), ['n1 held', 'n1 restart', 'n1 free', 'n2 held', 'n2 restart', 'n2 free']);
    cluster.write('n3', { 'etc/demo/conf': 'new', 'etc/demo/mute': '' });
    assert.deepEqual(words(await cluster.run(holding, [held])), ['n3 failed: waited 1 s in vain for: n3 to serve']);
    assert.deepEqual(deeds(), ['n3 held', 'n3 restart'], 'what is left held is for the role’s finally');
  });

  it('needs neither a whole, nor an order, nor anything to put back', async () => {
    const bare = programOf({ hosts: NAMES, tasks: [{ name: 'plain', module: plain, params }] });
    await cluster.run(bare, [plain]);
    cluster.writeAll({ 'etc/demo/conf': 'new' });
    cluster.done();
    const check = await cluster.run(bare, [plain], { mode: 'check' });
    const seen = await cluster.run(bare, [plain]);
    assert.deepEqual(changes(check), changes(seen));
    assert.deepEqual(cluster.done(), ['n1 restart', 'n2 restart', 'n3 restart']);
    assert.equal(cluster.has('n1', MARK), false);
  });

  describe('members that share a host', () => {
    const instance = (host: string, name: string) => ({ name, host, unit: `demo@${name}.service`, files: [`/etc/demo/${name}`] });
    const members = [instance('n1', 'a'), instance('n1', 'b'), instance('n2', 'c')];
    const together = programOf({
      hosts: ['n1', 'n2'],
      tasks: [{ name: 'shared', module: shared, params: { members, unit: 'demo@.service', files: [] } }],
    });
    const roll = (options?: HarnessOptions): Promise<Seen> => cluster.run(together, [shared], options);
    beforeEach(async () => {
      cluster.write('n1', { 'etc/demo/a': 'old', 'etc/demo/b': 'old', 'etc/demo/leads': 'a' });
      cluster.write('n2', { 'etc/demo/c': 'old' });
      const seen = await roll();
      assert.deepEqual(changes(seen).toSorted(), ['n1 demo@a.service running', 'n1 demo@b.service running', 'n2 demo@c.service running']);
      assert.deepEqual(cluster.done().toSorted(), ['n1 start a', 'n1 start b', 'n2 start c']);
      assert.deepEqual(changes(await roll()), []);
    });

    it('have their turns one by one, and what others need of one is moved away first, and put back', async () => {
      cluster.write('n1', { 'etc/demo/a': 'new', 'etc/demo/b': 'new' });
      const check = await roll({ mode: 'check' });
      const seen = await roll({ prove: true });
      assert.deepEqual(changes(check), changes(seen));
      assert.deepEqual(orders(seen), [{ turns: [{ member: 'a' }, { member: 'b' }], leftOut: [] }]);
      assert.deepEqual(cluster.done(), ['n1 hands over', 'n1 restart a', 'n1 hands over', 'n1 restart b']);
      assert.equal(cluster.read('n1', 'etc/demo/leads'), 'a', 'as it was before the roll');
      assert.deepEqual(changes(await roll()), []);
    });

    it('are put back by the next run as a killed run had found them', async () => {
      cluster.write('n1', { 'etc/demo/leads': 'b' });
      cluster.mark('n1', 'var/lib/tsplay/rolls/demo@.service');
      cluster.write('n1', { 'var/lib/tsplay/rolls/demo@.service': 'a' });
      assert.deepEqual(changes(await roll()), ['n1 leads']);
      assert.equal(cluster.read('n1', 'etc/demo/leads'), 'a');
    });

    it('are counted by their host in --from', async () => {
      cluster.write('n1', { 'etc/demo/b': 'new' });
      cluster.write('n2', { 'etc/demo/c': 'new' });
      const seen = await roll({ from: 'n2' });
      assert.deepEqual(orders(seen), [{ turns: [{ member: 'c' }], leftOut: ['b'] }]);
      assert.deepEqual(cluster.done(), ['n2 restart c']);
    });
  });
});
