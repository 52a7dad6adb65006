// What is wrong with roles and their variables.
import { rolesIn, shippedRoles } from '../../../../src/load/roles/role-directories.ts';
import { roleFile, type LoadCase } from '../load-case.ts';

const VARS = {
  kafka_port: { type: 'integer', minimum: 1 },
  kafka_heap: { type: 'string', default: '1g' },
  kafka_password: { type: 'string', secret: true },
};
const KAFKA = { 'play.yml': '- hosts: all\n  roles: [kafka]\n', 'roles/kafka/role.js': roleFile('kafka', VARS) };
const uses = (text: string): Readonly<Record<string, string>> => ({ ...KAFKA, 'play.yml': `- hosts: all\n  roles:\n    - ${text}\n` });

/** What Node makes of a role in TypeScript differs with its age. */
const STRIPS_TYPES = 'typescript' in process.features && process.features.typescript !== false;
const KNOWN = [...new Set([...rolesIn([shippedRoles()]), 'kafka'])].sort().join(', ');

export const ROLE_CASES: readonly LoadCase[] = [
  ['no such role', uses('kafak'), ['play.yml:3:7  there is no role "kafak", did you mean "kafka"?']],
  [
    'no such role, none near',
    { 'play.yml': '- hosts: all\n  roles: [qqqqqqqqqqqq]\n', 'roles/kafka/role.js': roleFile('kafka', VARS) },
    [`play.yml:2:11  there is no role "qqqqqqqqqqqq", there are ${KNOWN}`],
  ],
  ['a path for a role', uses('../roles/kafka'), ['play.yml:3:7  "../roles/kafka" cannot be the name of a role, name it, not its path']],
  ['a role without a name', uses('{tags: [a]}'), ['play.yml:3:7  the role has no name, write - role: NAME']],
  ['a role that is a list', uses('[a]'), ['play.yml:3:7  a role must be a map, got a list, write - role: NAME']],
  ['a role in YAML', { 'play.yml': '- hosts: all\n  roles: [web]\n', 'roles/web/tasks/main.yml': '[]' }, []],
  [
    'a role that holds nothing',
    { 'play.yml': '- hosts: all\n  roles: [web]\n', 'roles/web/README.md': '' },
    ['play.yml:2:11  the role "web" holds nothing, write roles/web/role.ts, or roles/web/tasks/main.yml'],
  ],
  [
    'a role in TypeScript',
    { 'play.yml': '- hosts: all\n  roles: [web]\n', 'roles/web/role.ts': 'export default {}' },
    [
      STRIPS_TYPES
        ? 'play.yml:2:11  roles/web/role.ts does not export a role, write export default defineRole({ … })'
        : `play.yml:2:11  the role "web" is TypeScript, which Node ${process.versions.node} does not load, use Node 22.18 or newer, or compile it to role.js`,
    ],
  ],
  [
    'a role that cannot be loaded',
    { 'play.yml': '- hosts: all\n  roles: [web]\n', 'roles/web/role.js': 'throw new TypeError("not today")' },
    ['play.yml:2:11  roles/web/role.js cannot be loaded: TypeError: not today'],
  ],
  [
    'a role that everybody may change',
    { 'play.yml': '- hosts: all\n  roles: [web]\n', 'roles/web/role.js': roleFile('web', {}), 'roles/': '0777' },
    [
      'play.yml:2:11  roles/web/role.js is a program that runs here, and everybody may change roles, look at what it holds, then chmod o-w roles',
    ],
  ],
  [
    'a role in a folder where everybody may add',
    { 'play.yml': '- hosts: all\n  roles: [web]\n', 'roles/web/role.js': roleFile('web', {}), 'roles/': '1777' },
    [],
  ],
  [
    'a file that is no role',
    { 'play.yml': '- hosts: all\n  roles: [web]\n', 'roles/web/role.js': 'export default 5' },
    ['play.yml:2:11  roles/web/role.js does not export a role, write export default defineRole({ … })'],
  ],
  [
    'a role of another name',
    { 'play.yml': '- hosts: all\n  roles: [web]\n', 'roles/web/role.js': roleFile('nginx', {}) },
    ['play.yml:2:11  roles/web/role.js defines the role "nginx", give role and folder the same name'],
  ],
  [
    'roles that require each other',
    {
      'play.yml': '- hosts: all\n  roles: [a]\n',
      'roles/a/role.js': roleFile('a', {}, "requires: ['b']"),
      'roles/b/role.js': roleFile('b', {}, "requires: ['a']"),
    },
    ['play.yml:2:11  roles require each other: a > b > a'],
  ],
  [
    'a required role that is not there',
    {
      'play.yml': '- hosts: all\n  roles: [a]\n',
      'roles/a/role.js': roleFile('a', {}, "requires: ['bsae']"),
      'roles/base/role.js': roleFile('base', {}),
    },
    ['play.yml:2:11  there is no role "bsae", did you mean "base"?'],
  ],
  [
    'keywords at a role',
    uses('{role: kafka, register: true, wen: x}'),
    [
      'play.yml:3:21  "register" is no keyword of a role, write it at the tasks of the role',
      'play.yml:3:37  unknown keyword "wen" of a role, did you mean "when"?',
    ],
  ],
  [
    'a misspelt parameter',
    uses('{role: kafka, kafka_prt: 1}'),
    ['play.yml:3:32  role kafka has no variable "kafka_prt", did you mean "kafka_port"?'],
  ],
  [
    'a parameter of the wrong type',
    uses('{role: kafka, kafka_port: "9092"}'),
    ['play.yml:3:34  "kafka_port" must be a whole number, got the string "9092", write kafka_port: 9092'],
  ],
  [
    'a variable of the wrong type in vars',
    uses('{role: kafka, vars: {kafka_port: 0, other: 1}}'),
    ['play.yml:3:40  "kafka_port" must be at least 1, got the number 0', 'play.yml:3:50  role kafka has no variable "other"'],
  ],
  [
    'a misspelt variable of a group',
    { ...KAFKA, 'group_vars/all.yml': 'a: 1\nkafka_haep: 2g\nkafka_port: x\n' },
    [
      'group_vars/all.yml:2:13  role kafka has no variable "kafka_haep", did you mean "kafka_heap"?',
      'group_vars/all.yml:3:13  "kafka_port" must be a whole number, got the string "x"',
    ],
  ],
  [
    'a misspelt variable of the play',
    { ...KAFKA, 'play.yml': '- hosts: all\n  vars: {kafka_hep: 1}\n  roles: [kafka]\n' },
    ['play.yml:2:21  role kafka has no variable "kafka_hep", did you mean "kafka_heap"?'],
  ],
  [
    'a secret variable of the wrong type',
    { ...KAFKA, 'group_vars/all.yml': 'kafka_password: 12345\n' },
    ['group_vars/all.yml:1:17  "kafka_password" must be a string'],
  ],
  [
    'a number given by -e',
    KAFKA,
    [`-e:1:12  "kafka_port" must be a whole number, got the string "9092", write -e '{"kafka_port": 9092}'`],
    { extraVars: ['kafka_port=9092'] },
  ],
  [
    'a misspelt variable given by -e',
    KAFKA,
    ['-e:1:15  role kafka has no variable "kafka_porrt", did you mean "kafka_port"?'],
    { extraVars: ['{kafka_porrt: 9092}'] },
  ],
  ['an expression for a number', { ...KAFKA, 'group_vars/all.yml': 'kafka_port: "{{ base }}"\nbase: 1\n' }, []],
  [
    'a variable of a role that is not in use',
    { ...KAFKA, 'roles/kafka-ui/role.js': roleFile('kafka-ui', {}), 'group_vars/all.yml': 'kafka_ui_port: 1\n' },
    [],
  ],
  [
    'a required variable',
    {
      ...KAFKA,
      'hosts.yml': 'all: {hosts: {"n[1:5]": , n6: {kafka_port: 1}}}\n',
      'roles/kafka/role.js': roleFile('kafka', VARS, "required: ['kafka_port', 'kafka_heap']"),
    },
    ['play.yml:2:11  role kafka needs "kafka_port" for hosts n1, n2, n3 and 2 more, set it in the inventory or beside the role'],
  ],
  [
    'a required variable for one host',
    { ...KAFKA, 'roles/kafka/role.js': roleFile('kafka', VARS, "required: ['kafka_port']") },
    ['play.yml:2:11  role kafka needs "kafka_port" for host n1, set it in the inventory or beside the role'],
  ],
];
