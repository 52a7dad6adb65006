// The variables of role kafka: the one home of their defaults. They follow the layout of the documented three brokers.
import { javaHome } from '../java/home.ts';

const PATH = '^/[A-Za-z0-9._/+-]+$';
const PORT = { type: 'integer', minimum: 1, maximum: 65535 } as const;
const COUNT = { type: 'integer', minimum: 1 } as const;
/** What cannot be misread inside a quoted value of a systemd unit. */
const WORD = '^[^"$`\\\\%\\s]+$';
const LISTENER = { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9_]*://\\S*:\\d+$' } as const;

const TOPIC = {
  type: 'object',
  properties: {
    name: { type: 'string', pattern: '^[A-Za-z0-9._-]{1,249}$', description: 'letters, digits, and . _ -' },
    partitions: { ...COUNT, description: 'may grow later, never shrink; default: kafka_num_partitions' },
    replication_factor: { ...COUNT, description: 'copies of each partition; default: kafka_default_replication_factor' },
    config: {
      type: 'object',
      additionalProperties: { type: ['string', 'number', 'boolean'] },
      default: {},
      description: 'settings of the topic, such as retention.ms',
    },
  },
  required: ['name'],
  additionalProperties: false,
} as const;

export const vars = {
  kafka_version: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+$', default: '2.2.0', description: 'version to run, 2.2 or later' },
  kafka_scala: {
    type: 'string',
    pattern: '^\\d+\\.\\d+$',
    description: 'Scala it is built with; default: 2.11 up to 2.3, 2.12 up to 2.5, then 2.13',
  },
  kafka_url: { type: 'string', description: 'URL or path of the archive; default: this version on archive.apache.org' },
  kafka_checksum: {
    type: 'string',
    description: 'sha512:HEX of the archive, or URL or path of its checksum file; default: the one beside the default archive',
  },
  kafka_mode: {
    type: 'string',
    enum: ['zookeeper', 'kraft'],
    description: 'what keeps the metadata; default: zookeeper up to 3.9, kraft from 4.0',
  },
  kafka_inventory_group: { type: 'string', default: 'kafka', description: 'the inventory group whose hosts are the brokers' },
  kafka_id: {
    type: 'integer',
    minimum: 0,
    maximum: 1000,
    description: 'broker.id of this host (node.id in kraft); default: its place in the group, from 0',
  },
  kafka_address: {
    type: 'string',
    description: 'where clients and the other brokers reach this host; default: the address tsplay reaches it at',
  },
  kafka_hosts_entries: { type: 'boolean', default: true, description: "keep the brokers' names in /etc/hosts" },
  kafka_user: { type: 'string', pattern: '^[a-z_][a-z0-9_-]*$', default: 'kafka', description: 'user the broker runs as' },
  kafka_base: { type: 'string', pattern: PATH, default: '/opt/kafka', description: 'folder that holds program and data' },
  kafka_home: {
    type: 'string',
    pattern: PATH,
    description: "where the program lies; default: the archive's own folder name below kafka_base",
  },
  kafka_log_dirs: {
    type: 'array',
    items: { type: 'string', pattern: PATH },
    minItems: 1,
    description: 'where messages are kept, one folder for each disk; default: kafkalogs below kafka_base',
  },
  kafka_log_dir: {
    type: 'string',
    pattern: PATH,
    default: '/var/log/kafka',
    description: "where the JVM's own logs go; the broker's go to the journal",
  },
  kafka_port: { ...PORT, default: 19092, description: 'port for clients and the other brokers; tsplay asks the cluster there' },
  kafka_listeners: {
    type: 'array',
    items: LISTENER,
    minItems: 1,
    description: 'listeners of this host; one of them is PLAINTEXT on kafka_port; default: that one, on kafka_address',
  },
  kafka_advertised_listeners: {
    type: 'array',
    items: LISTENER,
    minItems: 1,
    description: 'what clients are told; default: the listeners',
  },
  kafka_controller_port: { ...PORT, default: 19093, description: 'port of the controllers; kraft only' },
  kafka_zookeeper_group: {
    type: 'string',
    default: 'zookeeper',
    description: 'the inventory group whose hosts are the ZooKeeper ensemble',
  },
  kafka_zookeeper_chroot: {
    type: 'string',
    pattern: '^(/[A-Za-z0-9._-]+)*$',
    default: '',
    description: 'path below which ZooKeeper keeps this cluster, such as /kafka; the whole tree when empty',
  },
  kafka_cluster_id: { type: 'string', pattern: '^[A-Za-z0-9_-]{22}$', description: 'identity of the cluster; kraft needs it' },
  kafka_format_replaced: {
    type: 'array',
    items: { type: 'string' },
    default: [],
    description: 'brokers by name whose empty log dirs are formatted although the cluster has run: their disks were replaced; kraft only',
  },
  kafka_num_partitions: { ...COUNT, default: 1, description: 'partitions of a topic that does not say how many' },
  kafka_default_replication_factor: {
    ...COUNT,
    description: 'copies of a topic that does not say how many; default: 3, or as many as there are brokers',
  },
  kafka_min_insync_replicas: { ...COUNT, default: 1, description: 'copies that must have a message before acks=all is answered' },
  kafka_message_max_bytes: { ...COUNT, default: 5242880, description: 'largest batch of messages, for producers and for the copies' },
  kafka_retention_hours: { type: 'integer', minimum: -1, default: 168, description: 'hours messages are kept; -1 keeps them for ever' },
  kafka_segment_bytes: { type: 'integer', minimum: 1048576, default: 1073741824, description: 'bytes after which a new file is begun' },
  kafka_network_threads: { ...COUNT, default: 3, description: 'threads that talk to clients' },
  kafka_io_threads: { ...COUNT, default: 8, description: 'threads that do the work; more than log dirs' },
  kafka_auto_create_topics: { type: 'boolean', default: false, description: 'whether a client makes a topic by naming it' },
  kafka_unclean_leader_election: {
    type: 'boolean',
    default: false,
    description: 'whether a copy that lags behind may lead when no other is left; loses messages',
  },
  kafka_protocol_version: {
    type: 'string',
    pattern: '^\\d+\\.\\d+$',
    description: 'inter.broker.protocol.version; playbooks/kafka-upgrade.yml does this by itself',
  },
  kafka_config: {
    type: 'object',
    additionalProperties: { type: ['string', 'number', 'boolean'] },
    default: {},
    description: 'any further key of server.properties',
  },
  kafka_topics: {
    type: 'array',
    items: TOPIC,
    description: 'topics that must be there; default: test, with 1 partition and 2 copies, as documented',
  },
  kafka_heap: { type: 'integer', minimum: 64, default: 1024, description: 'MB of heap' },
  kafka_java_home: {
    type: 'string',
    pattern: PATH,
    default: javaHome(),
    description: 'the Java it runs with; role java links every version',
  },
  kafka_java_options: { type: 'array', items: { type: 'string', pattern: WORD }, default: [], description: 'further options of the JVM' },
  kafka_log_level: {
    type: 'string',
    enum: ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR'],
    default: 'INFO',
    description: 'what goes to the journal',
  },
  kafka_open_files: { type: 'integer', minimum: 1024, default: 100000, description: 'limit of open files' },
  kafka_sysctls: {
    type: 'object',
    additionalProperties: { type: ['string', 'number'] },
    default: { 'vm.max_map_count': 262144, 'vm.swappiness': 1, 'vm.dirty_background_ratio': 5, 'vm.dirty_ratio': 80 },
    description: 'kernel parameters of the host; containers cannot set vm.*',
  },
  kafka_deadline: {
    ...COUNT,
    default: 300,
    description: 'seconds a broker may take to be back and its copies to catch up, before a roll gives up',
  },
  kafka_roll_force: { type: 'boolean', default: false, description: 'roll although partitions with a single copy will be away meanwhile' },
  kafka_upgrade: {
    type: 'string',
    enum: ['none', 'binaries', 'lift'],
    default: 'none',
    description: 'the step of an upgrade; playbooks/kafka-upgrade.yml sets it',
  },
} as const;
