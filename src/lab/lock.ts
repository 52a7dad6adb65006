// One tsplay at a time works on a lab: a lock that the kernel releases when its owner dies.
import { createHash } from 'node:crypto';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { labDir } from './paths.ts';

/**
 * Runs `use` while holding the lock of that name; waits for whoever holds it.
 * An abstract socket needs no file and no liveness check: it is gone with its process, and waiting for it is an event.
 */
export async function withLock<T>(name: string, waiting: () => void, use: () => Promise<T>): Promise<T> {
  const scope = createHash('sha256').update(labDir()).digest('hex').slice(0, 12);
  const path = `\0tsplay-lab-${scope}-${name}`;
  for (let told = false; ;) {
    const held = await hold(path);
    if (held) {
      try {
        return await use();
      } finally {
        await held();
      }
    }
    if (!told) waiting();
    told = true;
    await released(path);
  }
}

function hold(path: string): Promise<(() => Promise<void>) | undefined> {
  return new Promise((fulfil, reject) => {
    const waiters = new Set<Socket>();
    const server: Server = createServer(waiter => {
      waiters.add(waiter);
      waiter.on('error', () => waiter.destroy());
      waiter.on('close', () => waiters.delete(waiter));
    });
    server.on('error', error => {
      if ('code' in error && error.code === 'EADDRINUSE') fulfil(undefined);
      else reject(error);
    });
    server.listen(path, () => {
      fulfil(
        () =>
          new Promise(closed => {
            server.close(() => closed());
            for (const waiter of waiters) waiter.destroy();
          }),
      );
    });
  });
}

function released(path: string): Promise<void> {
  return new Promise(fulfil => {
    const socket = connect(path);
    // Whichever way the connection ends, the owner has let go; the next attempt decides who comes after.
    socket.on('error', () => undefined);
    socket.on('close', () => fulfil());
    socket.resume();
  });
}
