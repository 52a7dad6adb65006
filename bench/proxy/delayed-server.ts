// A TCP server that stands in front of another one, as far away as it is told, and counts how often somebody waited for the distance.
import { createServer, Socket, type Server } from 'node:net';

/** A server and where it is. */
export interface Target {
  readonly address: string;
  readonly port: number;
}

/** What stands in front of it. */
export interface DelayedServer {
  readonly server: Server;
  /**
   * Round trips of the connections that began since it was last asked, their handshakes too. One counts when the client hears what the
   * target said after it had heard what the client said after the one before: what goes both ways at the same time is one.
   */
  readonly takeRoundTrips: () => number;
}

/**
 * Hands on what it gets after `delay` milliseconds, either way. The kernel shakes hands with the client at once, so the round trip that this
 * takes over a real line is waited for here: the target is dialled, and hears its first byte, when the last packet of it would be there.
 */
export function createDelayedServer(target: Target, delay: number): DelayedServer {
  let count = { roundTrips: 0 };
  const server = createServer({ allowHalfOpen: true, noDelay: true }, near => {
    const own = count;
    own.roundTrips += 1;
    let [nearHeard, farHeard] = [0, 0];
    const shaken = performance.now() + 3 * delay;
    const far = new Socket({ allowHalfOpen: true });
    far.setNoDelay(true);
    const out = createDelayLine(delay, shaken);
    const back = createDelayLine(delay, shaken);
    // First in the line: a socket takes no bytes before it is told to connect.
    out(() => void far.connect(target.port, target.address));
    handOn(near, far, out, () => {
      const said = nearHeard;
      return () => (farHeard = said);
    });
    handOn(far, near, back, () => {
      const said = farHeard + 1;
      return () => {
        own.roundTrips += said - nearHeard;
        nearHeard = said;
      };
    });
  });
  const takeRoundTrips = (): number => {
    const { roundTrips } = count;
    count = { roundTrips: 0 };
    return roundTrips;
  };
  return { server, takeRoundTrips };
}

type DelayLine = (act: () => void) => void;

/** `said` is called when a piece sets out, and what it gives when the piece is there. */
function handOn(from: Socket, to: Socket, later: DelayLine, said: () => () => void): void {
  from.on('data', (piece: Buffer) => {
    const heard = said();
    later(() => {
      heard();
      to.write(piece);
    });
  });
  from.on('end', () => later(() => void to.end()));
  from.on('error', () => later(() => void to.destroy()));
}

/** Calls what it is given `delay` milliseconds later, not before `start`, in order: timers of different lengths would overtake each other. */
function createDelayLine(delay: number, start: number): DelayLine {
  const waiting: { readonly due: number; readonly act: () => void }[] = [];
  const wake = (): void => {
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      const rest = next.due - performance.now();
      if (rest > 0) return void setTimeout(wake, rest);
      waiting.shift();
      next.act();
    }
  };
  return act => {
    waiting.push({ due: Math.max(performance.now() + delay, start), act });
    if (waiting.length === 1) wake();
  };
}
