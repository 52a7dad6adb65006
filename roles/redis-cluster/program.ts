// Where the program comes from and lies, by the method of installation.
import type { RedisVars } from './layout.ts';

/** The program as the package brings it. */
interface Packaged {
  readonly method: 'package';
  readonly server: string;
  readonly links: readonly string[];
}

/** The program as it is compiled. A newer version lies beside the older one, which still runs. */
export interface Compiled {
  readonly method: 'source';
  readonly server: string;
  /** A start goes through it: when it points elsewhere, a restart is due. */
  readonly links: readonly string[];
  readonly url: string;
  readonly checksum: string | undefined;
  /** Where the archive is unpacked and compiled. */
  readonly source: string;
  /** Where it is installed. */
  readonly home: string;
  readonly link: string;
}

/** The project publishes no checksum beside an archive; this one stands in its list. */
const CHECKSUMS: Readonly<Record<string, string>> = {
  '5.0.0': 'sha256:70c98b2d0640b2b73c9d8adb4df63bcb62bad34b788fe46d1634b6cf87dc99a4',
};

/** @throws Error with words for a person */
export function programOf(vars: RedisVars): Packaged | Compiled {
  const { redis_cluster_version: version, redis_cluster_url: url, redis_cluster_checksum: checksum } = vars;
  if (vars.redis_cluster_method === 'package') {
    if (url !== undefined || checksum !== undefined)
      throw new Error('redis_cluster_url and redis_cluster_checksum are of redis_cluster_method: source, set that or leave them out');
    return { method: 'package', server: '/usr/bin/redis-server', links: [] };
  }
  if (!/^\d+\.\d+\.\d+$/.test(version))
    throw new Error(
      `redis_cluster_version is ${version}, and an archive is of one version: write all three numbers, such as ${version}.15`,
    );
  const link = '/usr/local/redis';
  return {
    method: 'source',
    server: `${link}/bin/redis-server`,
    links: [link],
    url: url ?? `https://download.redis.io/releases/redis-${version}.tar.gz`,
    checksum: checksum ?? (url === undefined ? CHECKSUMS[version] : undefined),
    source: `/usr/local/src/redis-${version}`,
    home: `${link}-${version}`,
    link,
  };
}
