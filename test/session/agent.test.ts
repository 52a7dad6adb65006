// An agent with more keys than a server lets one try: OpenSSH's own agent and sshd.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lockedKeys } from '../../src/session/ssh2/locked-keys.ts';
import { connectSsh2 } from '../../src/session/ssh2/ssh2-transport.ts';
import type { ConnectionSpec } from '../../src/session/types.ts';
import { skipBecause } from '../support/skip.ts';
import { startAgent, type Agent } from './support/agent.ts';
import { newKey } from './support/keys.ts';
import { hasSshd, startSshd, type Sshd } from './support/sshd.ts';

const KEYS = Array.from({ length: 8 }, () => newKey());
const LAST = KEYS[7] ?? newKey();
const [FIRST = LAST] = KEYS;
const OTHER = newKey();

describe('an agent', function () {
  this.timeout(60_000);
  let agent: Agent | undefined;
  let server: Sshd;
  before(async function () {
    if (!hasSshd()) skipBecause(this, 'there is no sshd; install openssh-server');
    agent = await startAgent(KEYS);
    server = await startSshd(
      () => ['MaxAuthTries 2'],
      directory => {
        appendFileSync(join(directory, 'authorized_keys'), ['', LAST.line, OTHER.line, ''].join('\n'));
        writeFileSync(join(directory, 'last.pub'), `${LAST.line} last\n`);
        writeFileSync(join(directory, 'first.pub'), `${FIRST.line} first\n`);
      },
    );
  });
  after(async () => {
    if (agent === undefined) return;
    await agent[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  const logIn = async (files: readonly string[], changes: Partial<ConnectionSpec> = {}): Promise<void> => {
    const keyFiles = files.map(file => join(server.directory, file));
    await using transport = await connectSsh2(server.spec({ keyFiles, agent: agent?.socket ?? '', ...changes }));
    assert.ok(transport.alive);
  };

  it('is asked first for the key that is named, by its public part alone', async () => {
    await logIn(['last']);
    await logIn(['last.pub']);
    await logIn(['last'], { identitiesOnly: true });
  });

  it('uses up what a server allows where none is named', async () => {
    await assert.rejects(logIn([]), { message: /Too many authentication failures|refused the login|closed the connection/ });
  });

  it('offers nothing but what is named under IdentitiesOnly', async () => {
    await assert.rejects(logIn(['first'], { identitiesOnly: true }), {
      reason: 'authentication',
      message: /refused the login of .*, tried \S+\/first through the agent, add the public key/,
    });
    await assert.rejects(logIn([], { identitiesOnly: true }), { reason: 'authentication', message: /^no key to log in to real / });
  });

  it('comes after the key files that need no agent', async () => {
    writeFileSync(join(server.directory, 'other'), OTHER.private, { mode: 0o600 });
    await logIn(['first', 'other']);
  });

  it('that is gone keeps nobody from a key file, and is named where there is none', async () => {
    const gone = join(server.directory, 'gone');
    await logIn(['other'], { agent: gone });
    await assert.rejects(logIn(['last'], { agent: gone }), {
      message: new RegExp(`last is a public key, name the private one or load that into an agent`),
    });
    await assert.rejects(logIn([], { agent: gone }), { message: new RegExp(`the agent at ${gone} does not answer \\(start one with`) });
  });

  it('that holds a key spares its passphrase', async () => {
    const locked = join(server.directory, 'locked');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', 'sesame', '-f', locked]);
    const asked = async (changes: Partial<ConnectionSpec>): Promise<number> =>
      (await lockedKeys([server.spec({ keyFiles: [locked], agent: agent?.socket ?? '', ...changes })])).length;
    assert.equal(await asked({}), 1, 'it holds others, and this one is named');
    assert.equal(await asked({ hasUsualKeys: true }), 0, 'it holds others, and nobody named one');
    assert.equal(await asked({ hasUsualKeys: true, identitiesOnly: true }), 1, 'its others are not to be used');
    assert.equal(await asked({ keyFiles: [locked, join(server.directory, 'last.pub')] }), 0, 'it holds another that is named');
    assert.equal(await asked({ agent: join(server.directory, 'gone') }), 1);
  });
});
