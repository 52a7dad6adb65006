// keyboard-interactive: who answers which prompt.
import assert from 'node:assert/strict';
import { SessionPool } from '../../src/session/pool.ts';
import type { Question } from '../../src/session/question.ts';
import type { ConnectionSpec } from '../../src/session/types.ts';
import { secret } from '../../src/util/secret.ts';
import { print } from './support/exchange.ts';
import { PASSWORD } from './support/host-shells.ts';
import { startServer, type ServerOptions, type TestServer } from './support/server.ts';

const hidden = (prompt: string): { readonly prompt: string; readonly echo: boolean } => ({ prompt, echo: false });
const open = (prompt: string): { readonly prompt: string; readonly echo: boolean } => ({ prompt, echo: true });

interface Asking {
  readonly server: TestServer;
  readonly questions: readonly Question[];
  readonly logIn: () => Promise<string>;
}

/** @param typed what a person answers, in turn; undefined: there is nobody */
async function withPrompts(
  options: ServerOptions,
  typed: readonly string[] | undefined,
  use: (asking: Asking) => Promise<void>,
  changes: Partial<ConnectionSpec> = { keyFiles: [], password: secret(PASSWORD) },
): Promise<void> {
  await using server = await startServer({ methods: ['keyboard-interactive'], ...options });
  const left = [...(typed ?? [])];
  const questions: Question[] = [];
  const ask = (question: Question): Promise<string | undefined> => {
    questions.push(question);
    return Promise.resolve(left.shift());
  };
  await using pool = new SessionPool(() => server.spec(changes), typed === undefined ? {} : { ask });
  await use({ server, questions, logIn: async () => print(await pool.get('web1'), 'echo in') });
}

describe('prompts at login', () => {
  it('that ask for the password are given it: alone, in any language, after rounds without any', () =>
    Promise.all(
      [[[], [], [hidden('Password: ')]], [[hidden('Enter it:')]], [[hidden('Passwort für tester: ')]], [[hidden('パスワード: ')], []]].map(
        rounds =>
          withPrompts({ rounds }, undefined, async ({ server, logIn }) => {
            assert.equal(await logIn(), 'in\n');
            assert.deepEqual(server.answers.flat(), [PASSWORD]);
          }),
      ),
    ).then(() => undefined));

  it('that ask for more are put to a person, in one round or in several', async () => {
    for (const rounds of [
      [[hidden('Verification code: '), hidden('Password: ')]],
      [[], [hidden('Verification code: ')], [], [hidden('Password: ')]],
    ]) {
      await withPrompts({ rounds }, ['123456'], async ({ server, questions, logIn }) => {
        assert.equal(await logIn(), 'in\n');
        assert.deepEqual(questions, [{ host: 'web1', text: 'Verification code: ', isShown: false }]);
        assert.deepEqual(server.answers.flat(), ['123456', PASSWORD]);
      });
    }
  });

  it('show what is typed where the host says so, and cannot write to the terminal as they like', () =>
    withPrompts({ rounds: [[open('Choose\x1b[2J 1 or 2\r\n: '), hidden('Password: ')]] }, ['2'], async ({ questions, logIn }) => {
      await logIn();
      assert.deepEqual(questions, [{ host: 'web1', text: 'Choose[2J 1 or 2\n: ', isShown: true }]);
    }));

  it('are named where nobody answers', () =>
    withPrompts({ rounds: [[hidden('Password: ')], [hidden('Verification code: ')]] }, undefined, async ({ server, logIn }) => {
      for (let time = 0; time < 2; time++)
        await assert.rejects(logIn(), {
          reason: 'authentication',
          message:
            `web1 (127.0.0.1 port ${server.port}) asks tester "Verification code:", which nobody answered, ` +
            'run it on a terminal and answer there, or log in with a key',
        });
      assert.deepEqual(server.answers.flat(), [PASSWORD], 'once');
    }));

  it('that ask for the password again are not answered', () =>
    withPrompts({ rounds: [[hidden('Password: ')], [hidden('Password: ')]] }, ['more'], async ({ server, questions, logIn }) => {
      await assert.rejects(logIn(), { reason: 'authentication', message: /tried the password, check the password, which was tried once$/ });
      assert.deepEqual([server.answers.flat(), questions], [[PASSWORD], []]);
    }));

  it('that come after a key are put to a person, too', async () => {
    const options: ServerOptions = { methods: ['publickey'], also: 'keyboard-interactive', rounds: [[], [hidden('OTP: ')]] };
    await withPrompts(
      options,
      ['123456'],
      async ({ server, logIn }) => {
        assert.equal(await logIn(), 'in\n');
        assert.deepEqual(server.answers.flat(), ['123456']);
      },
      {},
    );
    await withPrompts(
      options,
      undefined,
      async ({ logIn }) => {
        await assert.rejects(logIn(), { message: /asks tester "OTP:", which nobody answered/ });
      },
      {},
    );
  });

  it('are waited for as long as a person takes, not longer than a host may', async () => {
    await using server = await startServer({ methods: ['keyboard-interactive'], rounds: [[hidden('OTP: ')], [hidden('Password: ')]] });
    const ask = (): Promise<string> => new Promise(resolve => setTimeout(() => resolve('1'), 1500));
    const spec = server.spec({ keyFiles: [], password: secret(PASSWORD), timeout: 1000 });
    await using pool = new SessionPool(() => spec, { ask });
    assert.equal(await print(await pool.get('web1'), 'echo in'), 'in\n');
  });
});
