// Where a source of packages and its key are on the host.

/** The directory of keys that belong to one source each. */
export const KEYRINGS = '/etc/apt/keyrings';

export function sourcePath(name: string): string {
  return `/etc/apt/sources.list.d/${name}.sources`;
}

export function keyPath(name: string): string {
  return `${KEYRINGS}/${name}.asc`;
}
