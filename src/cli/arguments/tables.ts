// The tables: every command with its flags. What stands here is parsed, typed and shown by help.
import { LAST } from '../../journal/words.ts';
import { CONNECTION, HELP, INVENTORY, LIMIT, LOGIN, LOGIN_AS, OUTPUT, TAGS, TURN, VARIABLES } from './shared-flags.ts';
import type { CommandSpec } from './specs.ts';

const PLAYBOOK = { name: 'PLAYBOOK', least: 1, most: 1, summary: 'a playbook file' } as const;
const PLAYBOOKS = {
  name: 'PLAYBOOK',
  least: 1,
  most: Number.POSITIVE_INFINITY,
  summary: 'playbook files, run in this order until one fails',
} as const;
const LAB_TARGET = {
  name: 'PLAYBOOK|INVENTORY',
  least: 0,
  most: 1,
  summary: 'a playbook (only the hosts it needs) or an inventory',
} as const;

const RUN = {
  name: 'run',
  summary: 'bring hosts to the described state',
  operands: PLAYBOOKS,
  flags: [
    ...INVENTORY,
    ...LIMIT,
    ...VARIABLES,
    ...TAGS,
    { name: 'check', short: 'C', type: 'switch', summary: 'say what would change, change nothing' },
    { name: 'diff', short: 'D', type: 'switch', summary: 'show how contents differ' },
    { name: 'exit-code', type: 'switch', summary: 'with --check: exit 3 when changes are pending' },
    { name: 'prove', type: 'switch', summary: 'read again after each change, and fail a module that was wrong about it' },
    { name: 'thorough', type: 'switch', summary: 'look at contents where sizes and times are trusted otherwise (unpacked archives)' },
    { name: 'profile', type: 'switch', summary: 'say where the time went: by host and by task, on standard error' },
    { name: 'trace', type: 'text', value: 'FILE', summary: 'write where the time went as a trace that Perfetto opens' },
    { name: 'one-by-one', type: 'switch', summary: 'ask for each task by itself, nothing ahead: slower, and the same in all else' },
    { name: 'force-handlers', type: 'switch', summary: 'run the handlers of hosts that failed, too, where a play does not say otherwise' },
    {
      name: 'from',
      type: 'text',
      value: 'NODE',
      summary: 'begin rolling changes with this member; those before it in the order are left as they are',
    },
    {
      name: 'retry-failed',
      type: 'optional',
      value: 'RUN',
      bare: LAST,
      summary: 'only the hosts that the last run of this playbook and inventory, or RUN, has not brought to their state',
    },
    { name: 'start-at-task', type: 'text', value: 'NAME', summary: 'leave out what stands before this task: its name, or a glob' },
    { name: 'step', type: 'switch', summary: 'ask before each task: no, yes, or go on without asking' },
    { name: 'list-tasks', type: 'switch', summary: 'list the tasks and do nothing' },
    { name: 'list-tags', type: 'switch', summary: 'list the tags and do nothing' },
    { name: 'list-hosts', type: 'switch', summary: 'list the hosts and do nothing' },
    { name: 'syntax-check', type: 'switch', summary: 'validate the files and do nothing' },
    ...CONNECTION,
    ...TURN,
    ...OUTPUT,
    ...HELP,
  ],
  examples: [
    { line: 'tsplay run playbooks/kafka.yml -i prod --check --diff', says: 'what would change, and how' },
    { line: 'tsplay run playbooks/kafka.yml -i prod -l n2', says: 'one host only' },
    { line: 'tsplay run playbooks/kafka.yml -i prod --retry-failed', says: 'the hosts that failed, when what they lacked is there' },
    { line: 'tsplay run playbooks/kafka.yml -i prod --from n2', says: 'restart n2 and those after it only' },
  ],
} as const satisfies CommandSpec;

const VAULT = {
  name: 'vault-password-file',
  type: 'text',
  value: 'FILE',
  summary: 'a file with the password that secrets in plans are encrypted with',
} as const;

const PLAN = {
  name: 'plan',
  summary: 'save what a run would change, to be read and then carried out exactly',
  operands: PLAYBOOK,
  flags: [
    ...INVENTORY,
    ...LIMIT,
    ...VARIABLES,
    ...TAGS,
    { name: 'out', short: 'o', type: 'text', value: 'FILE', summary: 'where the plan is saved; without it, it is only shown' },
    VAULT,
    { name: 'diff', short: 'D', type: 'switch', summary: 'show how contents differ, and keep that in the plan' },
    { name: 'exit-code', type: 'switch', summary: 'exit 3 when changes are pending' },
    { name: 'from', type: 'text', value: 'NODE', summary: 'begin rolling changes with this member' },
    ...CONNECTION,
    ...OUTPUT,
    ...HELP,
  ],
  examples: [
    { line: 'tsplay plan playbooks/kafka.yml -i prod -o kafka.plan', says: 'then: tsplay show kafka.plan, tsplay apply kafka.plan' },
  ],
} as const satisfies CommandSpec;

const PLAN_FILE = { name: 'FILE', least: 1, most: 1, summary: 'a plan saved by tsplay plan' } as const;

const APPLY = {
  name: 'apply',
  summary: 'carry out a saved plan, and nothing else',
  operands: PLAN_FILE,
  flags: [
    VAULT,
    { name: 'allow-unknown', type: 'switch', summary: 'also let tasks run that could not be foretold' },
    { name: 'diff', short: 'D', type: 'switch', summary: 'show how contents differ' },
    { name: 'prove', type: 'switch', summary: 'read again after each change, and fail a module that was wrong about it' },
    ...LOGIN,
    ...TURN,
    ...OUTPUT,
    ...HELP,
  ],
  examples: [{ line: 'tsplay apply kafka.plan', says: 'refused, with nothing touched, when something has drifted' }],
} as const satisfies CommandSpec;

const SHOW = {
  name: 'show',
  summary: 'show a saved plan, or a run as it was; connects to nothing',
  operands: {
    name: 'FILE|RUN',
    least: 1,
    most: 1,
    summary: 'a plan saved by tsplay plan, or a run by its id: the last one is called last',
  },
  flags: [...OUTPUT, ...HELP],
  examples: [
    { line: 'tsplay show kafka.plan', says: 'what would change, and what that rests on' },
    { line: 'tsplay show last -v', says: 'what the last run did, task by task' },
  ],
} as const satisfies CommandSpec;

const RUNS = {
  name: 'runs',
  summary: 'list what was run from here, by whom, and what came of it',
  flags: [...HELP],
  examples: [{ line: 'tsplay runs', says: 'then: tsplay show ID' }],
} as const satisfies CommandSpec;

const DRIFT = {
  name: 'drift',
  summary: 'say what has moved away from its description, host by host; changes nothing',
  operands: { ...PLAYBOOKS, summary: 'playbook files' },
  flags: [...INVENTORY, ...LIMIT, ...VARIABLES, ...TAGS, ...CONNECTION, ...OUTPUT, ...HELP],
  examples: [{ line: 'tsplay drift -i prod playbooks/*.yml', says: 'for a nightly timer: exit 3 when something has moved' }],
} as const satisfies CommandSpec;

const VERIFY = {
  name: 'verify',
  summary: 'prove that the clusters work; changes nothing',
  operands: PLAYBOOK,
  flags: [
    ...INVENTORY,
    ...LIMIT,
    ...VARIABLES,
    { name: 'chaos', type: 'switch', summary: 'also stop nodes, watch the promise hold, and restore them' },
    ...CONNECTION,
    ...TURN,
    ...OUTPUT,
    ...HELP,
  ],
  examples: [{ line: 'tsplay verify playbooks/zookeeper.yml -i lab --chaos', says: 'also stop servers and watch' }],
} as const satisfies CommandSpec;

const INVENTORY_COMMAND = {
  name: 'inventory',
  summary: 'show hosts, groups and variables',
  operands: { name: 'PLAYBOOK', least: 0, most: 1, summary: 'with --why: look through its plays and roles too' },
  flags: [
    ...INVENTORY,
    ...LIMIT,
    ...VARIABLES,
    { name: 'list', type: 'switch', summary: 'everything, as JSON' },
    { name: 'host', type: 'text', value: 'NAME', summary: 'the variables of one host, as JSON' },
    { name: 'why', type: 'text', value: 'VARIABLE', summary: 'every place that sets it, the winner first' },
    ...HELP,
  ],
  examples: [
    { line: 'tsplay inventory -i prod --host n1', says: 'what n1 is told' },
    { line: 'tsplay inventory -i prod -l n1 --why kafka_port', says: 'who says so' },
  ],
} as const satisfies CommandSpec;

const DOCS = {
  name: 'docs',
  summary: 'read about a module, a role, a keyword, a helper or a fact',
  operands: { name: 'NAME', least: 0, most: 1, summary: 'such as file.template or zookeeper; without it: all names' },
  flags: [...HELP],
  examples: [
    { line: 'tsplay docs file.template', says: 'parameters and examples' },
    { line: 'tsplay docs extract', says: 'a helper, with what its examples give' },
  ],
} as const satisfies CommandSpec;

const LINT = {
  name: 'lint',
  summary: 'validate playbooks, inventories and roles; connects to nothing',
  operands: { ...PLAYBOOKS, summary: 'playbook files' },
  flags: [...INVENTORY, ...VARIABLES, ...HELP],
  examples: [{ line: 'tsplay lint playbooks/*.yml -i prod', says: 'all problems at once' }],
} as const satisfies CommandSpec;

const DOCTOR = {
  name: 'doctor',
  summary: 'check that this machine has what tsplay and its lab need',
  flags: [...HELP],
  examples: [],
} as const satisfies CommandSpec;

const LAB_UP = {
  name: 'lab up',
  summary: 'start the hosts of an inventory on this machine',
  operands: LAB_TARGET,
  flags: [...INVENTORY, ...HELP],
  examples: [{ line: 'tsplay lab up playbooks/zookeeper.yml -i lab', says: 'just the hosts that the playbook needs' }],
} as const satisfies CommandSpec;

const LAB_DOWN = {
  name: 'lab down',
  summary: 'stop them and leave nothing behind',
  operands: LAB_TARGET,
  flags: [...INVENTORY, ...HELP],
  examples: [],
} as const satisfies CommandSpec;

const LAB_STATUS = {
  name: 'lab status',
  summary: 'show which hosts are up',
  operands: LAB_TARGET,
  flags: [...INVENTORY, ...HELP],
  examples: [],
} as const satisfies CommandSpec;

const LAB_SSH = {
  name: 'lab ssh',
  summary: 'log in to a host of the lab',
  operands: { name: 'HOST', least: 1, most: 1, summary: 'its name in the inventory' },
  rest: { name: 'COMMAND', least: 0, most: Number.POSITIVE_INFINITY, summary: 'run this there instead of a shell' },
  flags: [...INVENTORY, ...HELP],
  examples: [{ line: 'tsplay lab ssh n1 -i lab -- systemctl status zookeeper', says: 'one command on n1' }],
} as const satisfies CommandSpec;

const HOSTS_TRUST = {
  name: 'hosts trust',
  summary: 'show the keys of hosts, and record those that you accept',
  operands: { name: 'PATTERN', least: 1, most: 1, summary: 'hosts of the inventory, or a host on the way to them; without -i: names' },
  flags: [
    ...INVENTORY,
    ...VARIABLES,
    { name: 'yes', short: 'y', type: 'switch', summary: 'record without asking: for who has compared them; never a key that has changed' },
    ...LOGIN_AS,
    ...HELP,
  ],
  examples: [{ line: 'tsplay hosts trust -i prod n1', says: 'then compare the fingerprints with those on the console of n1' }],
} as const satisfies CommandSpec;

/** The first words of commands of two words, and what these are about. */
export const GROUPS = {
  hosts: 'the hosts of an inventory, as this machine knows them',
  lab: 'hosts on this machine, from the same inventory that a run uses',
} as const;

/** Every command, in the order of help. */
export const COMMANDS = {
  run: RUN,
  plan: PLAN,
  show: SHOW,
  runs: RUNS,
  apply: APPLY,
  drift: DRIFT,
  verify: VERIFY,
  inventory: INVENTORY_COMMAND,
  'hosts trust': HOSTS_TRUST,
  docs: DOCS,
  lint: LINT,
  'lab up': LAB_UP,
  'lab down': LAB_DOWN,
  'lab status': LAB_STATUS,
  'lab ssh': LAB_SSH,
  doctor: DOCTOR,
} as const satisfies Readonly<Record<string, CommandSpec>>;

export type Commands = typeof COMMANDS;
export type CommandName = keyof Commands;
export type CommandGroup = keyof typeof GROUPS;
