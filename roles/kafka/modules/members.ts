// The parameters every cluster module of this role takes: the brokers of the cluster, and how it is asked.
import type { Infer } from '../../../src/index.ts';

/** The brokers, as the inventory has them. */
export const MEMBERS = {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      name: { type: 'string', description: 'name in the inventory' },
      id: { type: 'integer', minimum: 0, description: 'broker.id, or node.id' },
      address: { type: 'string', description: 'where the others and the clients reach it' },
      port: { type: 'integer', minimum: 1, maximum: 65535, description: 'port of the listener for clients' },
    },
    required: ['name', 'id', 'address', 'port'],
    additionalProperties: false,
  },
  minItems: 1,
  description: 'the brokers of the cluster',
} as const;

/** One broker. */
export interface Member {
  readonly name: string;
  readonly id: number;
  readonly address: string;
  readonly port: number;
}

/** Where the cluster answers, and what asks it. Any host with the program can ask for all. */
export const ASK = {
  type: 'object',
  properties: {
    home: { type: 'string', description: 'where Kafka is unpacked' },
    java_home: { type: 'string', description: 'the Java its tools run with' },
    version: { type: 'string', description: 'version of the program in `home`: its tools differ from line to line' },
    mode: { type: 'string', enum: ['zookeeper', 'kraft'], description: 'what keeps the metadata' },
    bootstrap: { type: 'array', items: { type: 'string' }, minItems: 1, description: 'address:port of every broker' },
    zookeeper: { type: 'string', description: 'zookeeper.connect; mode zookeeper only' },
  },
  required: ['home', 'java_home', 'version', 'mode', 'bootstrap'],
  additionalProperties: false,
  description: 'how the cluster is asked',
} as const;

/** How the cluster is asked. */
export type Ask = Infer<typeof ASK>;

/** The unit that looks after a broker. */
export const UNIT = { type: 'string', default: 'kafka.service', description: 'the systemd unit of the broker' } as const;

/** `ask` as it stands in the examples. */
export const ASK_YAML = `    ask:
      home: /opt/kafka/kafka_2.11-2.2.0
      java_home: /usr/local/java
      version: 2.2.0
      mode: zookeeper
      bootstrap: ["192.168.11.128:19092"]
      zookeeper: 192.168.11.128:12181
`;
