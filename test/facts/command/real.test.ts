// Programs run by their words on this machine, under every shell that hosts have.
import assert from 'node:assert/strict';
import { execArgv } from '../../../src/facts/command/exec-argv.ts';
import { commandOnPath } from '../../../src/facts/command/on-path.ts';
import { commandProbe } from '../../../src/facts/command/probe.ts';
import { secret } from '../../../src/util/secret.ts';
import { readUnder, runUnder, shellsHere } from '../host/shells.ts';

for (const shell of shellsHere) {
  describe(`facts/command under ${shell}`, () => {
    it('hands every word on as it is', () => {
      const words = ['', '-n', 'a b', "it's", '$HOME', '`id`', '*', '--', 'line\nbreak', '\\n', 'ü'];
      assert.equal(runUnder(shell, execArgv({ argv: ['printf', '<%s>', ...words] })).stdout, words.map(word => `<${word}>`).join(''));
    });

    it('runs in the directory, with the standard input', () => {
      assert.equal(runUnder(shell, execArgv({ argv: ['cat'], chdir: '/', stdin: 'text' })).stdout, 'text');
      assert.equal(runUnder(shell, execArgv({ argv: ['pwd'], chdir: '/usr' })).stdout, '/usr\n');
    });

    it('reads how a program ended', () => {
      assert.equal(readUnder(shell, commandProbe({ argv: ['test', '-d', '/'] })).status, 0);
      assert.equal(readUnder(shell, commandProbe({ argv: ['sh', '-c', 'exit 3'] })).status, 3);
      assert.equal(readUnder(shell, commandProbe({ argv: ['no-program-of-this-name'] })).status, 127);
    });

    it('finds a program by its name', () => {
      assert.notEqual(readUnder(shell, commandOnPath({ name: 'dpkg' })).path, '');
      assert.equal(readUnder(shell, commandOnPath({ name: 'no-program-of-this-name' })).path, '');
    });
  });
}

describe('facts/command/exec-argv', () => {
  it('refuses a secret word', () => {
    assert.throws(
      () => execArgv({ argv: ['echo', secret('s3cret-word') as unknown as string] }),
      /a secret cannot stand in a command line/,
    );
  });

  it('takes a secret in the environment', () => {
    const { text, env } = execArgv({ argv: ['true'], environment: { TOKEN: secret('s3cret-word') } });
    assert.equal(JSON.stringify({ text, env }).includes('s3cret'), false);
  });
});
