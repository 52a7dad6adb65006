// Names that are always there and that no file can set: the magic variables. A test holds them against those of the Program.

/** In the order of the docs. */
export const RESERVED_NAMES: readonly string[] = Object.freeze([
  'inventory_hostname',
  'group_names',
  'groups',
  'hostvars',
  'play_hosts',
  'facts',
  'role_name',
]);
