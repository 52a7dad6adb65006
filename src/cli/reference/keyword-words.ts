// One sentence for each keyword of plays, tasks and blocks, in the words of the docs.

interface Words {
  /** Lower case, no full stop. */
  readonly says: string;
  readonly yaml?: string;
}

export const KEYWORD_WORDS: Readonly<Record<string, Words>> = Object.freeze({
  name: { says: 'what the play, task or block is called in everything that is shown' },
  hosts: { says: 'the hosts of the play, as a pattern or a list of patterns', yaml: 'hosts: kafka:!n3\n' },
  gather_facts: { says: 'may say false and changes nothing: facts are read when something asks for them' },
  become: { says: 'whether tasks run as another user, root when no other is named', yaml: 'become: true\nbecome_user: postgres\n' },
  become_user: { says: 'whom tasks run as where become is true; root when it is not written' },
  become_method: { says: 'how another user is become: sudo, su or doas' },
  vars: { says: 'variables for what stands here and inside it', yaml: 'vars:\n  kafka_port: 9092\n' },
  vars_files: { says: 'files with variables for the play' },
  vars_prompt: { says: 'variables that are asked for before the run' },
  tags: { says: 'words that --tags and --skip-tags choose by', yaml: 'tags: [config, tls]\n' },
  serial: { says: 'how many hosts go through the play at a time: numbers, shares, or a list of them', yaml: 'serial: [1, "30%"]\n' },
  strategy: { says: 'how hosts go along: linear waits after each task, free and host_pinned let each host go on' },
  order: { says: 'the order of hosts: inventory, reverse_inventory, sorted, reverse_sorted or shuffle' },
  max_fail_percentage: { says: 'the share of failed hosts of a batch above which the play ends' },
  any_errors_fatal: { says: 'whether one failed host ends the play for all, after the task at hand' },
  force_handlers: { says: 'whether notified handlers run on hosts that have failed' },
  pre_tasks: { says: 'tasks before the roles; handlers that they notify run before the roles too' },
  roles: {
    says: 'the roles of the play in their order, each a name or a map with variables; what they need runs before them, and a role with the same parameters once',
    yaml: 'roles:\n  - java\n  - role: kafka\n    vars:\n      kafka_port: 9092\n',
  },
  tasks: { says: 'the tasks of the play, after its roles' },
  post_tasks: { says: 'tasks after the handlers of roles and tasks' },
  handlers: { says: 'tasks that run at the end of a section of the play, once, where a change has notified them' },
  when: {
    says: 'a condition in CEL without which the task is skipped; a list means and',
    yaml: 'when:\n  - facts.os.family == "debian"\n  - has(kafka_port)\n',
  },
  loop: { says: 'a list; the task runs for each item, called item', yaml: 'loop: [a, b]\n' },
  loop_control: { says: 'more about the loop: loop_var, index_var, label, pause, extended, break_when' },
  register: { says: 'the variable that holds what the task found or did' },
  notify: {
    says: 'handlers that run when the task has changed something; an empty list cancels those of the block',
    yaml: 'notify: restart nginx\n',
  },
  listen: { says: 'further names that a handler can be notified by' },
  args: { says: 'parameters of the module, beside those below its name' },
  changed_when: { says: 'conditions that say whether the task counts as a change' },
  failed_when: { says: 'conditions that say whether the task has failed' },
  until: { says: 'conditions that must hold; until they do, the task is tried again' },
  retries: { says: 'how often a task is tried again; 3 when only until is written' },
  delay: { says: 'seconds between two trials; 5 when it is not written' },
  ignore_errors: { says: 'whether a host goes on where the task fails' },
  ignore_unreachable: { says: 'whether a host goes on where it cannot be reached' },
  throttle: { says: 'at most so many hosts at once' },
  run_once: { says: 'whether the task runs on the first host only; what it registers goes to all' },
  delegate_to: { says: 'the host that the task is carried out on, in place of its own' },
  delegate_facts: { says: 'whether what the task sets belongs to the host it is delegated to' },
  environment: { says: 'environment variables for what the task starts' },
  module_defaults: { says: 'parameters that modules have where a task does not write them' },
  timeout: { says: 'seconds after which the task fails' },
  no_log: { says: 'whether nothing of the task is shown; values that are secret are masked without it' },
  check_mode: { says: 'true keeps the task from changing anything in a run as well; false is for tasks that cannot change anything' },
  diff: { says: 'whether differences of the task are shown' },
  connection: {
    says: 'local: this machine does the tasks, for each host; at a play also how hosts are reached of which the inventory says nothing',
    yaml: 'connection: local\n',
  },
  port: { says: 'of a play: the port of sshd, for hosts of which the inventory says nothing' },
  remote_user: { says: 'of a play: whom tsplay logs in as, on hosts of which the inventory says nothing' },
  provides: {
    says: 'what the task brings that cannot be seen before it has run; a dry run goes by it',
    yaml: 'provides:\n  units: [nginx.service]\n',
  },
  unsafe_path: { says: 'whether root writes in directories that others can change as if nobody did' },
  block: {
    says: 'tasks that belong together: what is written beside them holds for each',
    yaml: 'block:\n  - command: /opt/app/migrate\nrescue:\n  - command: /opt/app/restore\nalways:\n  - debug: {msg: over}\nwhen: has(app_version)\n',
  },
  rescue: { says: 'tasks for hosts on which a task of the block has failed' },
  always: { says: 'tasks that run after block and rescue, whatever came of them' },
  rescue_unreachable: { says: 'whether rescue is for hosts that stay away too' },
  import_tasks: {
    says: 'the tasks of a file, which stand here: what is written beside it holds for each',
    yaml: 'import_tasks: config.yml\nwhen: has(app_version)\n',
  },
  include_tasks: {
    says: 'the tasks of a file, which come in when the task has its turn: what is written beside it says whether, apply what holds for them, and the name may hold expressions',
    yaml: 'include_tasks: {file: user.yml, apply: {become: true}}\nloop: "{{ users }}"\n',
  },
  import_role: {
    says: 'the tasks of a role, which stand here: what is written beside it holds for each',
    yaml: 'import_role: {name: web, tasks_from: certificates}\nvars:\n  web_port: 8443\n',
  },
  include_role: {
    says: 'the tasks of a role, which come in when the task has its turn: what is written beside it says whether, apply what holds for them',
    yaml: 'include_role: {name: web, tasks_from: site, apply: {become: true}}\nloop: "{{ sites }}"\nvars:\n  web_site: "{{ item }}"\n',
  },
  include_vars: {
    says: 'variables of a file, set when it has its turn; the name may hold expressions',
    yaml: 'include_vars: "{{ inventory_hostname }}.yml"\n',
  },
  import_playbook: { says: 'another playbook, whose plays stand here' },
});
