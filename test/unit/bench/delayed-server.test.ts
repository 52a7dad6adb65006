// The proxy of the bench keeps its distance and its order, and counts round trips.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createDelayedServer, type DelayedServer } from '../../../bench/proxy/delayed-server.ts';

const DELAY = 20;

describe('bench/proxy/delayed-server', () => {
  const sockets: Socket[] = [];
  let echo: Server;
  let delayed: DelayedServer;

  const listen = async (server: Server): Promise<number> => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return (server.address() as AddressInfo).port;
  };

  before(async () => {
    // Says hello as sshd does, then echoes.
    echo = createServer({ noDelay: true }, socket => {
      sockets.push(socket);
      socket.write('hello');
      socket.pipe(socket);
    });
    delayed = createDelayedServer({ address: '127.0.0.1', port: await listen(echo) }, DELAY);
    await listen(delayed.server);
  });

  after(() => {
    for (const socket of sockets) socket.destroy();
    echo.close();
    delayed.server.close();
  });

  const dial = async (): Promise<Socket> => {
    const socket = connect((delayed.server.address() as AddressInfo).port, '127.0.0.1');
    sockets.push(socket.setNoDelay(true));
    await once(socket, 'connect');
    return socket;
  };

  const heard = async (socket: Socket): Promise<string> => String(((await once(socket, 'data')) as [Buffer])[0]);

  it('takes a round trip for the handshake and one for each question', async () => {
    delayed.takeRoundTrips();
    const started = performance.now();
    const socket = await dial();
    assert.equal(await heard(socket), 'hello');
    const greeted = performance.now();
    // SYN, SYN+ACK, ACK, hello.
    assert.ok(greeted - started >= 4 * DELAY - 1, `greeted after ${greeted - started} ms`);
    socket.write('one');
    assert.equal(await heard(socket), 'one');
    assert.ok(performance.now() - greeted >= 2 * DELAY - 1, `answered after ${performance.now() - greeted} ms`);
    socket.write('two');
    assert.equal(await heard(socket), 'two');
    assert.equal(delayed.takeRoundTrips(), 4);
  });

  it('counts what goes both ways at the same time as one, and old connections no more', async () => {
    const old = await dial();
    await heard(old);
    delayed.takeRoundTrips();
    const socket = await dial();
    // Before the hello is heard.
    socket.write('early');
    let text = '';
    while (text !== 'helloearly') text += await heard(socket);
    old.write('late');
    await heard(old);
    assert.equal(delayed.takeRoundTrips(), 2);
  });

  it('hands on everything in its order, and the end', async () => {
    const socket = await dial();
    const pieces = Array.from({ length: 200 }, (_, index) => `${index},`);
    for (const piece of pieces) {
      socket.write(piece);
      if (Number.parseInt(piece, 10) % 50 === 0) await new Promise(resolve => setTimeout(resolve, 3));
    }
    socket.end();
    let text = '';
    for await (const chunk of socket) text += String(chunk);
    assert.equal(text, `hello${pieces.join('')}`);
  });
});
