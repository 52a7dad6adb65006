// Module `wait.port`: waits until a TCP port of the host itself is listened on, or is not any more.
import { listens } from '../../facts/network/listening.ts';
import { portListening } from '../../facts/network/port.ts';
import { resource } from '../../facts/resource.ts';
import { sh } from '../../util/shell.ts';
import { defineModule } from '../contract.ts';
import { waitFor } from '../steps.ts';

/** Waits for a port. Only of the host itself: a POSIX sh cannot reach others, so let the task run on the host that listens. */
export const waitPort = defineModule({
  name: 'wait.port',
  summary: 'wait until something on the host listens on a TCP port, or nothing does any more',
  params: {
    type: 'object',
    properties: {
      port: { type: 'integer', minimum: 1, maximum: 65535, description: 'the TCP port' },
      address: {
        type: 'string',
        pattern: '^([0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)$',
        description: 'an IP address of the host that has to be served, by itself or by a socket open to all; left out, any will do',
      },
      state: { type: 'string', enum: ['open', 'closed'], default: 'open', description: 'what is waited for' },
      timeout: { type: 'integer', minimum: 1, default: 300, description: 'seconds until the task fails' },
    },
    required: ['port'],
    additionalProperties: false,
  },
  examples: [
    { title: 'a service that takes its time to start', yaml: 'name: zookeeper listens\nwait.port:\n  port: 12181\n  timeout: 60\n' },
    {
      title: 'on the address that clients use',
      yaml: 'name: redis listens on its address\nwait.port:\n  port: 7000\n  address: "{{ address }}"\n',
    },
  ],
  facts: p => ({ port: portListening({ port: p.port, address: p.address }) }),
  changes: (p, have) => {
    const listening = p.state === 'open';
    if (have.port.listening === listening) return [];
    const where = p.address === undefined ? `port ${p.port}` : `port ${p.port} of ${p.address}`;
    const look = listens({ port: p.port, address: p.address });
    return [
      waitFor({
        for: listening ? `something listens on ${where}` : `nothing listens on ${where} any more`,
        until: listening ? look : sh`! ${look}`,
        deadline: p.timeout,
        sets: [portListening({ port: p.port, address: p.address }).becomes({ listening })],
        touches: [resource.port(p.port)],
      }),
    ];
  },
  result: (_p, have) => ({ listening: have.port.listening }),
});
