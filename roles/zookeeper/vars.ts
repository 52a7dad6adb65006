// The variables of role zookeeper: the one home of their defaults. They follow the layout of the documented three servers.
import { javaHome } from '../java/home.ts';

const PATH = '^/[A-Za-z0-9._/+-]+$';

export const vars = {
  zookeeper_version: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+$', default: '3.4.14', description: 'version to run' },
  zookeeper_upgrade: {
    type: 'boolean',
    default: false,
    description: 'go to a newer line, such as from 3.4 to 3.9; playbooks/zookeeper-upgrade.yml sets it',
  },
  zookeeper_url: { type: 'string', description: 'URL or path of the archive; default: this version on archive.apache.org' },
  zookeeper_checksum: {
    type: 'string',
    description: 'sha512:HEX of the archive, or URL or path of its checksum file; default: the one beside the default archive',
  },
  zookeeper_inventory_group: { type: 'string', default: 'zookeeper', description: 'the inventory group whose hosts are the ensemble' },
  zookeeper_id: { type: 'integer', minimum: 1, maximum: 255, description: 'myid of this host; default: its place in the group, from 1' },
  zookeeper_address: { type: 'string', description: 'where the others reach this host; default: the address tsplay reaches it at' },
  zookeeper_peers_by: {
    type: 'string',
    enum: ['address', 'name'],
    default: 'address',
    description: 'what server.N lines say: addresses, or inventory names',
  },
  zookeeper_hosts_entries: { type: 'boolean', default: true, description: "keep the servers' names in /etc/hosts" },
  zookeeper_user: { type: 'string', pattern: '^[a-z_][a-z0-9_-]*$', default: 'zookeeper', description: 'user the server runs as' },
  zookeeper_user_home: { type: 'string', pattern: PATH, description: 'home of that user; default: zookeeper_base' },
  zookeeper_user_shell: { type: 'string', pattern: PATH, default: '/usr/sbin/nologin', description: 'shell of that user' },
  zookeeper_base: { type: 'string', pattern: PATH, default: '/opt/zookeeper', description: 'folder that holds program and data' },
  zookeeper_home: {
    type: 'string',
    pattern: PATH,
    description: "where the program lies; default: the archive's own folder name below zookeeper_base",
  },
  zookeeper_data_dir: { type: 'string', pattern: PATH, description: 'snapshots and myid; default: zkdata below zookeeper_base' },
  zookeeper_data_log_dir: { type: 'string', pattern: PATH, description: 'transaction logs; default: zkdatalog below zookeeper_base' },
  zookeeper_log_dir: {
    type: 'string',
    pattern: PATH,
    default: '/var/log/zookeeper',
    description: 'where the server may write logs beside the journal',
  },
  zookeeper_client_port: { type: 'integer', minimum: 1, maximum: 65535, default: 12181, description: 'port for clients' },
  zookeeper_peer_port: {
    type: 'integer',
    minimum: 1,
    maximum: 65535,
    default: 2888,
    description: 'port on which followers reach the leader',
  },
  zookeeper_election_port: { type: 'integer', minimum: 1, maximum: 65535, default: 3888, description: 'port on which a leader is elected' },
  zookeeper_tick_time: { type: 'integer', minimum: 1, default: 2000, description: 'milliseconds of one tick' },
  zookeeper_init_limit: { type: 'integer', minimum: 1, default: 5, description: 'ticks a follower may take to connect and catch up' },
  zookeeper_sync_limit: { type: 'integer', minimum: 1, default: 5, description: 'ticks a follower may lag behind' },
  zookeeper_snapshots_kept: { type: 'integer', minimum: 3, default: 66, description: 'snapshots, with their logs, that the purge leaves' },
  zookeeper_purge_interval: { type: 'integer', minimum: 0, default: 24, description: 'hours between purges; 0 purges never' },
  zookeeper_four_letter_words: {
    type: 'array',
    items: { type: 'string', enum: ['conf', 'cons', 'dirs', 'dump', 'envi', 'isro', 'mntr', 'ruok', 'srvr', 'stat', 'wchs'] },
    default: ['srvr', 'stat', 'ruok', 'mntr', 'isro'],
    description: 'four-letter words the server answers; srvr and mntr are needed',
  },
  zookeeper_listen_on_all: {
    type: 'boolean',
    default: false,
    description: 'listen for peers on all addresses: for NAT and hosts with several networks',
  },
  zookeeper_config: {
    type: 'object',
    additionalProperties: { type: ['string', 'number', 'boolean'] },
    default: {},
    description: 'any further key of zoo.cfg',
  },
  zookeeper_heap: { type: 'integer', minimum: 32, default: 512, description: 'MB of heap' },
  zookeeper_java_home: {
    type: 'string',
    pattern: PATH,
    default: javaHome(),
    description: 'the Java it runs with; role java links every version',
  },
  zookeeper_java_options: {
    type: 'array',
    items: { type: 'string', pattern: '^[^"$`\\\\\\s]+$' },
    default: [],
    description: 'further options of the JVM',
  },
  zookeeper_log_level: {
    type: 'string',
    enum: ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR'],
    default: 'INFO',
    description: 'what goes to the journal',
  },
  zookeeper_open_files: { type: 'integer', minimum: 1024, default: 65536, description: 'limit of open files' },
} as const;
