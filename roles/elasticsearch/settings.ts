// What stands in elasticsearch.yml, in sections: everything that variables decide, then whatever else is wanted. Values are written as JSON, which is YAML.
import { isAtLeast } from '../../src/index.ts';
import type { ElasticsearchVars, Layout } from './layout.ts';
import type { Member } from './modules/members.ts';

/** Settings under one heading. */
export interface Section {
  readonly title: string;
  readonly settings: readonly { readonly key: string; readonly value: string }[];
}

/** Settings the role writes, and the variable to use instead; empty: what the role alone decides. */
const MANAGED: Readonly<Record<string, string>> = {
  'cluster.name': 'elasticsearch_cluster_name',
  'node.name': 'elasticsearch_node_name',
  'node.roles': 'elasticsearch_node_roles',
  'node.master': 'elasticsearch_node_roles',
  'node.data': 'elasticsearch_node_roles',
  'node.ingest': 'elasticsearch_node_roles',
  'path.data': 'elasticsearch_data_dir',
  'path.logs': 'elasticsearch_log_dir',
  'network.host': 'elasticsearch_address',
  'http.port': 'elasticsearch_http_port',
  'transport.port': 'elasticsearch_transport_port',
  'discovery.seed_hosts': '',
  'cluster.initial_master_nodes': '',
  'bootstrap.memory_lock': 'elasticsearch_memory_lock',
  'xpack.security.enabled': 'elasticsearch_security',
};

/** Settings that no version of this role starts with, and why. */
const REFUSED: Readonly<Record<string, string>> = {
  'discovery.zen.minimum_master_nodes': '7.0 and later find their majority by themselves, and 8.0 does not start with it',
  'discovery.zen.ping.unicast.hosts': 'the inventory says who the nodes are',
};

/** The file's sections. @throws Error with words for a person */
export function settingsOf(vars: ElasticsearchVars, layout: Layout, nodes: readonly Member[], own: Member): readonly Section[] {
  const sections: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
    ['who it is', { 'cluster.name': vars.elasticsearch_cluster_name, 'node.name': own.node, ...rolesOf(vars) }],
    [
      'where it is reached',
      {
        'network.host': own.address,
        'http.port': own.port,
        'transport.port': vars.elasticsearch_transport_port,
        'discovery.seed_hosts': nodes.filter(({ eligible }) => eligible).map(({ address }) => seedOf(vars, address)),
      },
    ],
    ['what it keeps', { 'path.data': layout.data, 'path.logs': vars.elasticsearch_log_dir }],
    ['what it may do', { 'bootstrap.memory_lock': vars.elasticsearch_memory_lock, 'xpack.security.enabled': vars.elasticsearch_security }],
    ['elasticsearch_config', furtherSettings(vars, nodes)],
  ];
  return sections
    .map(([title, settings]) => ({
      title,
      settings: Object.entries(settings).map(([key, value]) => ({ key, value: JSON.stringify(value) })),
    }))
    .filter(({ settings }) => settings.length > 0);
}

/** Before 7.9 each of the three had a setting of its own. */
function rolesOf({ elasticsearch_version, elasticsearch_node_roles: roles }: ElasticsearchVars): Readonly<Record<string, unknown>> {
  if (isAtLeast(elasticsearch_version, '7.9.0')) return { 'node.roles': roles };
  const known = ['master', 'data', 'ingest'];
  const odd = roles.find(role => !known.includes(role));
  if (odd !== undefined)
    throw new Error(
      `elasticsearch_node_roles has ${odd}, but Elasticsearch ${elasticsearch_version} knows only ${known.join(', ')}; the others came with 7.9`,
    );
  return Object.fromEntries(known.map(role => [`node.${role}`, roles.includes(role)]));
}

function seedOf({ elasticsearch_transport_port: port }: ElasticsearchVars, address: string): string {
  return `${address.includes(':') ? `[${address}]` : address}:${port}`;
}

function furtherSettings(vars: ElasticsearchVars, nodes: readonly Member[]): Readonly<Record<string, unknown>> {
  const config = vars.elasticsearch_config;
  for (const key of Object.keys(config)) {
    const variable = MANAGED[key];
    if (variable === '') throw new Error(`elasticsearch_config sets ${key}, but the inventory says who the nodes are, leave it out`);
    if (variable !== undefined) throw new Error(`elasticsearch_config sets ${key}, which ${variable} sets already, set that`);
    const reason = REFUSED[key];
    if (reason !== undefined) throw new Error(`elasticsearch_config sets ${key}, but ${reason}, leave it out`);
    if (!/^[A-Za-z0-9._*-]+$/.test(key))
      throw new Error(
        `elasticsearch_config has the key ${JSON.stringify(key)}, write settings by their whole names, such as node.attr.rack`,
      );
  }
  if (vars.elasticsearch_security) refuseHalfSecure(vars, nodes);
  return Object.fromEntries(Object.entries(config).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Security by halves does not start, or locks tsplay out. */
function refuseHalfSecure({ elasticsearch_config: config, elasticsearch_password }: ElasticsearchVars, nodes: readonly Member[]): void {
  if (elasticsearch_password === undefined)
    throw new Error('elasticsearch_security is on, and elasticsearch_password is not set: tsplay has to log in, set it (in a vault)');
  if (nodes.length > 1 && String(config['xpack.security.transport.ssl.enabled']) !== 'true')
    throw new Error(
      'elasticsearch_security is on, and nodes then let each other in by certificates only: make them with elasticsearch-certutil, and set xpack.security.transport.ssl.enabled: true and where they lie in elasticsearch_config',
    );
  if (String(config['xpack.security.http.ssl.enabled']) === 'true')
    throw new Error(
      'elasticsearch_config sets xpack.security.http.ssl.enabled, but tsplay asks nodes over plain HTTP from their own host; put TLS for clients into a proxy',
    );
}
