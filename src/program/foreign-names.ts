// Names that Ansible's playbooks rely on and that are not here: what to write for each.

const HOST = 'there is no such thing here';
const ROLES = 'write out the name of the role: a playbook names its roles, and role_name is the one a task is in';
const MODE = 'leave the condition out: a dry run foretells every task, and none needs to know of it';
const HOSTS = 'use play_hosts, the hosts of the play; what failed is out of the play by itself';
const LOOP = 'use item and loop.index, loop.first, loop.last, loop.length';

/** By what is written. */
const INSTEAD: Readonly<Record<string, string>> = {
  ansible_check_mode: MODE,
  ansible_diff_mode: MODE,
  ansible_play_hosts: HOSTS,
  ansible_play_batch: HOSTS,
  ansible_role_names: ROLES,
  ansible_play_role_names: ROLES,
  ansible_dependent_role_names: ROLES,
  ansible_parent_role_names: ROLES,
  ansible_parent_role_paths: ROLES,
  ansible_collection_name: HOST,
  role_path: 'name the file alone: templates/ and files/ of the role are looked in by themselves',
  ansible_search_path: 'name the file alone: it is looked for beside the role and the playbook',
  ansible_forks: HOST,
  ansible_verbosity: HOST,
  ansible_version: HOST,
  ansible_config_file: HOST,
  ansible_playbook_python: HOST,
  ansible_inventory_sources: 'use inventory_dir or inventory_file',
  ansible_loop: LOOP,
  ansible_loop_var: LOOP,
  ansible_index_var: LOOP,
  omit: 'leave the parameter out, or give what it is without it',
  vars: 'write the name of the variable itself',
  environment: 'write the parameter environment of the task',
  ansible_facts: 'use facts, such as facts.os.family',
  ansible_local: 'read the file with a task and register it',
  ansible_date_time: 'run the command date and register it',
  ansible_hostname: 'use facts.net.hostname',
  ansible_fqdn: 'use inventory_hostname, or run the command "hostname -f" and register it',
  ansible_os_family: 'use facts.os.family',
  ansible_distribution: 'use facts.os.name',
  ansible_distribution_release: 'use facts.os.codename',
  ansible_distribution_version: 'use facts.os.version',
  ansible_distribution_major_version: 'use facts.os.version',
  ansible_architecture: 'use facts.os.arch',
  ansible_kernel: 'use facts.os.kernel',
  ansible_processor_vcpus: 'use facts.cpu.count',
  ansible_memtotal_mb: 'use facts.memory.total',
  ansible_default_ipv4: 'use facts.net.default',
  ansible_default_ipv6: 'use facts.net',
  ansible_all_ipv4_addresses: 'use facts.net.addresses',
  ansible_interfaces: 'use facts.net',
  ansible_service_mgr: 'use facts.service_manager',
  ansible_user_id: 'use facts.user.name',
  ansible_virtualization_type: 'use facts.virtualization',
  ansible_mounts: 'use facts.mounts',
  ansible_machine_id: 'use facts.machine_id',
};

/** What to write for a name of Ansible's; undefined for one that is none. */
export function insteadOfName(name: string): string | undefined {
  return Object.hasOwn(INSTEAD, name) ? INSTEAD[name] : undefined;
}
