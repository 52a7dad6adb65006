// The decision about a host's key: OpenSSH's own client is shown the same host and the same files.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UnreachableError } from '../../src/errors/errors.ts';
import { hashedName } from '../../src/session/host-keys/known-hosts.ts';
import { connectSsh2 } from '../../src/session/ssh2/ssh2-transport.ts';
import { newKey, newKeyOf } from './support/keys.ts';
import { startServer, type TestServer } from './support/server.ts';

const ECDSA = newKeyOf('ecdsa');
const OTHER = newKey().line;
const OTHER_ECDSA = newKeyOf('ecdsa').line;
const AUTHORITY = newKey().line;

interface Case {
  readonly first: string;
  readonly second?: string;
  readonly alias?: string;
  readonly isTaken: boolean;
}

/** ED and EC are the keys of the host, HERE is its name with its port. */
const CASES: Readonly<Record<string, Case>> = {
  'the key, by its name': { first: 'HERE ED', isTaken: true },
  'the key, by a hash of its name': { first: 'HASH ED', isTaken: true },
  'one of two keys of a type': { first: `HERE ${OTHER}\nHERE ED`, isTaken: true },
  'the type that the host shows second': { first: 'HERE EC', isTaken: true },
  'one type right and one wrong, the right one first': { first: `HERE ED\nHERE ${OTHER_ECDSA}`, isTaken: true },
  'the second file': { first: `web9 ${OTHER}`, second: 'HERE ED', isTaken: true },
  'a key that only one of two files has': { first: `HERE ${OTHER}`, second: 'HERE ED', isTaken: true },
  'a key that has changed': { first: `HERE ${OTHER}`, isTaken: false },
  nothing: { first: '', isTaken: false },
  'another port': { first: '[127.0.0.1]:1 ED', isTaken: false },
  'the address without a port': { first: '127.0.0.1 ED', isTaken: true },
  'another key for the address without a port': { first: `127.0.0.1 ${OTHER}`, isTaken: false },
  'the address without a port, where the port has another key': { first: `127.0.0.1 ED\nHERE ${OTHER}`, isTaken: false },
  'several names on a line, one with a star': { first: 'web9,[127.0.0.*]:* ED', isTaken: true },
  'an exclusion': { first: '[127.0.0.*]:*,!HERE ED', isTaken: false },
  'a revoked key': { first: 'HERE ED\n@revoked * ED', isTaken: false },
  'a revoked key in another file': { first: 'HERE ED', second: '@revoked HERE ED', isTaken: false },
  'a revoked key of another host': { first: 'HERE ED\n@revoked web9 ED', isTaken: true },
  'an authority and no key': { first: `@cert-authority * ${AUTHORITY}`, isTaken: false },
  'the key as that of an authority': { first: '@cert-authority * ED', isTaken: false },
  'a key cut off': { first: 'HERE CUT', isTaken: false },
  'a key of another type than the line says': { first: 'HERE ssh-rsa BARE', isTaken: false },
  'comments and blanks': { first: '# HERE\n\n \t HERE \t ED jo@home', isTaken: true },
  'another name that it goes by': { first: 'cluster ED', alias: 'Cluster', isTaken: true },
  'its own name where it goes by another': { first: 'HERE ED\n127.0.0.1 ED', alias: 'cluster', isTaken: false },
};

describe('host-key: as OpenSSH decides', () => {
  let directory = '';
  let server: TestServer;
  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'tsplay-test-'));
    server = await startServer({ moreHostKeys: [ECDSA] });
  });
  after(async () => {
    await server[Symbol.asyncDispose]();
    rmSync(directory, { recursive: true });
  });

  const fill = (text: string): string => {
    const here = `[127.0.0.1]:${server.port}`;
    const [type = '', bare = ''] = server.hostKey.split(' ');
    const words: Readonly<Record<string, string>> = {
      HERE: here,
      HASH: hashedName(here),
      ED: server.hostKey,
      EC: ECDSA.line,
      CUT: `${type} ${bare.slice(0, -8)}`,
      BARE: bare,
    };
    return text.replaceAll(/\b(?:HERE|HASH|ED|EC|CUT|BARE)\b/g, word => words[word] ?? word);
  };

  for (const [what, { first, second = '', alias, isTaken }] of Object.entries(CASES)) {
    it(`${isTaken ? 'takes' : 'refuses'} ${what}`, async () => {
      const knownHosts = [join(directory, 'first'), join(directory, 'second')];
      [first, second].forEach((text, index) => writeFileSync(knownHosts[index] ?? '', `${fill(text)}\n`));
      const spec = server.spec({ knownHosts, ...(alias !== undefined && { hostKeyAlias: alias }) });
      const ours = connectSsh2(spec).then(
        async transport => {
          await transport[Symbol.asyncDispose]();
          return true;
        },
        (error: unknown) => {
          assert.equal((error as UnreachableError).reason, 'host-key', String(error));
          return false;
        },
      );
      assert.deepEqual(await Promise.all([ours, asSsh(server, knownHosts, alias)]), [isTaken, isTaken], 'ours, then that of ssh');
    });
  }
});

/** Whether ssh goes on to log in. */
async function asSsh({ port, keyFile }: TestServer, knownHosts: readonly string[], alias: string | undefined): Promise<boolean> {
  const settings = {
    BatchMode: 'yes',
    StrictHostKeyChecking: 'yes',
    UserKnownHostsFile: knownHosts.join(' '),
    GlobalKnownHostsFile: 'none',
    UpdateHostKeys: 'no',
    IdentitiesOnly: 'yes',
    ...(alias !== undefined && { HostKeyAlias: alias }),
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  const child = spawn('ssh', ['-F', 'none', ...options, '-i', keyFile, '-p', String(port), 'tester@127.0.0.1', 'true'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [status] = (await once(child, 'close')) as [number | null];
  if (status === 0) return true;
  assert.match(said, /Host key verification failed/);
  return false;
}
