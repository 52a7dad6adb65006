// The variables of role elasticsearch: the one home of their defaults. They follow the documented three nodes.

const PATH = '^/[A-Za-z0-9._/+-]+$';
const PORT = { type: 'integer', minimum: 1, maximum: 65535 } as const;
/** What cannot be misread in a line of jvm.options or in an address of HTTP. */
const WORD = '^[^"$`\\\\\\s]+$';
const ANY = { type: ['string', 'number', 'boolean', 'null', 'array', 'object'] } as const;

export const vars = {
  elasticsearch_version: {
    type: 'string',
    pattern: '^\\d+\\.\\d+\\.\\d+$',
    default: '7.17.29',
    description: 'version to run, 7.0 or later',
  },
  elasticsearch_url: { type: 'string', description: 'URL or path of the archive; default: this version on artifacts.elastic.co' },
  elasticsearch_checksum: {
    type: 'string',
    description: 'sha512:HEX of the archive, or URL or path of its checksum file; default: the one beside the default archive',
  },
  elasticsearch_inventory_group: { type: 'string', default: 'elasticsearch', description: 'the inventory group whose hosts are the nodes' },
  elasticsearch_cluster_name: { type: 'string', pattern: '^[^:"\\s]+$', default: 'imooc-es-cluster', description: 'cluster.name' },
  elasticsearch_node_name: {
    type: 'string',
    pattern: '^[A-Za-z0-9._-]+$',
    description: 'node.name of this host; default: its name in the inventory',
  },
  elasticsearch_node_roles: {
    type: 'array',
    items: { type: 'string', pattern: '^[a-z_]+$' },
    default: ['master', 'data', 'ingest'],
    description: 'what this node does; before 7.9 of these master, data and ingest, each by a setting of its own',
  },
  elasticsearch_address: {
    type: 'string',
    description: 'network.host: where the others and the clients reach this host; default: the address tsplay reaches it at',
  },
  elasticsearch_http_port: { ...PORT, default: 9200, description: 'port for clients; tsplay asks the node there' },
  elasticsearch_transport_port: { ...PORT, default: 9300, description: 'port for the other nodes, the same on all' },
  elasticsearch_user: { type: 'string', pattern: '^[a-z_][a-z0-9_-]*$', default: 'elasticsearch', description: 'user the node runs as' },
  elasticsearch_base: {
    type: 'string',
    pattern: PATH,
    default: '/opt/elasticsearch',
    description: 'folder that holds program, configuration and data',
  },
  elasticsearch_home: {
    type: 'string',
    pattern: PATH,
    description: "where the program lies; default: the archive's own folder name below elasticsearch_base",
  },
  elasticsearch_data_dir: { type: 'string', pattern: PATH, description: 'path.data; default: data below elasticsearch_base' },
  elasticsearch_log_dir: {
    type: 'string',
    pattern: PATH,
    default: '/var/log/elasticsearch',
    description: "where the JVM's own logs go; the node's go to the journal",
  },
  elasticsearch_heap: {
    type: 'integer',
    minimum: 64,
    late: true,
    description: 'MB of heap; default: half of the memory of the host, 31 GB at most',
  },
  elasticsearch_memory_lock: { type: 'boolean', default: true, description: 'keep the heap out of swap' },
  elasticsearch_java_home: {
    type: 'string',
    pattern: PATH,
    description: 'another Java than the bundled one, such as /usr/local/java of role java',
  },
  elasticsearch_java_options: {
    type: 'array',
    items: { type: 'string', pattern: WORD },
    default: [],
    description: 'further options of the JVM',
  },
  elasticsearch_security: {
    type: 'boolean',
    default: false,
    description: 'xpack.security.enabled, written in either case: 8.0 and later would turn it on by themselves',
  },
  elasticsearch_password: {
    type: 'string',
    secret: true,
    pattern: '^\\S+$',
    description: 'of the user elastic, whom tsplay asks as; needed where security is on',
  },
  elasticsearch_config: {
    type: 'object',
    additionalProperties: ANY,
    default: {},
    description: 'any further setting of elasticsearch.yml by its whole name',
  },
  elasticsearch_settings: {
    type: 'object',
    additionalProperties: { type: ['string', 'number', 'boolean', 'array', 'null'] },
    default: {},
    description: 'persistent settings of the cluster by their whole names',
  },
  elasticsearch_index_templates: {
    type: 'object',
    additionalProperties: { type: 'object', additionalProperties: ANY },
    default: {},
    description: 'index templates by name, as Elasticsearch takes them',
  },
  elasticsearch_log_level: {
    type: 'string',
    enum: ['trace', 'debug', 'info', 'warn', 'error'],
    default: 'info',
    description: 'what goes to the journal',
  },
  elasticsearch_open_files: { type: 'integer', minimum: 65535, default: 65535, description: 'limit of open files' },
  elasticsearch_sysctls: {
    type: 'object',
    additionalProperties: { type: ['string', 'number'] },
    default: { 'vm.max_map_count': 262144, 'vm.swappiness': 1 },
    description: 'kernel parameters of the host; containers cannot set vm.*',
  },
  elasticsearch_deadline: {
    type: 'integer',
    minimum: 1,
    default: 300,
    description: 'seconds a node may take to be back, and the cluster to be green',
  },
  elasticsearch_roll_force: {
    type: 'boolean',
    default: false,
    description: 'roll although the cluster is not green, or indices with one copy are away meanwhile',
  },
} as const;
