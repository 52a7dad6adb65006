// Fact: whether something listens on a TCP port of the host itself. Reaching other hosts needs more than a POSIX sh has.
import { defineFact } from '../contract.ts';
import { resource } from '../resource.ts';
import { listens } from './listening.ts';
import type { ListeningAt } from './listening.ts';

/** What is said of a port. */
export interface PortListening {
  readonly listening: boolean;
}

/** A port by number; with `address`, only sockets that serve this address count. */
export const portListening = defineFact({
  name: 'network.port',
  summary: 'whether something on the host listens on a TCP port',
  probe: (args: { readonly port: number; readonly address?: string | undefined }) => listens(args satisfies ListeningAt),
  reads: ({ port }) => [resource.port(port)],
  parse: ({ status, stderr }): PortListening => {
    if (status > 1) throw new Error(`the sockets of the host cannot be read: ${stderr.trim() || `status ${status}`}`);
    return { listening: status === 0 };
  },
  absent: { listening: false },
  cost: 'cheap',
});
