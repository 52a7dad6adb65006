// Waiting for an sshd of a test to say its banner.
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves once there is one on this port of loopback; fails after 30 s. */
export async function sshdAnswers(port: number): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const said = await Promise.race([once(socket, 'data'), once(socket, 'error')]).catch(() => undefined);
    socket.destroy();
    if (said?.[0] instanceof Buffer) return;
    if (Date.now() > deadline) throw new Error('sshd does not start');
    await sleep(50);
  }
}
