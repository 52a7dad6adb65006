// Statements of the reference that no case shows yet, in words; printed with the counts.

export const NOT_COVERED: readonly string[] = [
  '§1.3 vars_files, vars_prompt, import_playbook, throttle, free and host_pinned',
  '§1.4 delegate_to, delegate_facts, async, timeout, environment, no_log, module_defaults, ignore_unreachable',
  '§1.5 hosts that are unreachable within blocks, end_host in a rescue, ansible_failed_result, rescue without block (refused here; the harness cannot compare refusals)',
  '§1.4 a boolean within a longer text: true here, True there',
  '§1.6 meta: flush_handlers, handlers that include, handlers of roles',
  '§1.7 roles',
  '§1.8 include_* and import_*',
  '§1.9 tags of includes, ansible_run_tags',
  '§1.10 and §1.11 inventories, patterns and the order of variables',
];
