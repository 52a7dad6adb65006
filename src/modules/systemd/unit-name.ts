// Names of systemd units as people write them and as systemd takes them.

/** A unit's name; `.service` may be left out. */
export const UNIT_NAME = { type: 'string', pattern: '^[A-Za-z0-9_][A-Za-z0-9:_.\\\\@-]*$' } as const;

const SUFFIX = /\.(service|socket|timer|target|path|mount|automount|slice|device|swap|scope)$/;

/** The full name: `zookeeper` is `zookeeper.service`. */
export function fullUnitName(name: string): string {
  return SUFFIX.test(name) ? name : `${name}.service`;
}

/** Whether it is a template, such as `redis@.service`: it has no state of its own. */
export function isTemplate(unit: string): boolean {
  return unit.includes('@.');
}

/** The template of an instance: `redis@7000.service` is made of `redis@.service`; undefined for any other unit. */
export function templateOf(unit: string): string | undefined {
  const match = /^([^@]+@)[^@]+(\.[a-z]+)$/.exec(unit);
  return match === null ? undefined : `${match[1] ?? ''}${match[2] ?? ''}`;
}

/** Where the host's own units are. */
export const UNIT_DIRECTORY = '/etc/systemd/system';
