// The port fact read on this machine, under every shell that hosts have.
import assert from 'node:assert/strict';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { portListening } from '../../../src/facts/network/port.ts';
import { readUnder, shellsHere } from '../host/shells.ts';
import { skipBecause } from '../../support/skip.ts';

for (const shell of shellsHere) {
  describe(`facts/network/port under ${shell}`, () => {
    it('finds a socket of one address there and not elsewhere', async () => {
      const { port } = await listening('127.0.0.1', port => {
        const on = (address?: string): boolean =>
          readUnder(shell, portListening(address === undefined ? { port } : { port, address })).listening;
        assert.deepEqual([on(), on('127.0.0.1'), on('192.0.2.1')], [true, true, false]);
      });
      assert.equal(readUnder(shell, portListening({ port })).listening, false);
    });

    it('finds a socket that is open to all on each address', async () => {
      await listening('0.0.0.0', port => assert.equal(readUnder(shell, portListening({ port, address: '192.0.2.1' })).listening, true));
    });

    it('finds an IPv6 socket', async function () {
      try {
        await listening('::1', port => {
          assert.equal(readUnder(shell, portListening({ port, address: '::1' })).listening, true);
          assert.equal(readUnder(shell, portListening({ port, address: 'fe80::2' })).listening, false);
        });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EADDRNOTAVAIL' && (error as NodeJS.ErrnoException).code !== 'EAFNOSUPPORT')
          throw error;
        skipBecause(this, 'this machine has no IPv6');
      }
    });
  });
}

async function listening(host: string, use: (port: number) => void): Promise<{ readonly port: number }> {
  const server = await new Promise<Server>((resolve, reject) => {
    const made = createServer();
    made.once('error', reject).listen(0, host, () => resolve(made));
  });
  const { port } = server.address() as AddressInfo;
  try {
    use(port);
  } finally {
    await new Promise(resolve => server.close(resolve));
  }
  return { port };
}
