// Where everything of an instance lies, by its port.
import type { Variables } from '../../src/index.ts';
import type { vars } from './vars.ts';

export type RedisVars = Variables<typeof vars>;

/** The template that every instance's unit is made of. */
export const TEMPLATE_UNIT = 'redis@.service';

/** Absolute paths of one instance. */
export interface InstanceLayout {
  /** Full name of the unit. */
  readonly unit: string;
  /** Belongs to root: whoever runs as Redis may write its data only. */
  readonly folder: string;
  readonly conf: string;
  /** `dir` of the instance, and of nobody else. */
  readonly data: string;
  /** What the instance keeps of the cluster, below `data`. */
  readonly nodes: string;
}

/** The layout of the instance that listens on a port; `%i` gives what stands in the unit's template. */
export function layoutOf({ redis_cluster_base }: Pick<RedisVars, 'redis_cluster_base'>, port: number | '%i'): InstanceLayout {
  const folder = `${redis_cluster_base}/${port}`;
  return {
    unit: `redis@${port}.service`,
    folder,
    conf: `${folder}/redis.conf`,
    data: `${folder}/data`,
    nodes: `nodes_${port}.conf`,
  };
}

/** The files that a running instance depends on: when one differs, it needs a restart. */
export function startFiles({ conf }: InstanceLayout): readonly string[] {
  return [conf, `/etc/systemd/system/${TEMPLATE_UNIT}`];
}
