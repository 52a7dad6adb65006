// The variables of role redis-cluster: the one home of their defaults. They follow the documented six instances.

const PATH = '^/[A-Za-z0-9._/+-]+$';
const PORT = { type: 'integer', minimum: 1, maximum: 55535 } as const;

export const vars = {
  redis_cluster_method: {
    type: 'string',
    enum: ['package', 'source'],
    default: 'package',
    description: "package: that of the host's package manager; source: the project's own archive, compiled on each host",
  },
  redis_cluster_version: {
    type: 'string',
    pattern: '^\\d+\\.\\d+(\\.\\d+)?$',
    default: '7.0',
    description: 'the line that the settings are written for: that of the package; method source needs all three numbers',
  },
  redis_cluster_url: { type: 'string', description: "URL or path of the archive; default: the project's own, by the version" },
  redis_cluster_checksum: {
    type: 'string',
    description: 'sha256:HEX of the archive, or URL or path of its checksum file; known for the documented 5.0.0',
  },
  redis_cluster_make: {
    type: 'array',
    items: { type: 'string', minLength: 1 },
    default: ['-j2'],
    description: 'what make is told beside where to install, such as MALLOC=libc',
  },
  redis_cluster_inventory_group: { type: 'string', default: 'redis', description: 'the inventory group whose hosts are the cluster' },
  redis_cluster_ports: {
    type: 'array',
    items: PORT,
    default: [7000, 7001, 7002, 7003, 7004, 7005],
    description: 'ports of the instances on this host; each has its bus port 10000 above',
  },
  redis_cluster_leaving_ports: {
    type: 'array',
    items: PORT,
    default: [],
    description: 'those of them that are to leave: their slots are moved away, then the cluster forgets them, then they are stopped',
  },
  redis_cluster_address: {
    type: 'string',
    description: 'IP address where clients and the other instances reach this host; default: the address tsplay reaches it at',
  },
  redis_cluster_replicas: { type: 'integer', minimum: 0, default: 1, description: 'replicas of each master' },
  redis_cluster_password: {
    type: 'string',
    secret: true,
    pattern: '^[^"\\\\\\s]+$',
    description: 'requirepass and masterauth of all instances; needed unless all of them listen on 127.0.0.1 only',
  },
  redis_cluster_user: {
    type: 'string',
    pattern: '^[a-z_][a-z0-9_-]*$',
    default: 'redis',
    description: 'user the instances run as: that of the package; method source makes it',
  },
  redis_cluster_base: {
    type: 'string',
    pattern: PATH,
    default: '/usr/local/redis_cluster',
    description: 'folder that has one folder for each port',
  },
  redis_cluster_node_timeout: {
    type: 'integer',
    minimum: 500,
    default: 5000,
    description: 'milliseconds after which an instance that does not answer is given up by the others',
  },
  redis_cluster_append_only: { type: 'boolean', default: true, description: 'log every write to the append-only file' },
  redis_cluster_config: {
    type: 'object',
    additionalProperties: { type: ['string', 'number', 'boolean'] },
    default: {},
    description: 'further settings of redis.conf, such as maxmemory',
  },
  redis_cluster_balance: {
    type: 'boolean',
    default: true,
    description: 'move slots between masters that differ by more than 2 %; false where slots were given out by hand',
  },
  redis_cluster_roll_force: {
    type: 'boolean',
    default: false,
    description: 'restart a master that no replica can stand in for, although its slots are not served meanwhile',
  },
  redis_cluster_sysctls: {
    type: 'object',
    additionalProperties: { type: ['string', 'number'] },
    default: { 'vm.overcommit_memory': 1, 'net.core.somaxconn': 1024 },
    description: 'kernel parameters',
  },
  redis_cluster_open_files: { type: 'integer', minimum: 1024, default: 65536, description: 'limit of open files' },
  redis_cluster_deadline: {
    type: 'integer',
    minimum: 1,
    default: 120,
    description: 'seconds an instance may take to be back, and the cluster to be whole',
  },
} as const;
