// Bodies written through a second channel: whole and private, or not at all.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { command, print, until, WAYS, withBench } from './support/exchange.ts';

const BODY = Buffer.from(Array.from({ length: 1_500_000 }, (_, index) => (index * 31) % 256));

for (const { name, ...way } of WAYS) {
  describe(`upload under ${name}`, () => {
    it('writes a new file of mode 0600, byte for byte', () =>
      withBench({ ...way }, async ({ session, server, counters }) => {
        const path = `${server.directory}/it's a "file"`;
        await session.upload(path, Readable.from([BODY]), BODY.length);
        assert.deepEqual(readFileSync(path), BODY);
        assert.equal(statSync(path).mode & 0o777, 0o600);
        assert.deepEqual([counters.uploads, counters.roundTrips], [1, 0]);
      }));

    it('writes an empty file', () =>
      withBench({ ...way }, async ({ session, server }) => {
        await session.upload(`${server.directory}/empty`, Readable.from([]), 0);
        assert.equal(statSync(`${server.directory}/empty`).size, 0);
      }));

    it('touches nothing that is there already', () =>
      withBench({ ...way }, async ({ session, server }) => {
        const path = `${server.directory}/present`;
        writeFileSync(path, 'old');
        symlinkSync('/nowhere/at/all', `${path}-link`);
        for (const taken of [path, `${path}-link`, '/dev/null']) {
          await assert.rejects(session.upload(taken, Readable.from([BODY]), BODY.length), {
            message: `web1: cannot write ${taken}: File exists`,
          });
        }
        assert.equal(readFileSync(path, 'utf8'), 'old');
      }));

    it('gives the words of the host', () =>
      withBench({ ...way }, async ({ session, server }) => {
        const path = `${server.directory}/no/such/place`;
        await assert.rejects(session.upload(path, Readable.from([BODY]), BODY.length), {
          message: /^web1: cannot write .*\/no\/such\/place: .*(nonexistent|No such|no such)/i,
        });
      }));

    it('leaves nothing that nobody has placed when the session ends, and what was placed stays', () =>
      withBench({ ...way }, async ({ session, server }) => {
        const at = (name: string): string => `${server.directory}/${name}`;
        for (const name of ["it's left", 'placed']) await session.upload(at(name), Readable.from([BODY]), BODY.length);
        mkdirSync(at('aside.d'));
        const place = { path: at('aside.d/body'), begin: ':', leave: ':', remains: at('aside.d') };
        await session.upload(place, Readable.from([BODY]), BODY.length);
        renameSync(at('placed'), at('target'));
        await session[Symbol.asyncDispose]();
        await until(() => !existsSync(at("it's left")) && !existsSync(at('aside.d')), 'what was left is removed');
        assert.deepEqual(readFileSync(at('target')), BODY);
      }));

    it('removes what it began when bytes are missing or the body breaks', () =>
      withBench({ ...way }, async ({ session, server }) => {
        const path = `${server.directory}/partial`;
        const short = session.upload(path, Readable.from([BODY]), BODY.length + 1);
        await assert.rejects(short, { message: `web1: cannot write ${path}: other than ${BODY.length + 1} bytes arrived` });
        assert.ok(!existsSync(path));
        const broken = new Error('the source broke');
        await assert.rejects(session.upload(path, Readable.from(breaking(broken)), BODY.length), error => error === broken);
        await until(() => !existsSync(path), 'the partial file is removed');
      }));
  });
}

describe('upload', () => {
  it('does not wait for a frame under way', () =>
    withBench({}, async ({ session, server }) => {
      const slow = print(session, `while [ ! -e ${server.directory}/sent ]; do sleep 0.05; done; echo seen`);
      await session.upload(`${server.directory}/sent`, Readable.from(['x']), 1);
      assert.equal(await slow, 'seen\n');
    }));

  it('is given up when it is aborted', () =>
    withBench({}, async ({ session, server }) => {
      const abort = new AbortController();
      const path = `${server.directory}/aborted`;
      const endless = new Readable({ read() {} });
      endless.push('first');
      const upload = session.upload(path, endless, 100, abort.signal);
      await until(() => existsSync(path), 'the file is begun');
      const reason = new Error('enough');
      abort.abort(reason);
      await assert.rejects(upload, error => error === reason);
      await until(() => !existsSync(path), 'the partial file is removed');
      assert.deepEqual(
        (await session.exchange([command('exit 5')])).map(({ status }) => status),
        [5],
      );
    }));

  it('fails as unreachable when the connection is lost', () =>
    withBench({}, async ({ session, server }) => {
      const endless = new Readable({ read() {} });
      endless.push('first');
      const path = `${server.directory}/lost`;
      const upload = session.upload(path, endless, 100);
      await until(() => existsSync(path), 'the file is begun');
      server.drop();
      await assert.rejects(upload, { name: 'UnreachableError', reason: 'dropped' });
    }));
});

async function* breaking(error: Error): AsyncGenerator<Buffer> {
  yield BODY.subarray(0, 1000);
  await Promise.resolve();
  throw error;
}
