// Taking the turn on a host, in every sh: who has it, who is too late, and that another shell than the one that took it changes nothing.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { runTurn } from '../../src/facts/run-turn.ts';
import type { Engine } from '../../src/schedule/state/engine.ts';
import { HostRun } from '../../src/schedule/state/host-run.ts';
import { holdingTurn, takeTurn } from '../../src/schedule/changing/take-turn.ts';
import { SessionPool } from '../../src/session/pool.ts';
import { SHELLS, type ShellName } from '../session/support/host-shells.ts';
import { startServer, type TestServer } from '../session/support/server.ts';

/** A run of its own, with its own connection. */
class Run implements AsyncDisposable {
  readonly host = new HostRun({ name: 'web1', groups: [], variables: {} });
  readonly notes: string[] = [];
  readonly #pool: SessionPool;
  readonly #engine: Engine;

  constructor(server: TestServer, run: string, turn: { readonly wait?: number; readonly breaks?: boolean } = {}) {
    this.#pool = new SessionPool(() => server.spec());
    this.#engine = {
      turn: { run, by: `${run}@here`, since: 'noon', wait: 0, breaks: false, together: false, ...turn },
      sessions: { session: (name: string) => this.#pool.get(name) },
      kill: new AbortController().signal,
      emit: (event: { readonly text: string }) => this.notes.push(event.text),
    } as unknown as Engine;
  }

  take(user?: string): Promise<boolean> {
    return takeTurn(this.#engine, this.host, user);
  }

  async holds(): Promise<boolean> {
    const [result] = await (await this.#pool.get('web1')).exchange([holdingTurn()]);
    return result?.status === 0;
  }

  async reopen(): Promise<void> {
    await (await this.#pool.get('web1')).reopen();
    this.host.turns.clear();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#pool[Symbol.asyncDispose]();
  }
}

async function withServer(shell: ShellName, use: (server: TestServer, turns: () => readonly string[]) => Promise<void>): Promise<void> {
  await using server = await startServer({ shell });
  await use(server, () => readdirSync(`${server.directory}/.state/turn`));
}

describe('the turn on a host', () => {
  for (const shell of SHELLS) {
    it(`is one run's until its shell is gone, under ${shell}`, () =>
      withServer(shell, async (server, turns) => {
        {
          await using one = new Run(server, 'one');
          await using two = new Run(server, 'two');
          assert.equal(await one.holds(), false);
          assert.equal(await one.take(), true);
          assert.equal(await one.take(), true);
          assert.deepEqual([await one.holds(), await two.holds()], [true, false]);
          await assert.rejects(two.take(), { message: /^web1 is being changed by another run, of one@here since noon: wait for it/ });
        }
        await using three = new Run(server, 'three');
        assert.equal(await three.take(), true);
        assert.deepEqual(turns(), ['2']);
      }));

    it(`is taken again by another shell of the same run, and by nobody who read before, under ${shell}`, () =>
      withServer(shell, async (server, turns) => {
        await using late = new Run(server, 'late');
        late.host.facts.keep(runTurn({ run: 'late' }), '', '0');
        {
          await using one = new Run(server, 'one');
          await one.take();
          await one.reopen();
          assert.equal(await one.holds(), false, 'another shell');
          assert.equal(await one.take(), true);
          assert.equal(await one.holds(), true);
        }
        assert.equal(await late.take(), false);
        assert.equal(late.host.facts.peek(runTurn({ run: 'late' }), ''), undefined, 'it is asked again');
        assert.equal(await late.take(), true);
        assert.deepEqual(turns(), ['3']);
      }));

    it(`is left behind by a process that is no more, whoever has its number now, under ${shell}`, () =>
      withServer(shell, async (server, turns) => {
        await using one = new Run(server, 'one');
        await one.take();
        const file = `${server.directory}/.state/turn/1`;
        // The same number, but a process that began at another time.
        writeFileSync(file, readFileSync(file, 'utf8').replace(/^(\d+) \d+ one/, '$1 1 gone'));
        await using two = new Run(server, 'two');
        assert.equal(await two.take(), true);
        assert.deepEqual(turns(), ['2']);
      }));
  }

  it('is taken again by the same run as another user whom the account becomes, unless somebody came between', () =>
    withServer('dash', async (server, turns) => {
      await using one = new Run(server, 'one');
      one.host.facts.keep(runTurn({ run: 'one' }), '', '0');
      one.host.facts.keep(runTurn({ run: 'one' }), 'root', '0');
      assert.equal(await one.take(), true);
      assert.equal(await one.take('root'), true);
      assert.deepEqual(turns(), ['2']);
      {
        await using two = new Run(server, 'two');
        two.host.facts.keep(runTurn({ run: 'two' }), 'root', '2');
        await one[Symbol.asyncDispose]();
        await using three = new Run(server, 'three');
        assert.equal(await three.take(), true);
        await three[Symbol.asyncDispose]();
        assert.equal(await two.take(), true);
        assert.deepEqual(turns(), ['4']);
        assert.equal(await two.take('root'), false);
      }
    }));

  it('keeps no account from its work that has no place for it', () =>
    withServer('dash', async server => {
      writeFileSync(`${server.directory}/.state`, 'a file where a folder should be');
      await using one = new Run(server, 'one');
      assert.equal(await one.take(), true);
      assert.equal(await one.holds(), true);
    }));

  it('is waited for, and that is said', () =>
    withServer('dash', async server => {
      await using two = new Run(server, 'two', { wait: 30 });
      let taking: Promise<boolean>;
      {
        await using one = new Run(server, 'one');
        await one.take();
        taking = two.take();
        while (two.notes.length === 0) await new Promise(resolve => setImmediate(resolve));
      }
      assert.equal(await taking, true);
      assert.deepEqual(two.notes, ['web1: waiting up to 30 s for another run, of one@here since noon']);
    }));
});
