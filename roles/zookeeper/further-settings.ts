// The further keys of zoo.cfg: checked against those that variables of their own set, so that no key stands there twice.
import type { ZookeeperVars } from './layout.ts';

/** Keys the template writes, and the variable to use instead. */
const MANAGED: Readonly<Record<string, string>> = {
  tickTime: 'zookeeper_tick_time',
  initLimit: 'zookeeper_init_limit',
  syncLimit: 'zookeeper_sync_limit',
  dataDir: 'zookeeper_data_dir',
  dataLogDir: 'zookeeper_data_log_dir',
  clientPort: 'zookeeper_client_port',
  'autopurge.snapRetainCount': 'zookeeper_snapshots_kept',
  'autopurge.purgeInterval': 'zookeeper_purge_interval',
  '4lw.commands.whitelist': 'zookeeper_four_letter_words',
  quorumListenOnAllIPs: 'zookeeper_listen_on_all',
};

/** A line `key=value`. */
export interface Setting {
  readonly key: string;
  readonly value: string;
}

/** The further settings by name. @throws Error with words for a person when one is managed already */
export function furtherSettings({ zookeeper_config }: Pick<ZookeeperVars, 'zookeeper_config'>): readonly Setting[] {
  const keys = Object.keys(zookeeper_config).sort();
  for (const key of keys) {
    const variable = MANAGED[key];
    if (variable !== undefined) throw new Error(`zookeeper_config sets ${key}, which ${variable} sets already, set that`);
    if (key === 'clientPortAddress')
      throw new Error('zookeeper_config sets clientPortAddress, but tsplay asks each server on 127.0.0.1, use a firewall instead');
    if (/^(server|group|weight)\./.test(key)) throw new Error(`zookeeper_config sets ${key}, but the inventory says who the servers are`);
    if (!/^[A-Za-z0-9._-]+$/.test(key))
      throw new Error(`zookeeper_config has the key ${JSON.stringify(key)}, which cannot stand in zoo.cfg`);
  }
  return keys.map(key => ({ key, value: String(zookeeper_config[key]) }));
}
