// Names that no file can set, since they are given: the magic variables. A test holds them against those of the Program.

/** In the order of the docs. */
export const RESERVED_NAMES: readonly string[] = Object.freeze([
  'inventory_hostname',
  'inventory_hostname_short',
  'group_names',
  'groups',
  'hostvars',
  'play_hosts',
  'facts',
  'role_name',
  'role_path',
  'playbook_dir',
  'inventory_dir',
  'inventory_file',
  'ansible_limit',
  'ansible_run_tags',
  'ansible_skip_tags',
  'ansible_play_name',
]);
