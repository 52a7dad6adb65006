// Turns on several hosts at once: two runs that each begin with another host never wait for each other, and nobody waits for more than they were told.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import type { Engine } from '../../src/schedule/state/engine.ts';
import { HostRun } from '../../src/schedule/state/host-run.ts';
import { TurnGroup } from '../../src/schedule/changing/turn-group.ts';
import { SessionPool } from '../../src/session/pool.ts';
import { startServer, type TestServer } from '../session/support/server.ts';

const NAMES = ['a', 'b'] as const;
type Name = (typeof NAMES)[number];
type Servers = Readonly<Record<Name, TestServer>>;

/** A run of its own, with its own connections. */
class Run implements AsyncDisposable {
  readonly hosts = NAMES.map(name => new HostRun({ name, groups: [], variables: {} }));
  readonly notes: string[] = [];
  readonly group = new TurnGroup(this.hosts, () => new Set([undefined]));
  readonly #pool: SessionPool;
  readonly #engine: Engine;

  constructor(servers: Servers, run: string, wait: number) {
    this.#pool = new SessionPool(name => ({ ...servers[name as Name].spec(), host: name }));
    this.#engine = {
      turn: { run, by: `${run}@here`, since: 'noon', wait, breaks: false, together: true },
      sessions: { session: (name: string) => this.#pool.get(name), hostKey: (name: string) => this.#pool.hostKey(name) },
      kill: new AbortController().signal,
      emit: (event: { readonly text: string }) => this.notes.push(event.text),
    } as unknown as Engine;
  }

  host(name: Name): HostRun {
    const host = this.hosts.find(each => each.name === name);
    assert.ok(host);
    return host;
  }

  take(name: Name): Promise<void> {
    return this.group.take(this.#engine, this.host(name), undefined);
  }

  get held(): readonly string[] {
    return this.hosts.filter(({ turns }) => turns.size > 0).map(({ name }) => name);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#pool[Symbol.asyncDispose]();
  }
}

async function withServers(use: (servers: Servers) => Promise<void>): Promise<void> {
  await using a = await startServer({ shell: 'dash' });
  await using b = await startServer({ shell: 'busybox' });
  await use({ a, b });
}

describe('the turns on hosts that go through a play together', function () {
  this.timeout(60_000);

  it('are all had by one of two runs that each begin with another host, then by the other, each time', () =>
    withServers(async servers => {
      for (let time = 0; time < 8; time++) {
        await using one = new Run(servers, `one${time}`, 60);
        await using other = new Run(servers, `other${time}`, 60);
        const ending = [one.take('a').then(() => one), other.take('b').then(() => other)];
        const winner = await Promise.race(ending);
        const loser = winner === one ? other : one;
        assert.deepEqual(winner.held, NAMES);
        await winner[Symbol.asyncDispose]();
        await Promise.all(ending);
        assert.deepEqual(loser.held, NAMES);
      }
    }));

  it('are waited for as long as a run was told, and then only the host that is to be changed is missed', () =>
    withServers(async servers => {
      await using one = new Run(servers, 'one', 0);
      await using other = new Run(servers, 'other', 1);
      one.host('a').standing = 'lost';
      await one.take('b');
      // By itself it takes its turn along with its change; here nothing is changed.
      assert.deepEqual(one.held, []);
      one.host('a').standing = 'alive';
      await one.take('b');
      assert.deepEqual(one.held, NAMES);
      await assert.rejects(other.take('a'), { message: /^a is being changed by another run, of one@here since noon: wait for it/ });
      assert.deepEqual(other.held, []);
      // Which host comes first is a matter of their keys.
      assert.match(other.notes[0] ?? '', /^[ab]: waiting up to 1 s/);
    }));

  it('are given back so that the next number is anyone’s, and what was read meanwhile is not', () =>
    withServers(async servers => {
      await using one = new Run(servers, 'one', 60);
      await using both = new Run(servers, 'both', 60);
      {
        await using first = new Run(servers, 'first', 0);
        await first.take('a');
        const taking = both.take('a');
        while (both.notes.length === 0) await new Promise(resolve => setImmediate(resolve));
        await first[Symbol.asyncDispose]();
        await taking;
      }
      assert.deepEqual(both.held, NAMES);
      await both[Symbol.asyncDispose]();
      await one.take('b');
      assert.deepEqual(one.held, NAMES);
      for (const name of NAMES) assert.equal(readdirSync(`${servers[name].directory}/.state/turn`).length, 1);
    }));

  it('are taken when those at the same task have come to a change or to their end', () =>
    withServers(async servers => {
      await using one = new Run(servers, 'one', 0);
      let ended = false;
      let end: () => void = () => undefined;
      const working = one.group.during(one.host('b'), () => new Promise<void>(resolve => (end = resolve)));
      const taking = one.group.during(one.host('a'), () => one.take('a')).then(() => assert.ok(ended, 'b has ended'));
      await new Promise(resolve => setImmediate(resolve));
      assert.deepEqual(one.held, []);
      ended = true;
      end();
      await Promise.all([working, taking]);
      assert.deepEqual(one.held, NAMES);
    }));
});
