// The further settings of redis.conf: checked against those that variables of their own set, so that none stands there twice.
import type { RedisVars } from './layout.ts';

/** Settings the template writes, and the variable to use instead; empty: what the role alone decides. */
const MANAGED: Readonly<Record<string, string>> = {
  port: 'redis_cluster_ports',
  bind: 'redis_cluster_address',
  'protected-mode': '',
  requirepass: 'redis_cluster_password',
  masterauth: 'redis_cluster_password',
  dir: 'redis_cluster_base',
  daemonize: '',
  supervised: '',
  logfile: '',
  'cluster-enabled': '',
  'cluster-config-file': '',
  'cluster-node-timeout': 'redis_cluster_node_timeout',
  'cluster-announce-ip': 'redis_cluster_address',
  'cluster-announce-port': 'redis_cluster_ports',
  'cluster-announce-bus-port': 'redis_cluster_ports',
  'cluster-allow-replica-migration': '',
  appendonly: 'redis_cluster_append_only',
  'disable-thp': '',
  replicaof: '',
};

/** A line `key value`. */
export interface Setting {
  readonly key: string;
  readonly value: string;
}

/** The further settings by name. @throws Error with words for a person */
export function furtherSettings({ redis_cluster_config }: Pick<RedisVars, 'redis_cluster_config'>): readonly Setting[] {
  return Object.keys(redis_cluster_config)
    .sort()
    .map(key => {
      const variable = MANAGED[key];
      if (variable === '') throw new Error(`redis_cluster_config sets ${key}, which the role decides, leave it out`);
      if (variable !== undefined) throw new Error(`redis_cluster_config sets ${key}, which ${variable} sets already, set that`);
      const value = redis_cluster_config[key];
      const text = value === true ? 'yes' : value === false ? 'no' : String(value);
      if (!/^[a-z0-9-]+$/.test(key) || /[\n\r]/.test(text))
        throw new Error(`redis_cluster_config has ${JSON.stringify(key)}, which cannot stand in redis.conf as one line`);
      return { key, value: text === '' ? '""' : text };
    });
}
