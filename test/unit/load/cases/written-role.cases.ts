// What is wrong with roles in YAML, with tasks that call roles, and with roles from packages.
import { roleFile, type Files, type LoadCase } from '../load-case.ts';

const LISTED = '- hosts: all\n  roles: [web]\n';
const tasks = (text: string): string => `- hosts: all\n  tasks:\n    - ${text}\n`;
const web = (files: Files, play = LISTED): Files => ({
  'play.yml': play,
  ...Object.fromEntries(Object.entries(files).map(([name, content]) => [`roles/web/${name}`, content])),
});
const schema = (text: string): Files => web({ 'tasks/main.yml': '[]', 'variables.schema.json': text });
const specs = (text: string): Files => web({ 'tasks/main.yml': '[]', 'meta/argument_specs.yml': `argument_specs: {main: ${text}}\n` });
const packed = (files: Files, name = '@acme/web'): Files => ({
  'play.yml': `- hosts: all\n  roles: ['${name}']\n`,
  ...Object.fromEntries(Object.entries(files).map(([file, content]) => [`node_modules/${name}/${file}`, content])),
});
const project = (text: string): Files => ({ 'play.yml': LISTED, 'tsplay.yml': text });

export const WRITTEN_ROLE_CASES: readonly LoadCase[] = [
  [
    'problems in all of its files, at once',
    web({
      'tasks/main.yml': '- {debgu: {msg: x}}\n- {file.copy: {dest: 5}}\n',
      'handlers/main.yml': '- {name: a, debug: {msg: x}}\n- {name: a, debug: {mesg: x}}\n',
      'defaults/main.yml': '- a\n',
      'vars/main.yml': 'groups: 1\n',
      'meta/main.yml': 'dependencies: [nowhere-else]\ndependencis: 1\n',
    }),
    [
      'roles/web/defaults/main.yml:1:1  roles/web/defaults/main.yml must be a map of variables, got a list, write name: value',
      'roles/web/handlers/main.yml:2:3  the handler "a" is already there on line 1, give it another name',
      'roles/web/handlers/main.yml:2:21  unknown parameter "mesg" of debug, did you mean "msg"?',
      'roles/web/meta/main.yml:1:16  there is no role "nowhere-else", there are elasticsearch, java, kafka, redis-cluster, web, zookeeper',
      'roles/web/meta/main.yml:2:1  unknown keyword "dependencis" of a meta/main.yml, did you mean "dependencies"?',
      'roles/web/tasks/main.yml:1:4  unknown module "debgu", did you mean "debug"?',
      'roles/web/tasks/main.yml:2:22  "dest" of file.copy must be a string, got the number 5, write dest: "5"',
      'roles/web/vars/main.yml:1:1  "groups" cannot be set, it is always there, choose another name',
    ],
  ],
  [
    'a list that is none',
    web({ 'tasks/main.yml': 'a: 1\n' }),
    ['roles/web/tasks/main.yml:1:1  "roles/web/tasks/main.yml" must be a list, got a map, write one "- " for each task'],
  ],
  [
    'tasks that are no YAML',
    web({ 'tasks/main.yml': '- {a\n' }),
    ['roles/web/tasks/main.yml:1:3  the { opened here is never closed, close it with }'],
  ],
  [
    'a circle, with the whole chain',
    { ...web({ 'meta/main.yml': 'dependencies: [b]\n' }), 'roles/b/meta/main.yml': 'dependencies: [{role: web}]\n' },
    ['roles/b/meta/main.yml:1:23  roles require each other: web > b > web'],
  ],
  [
    'a role that calls itself',
    web({ 'tasks/main.yml': '- include_role: {name: web}\n' }),
    ['roles/web/tasks/main.yml:1:24  roles require each other: web > web'],
  ],
  [
    'meta that is a list',
    web({ 'meta/main.yml': '[]' }),
    ['roles/web/meta/main.yml:1:1  meta/main.yml must be a map, got an empty list, write dependencies: [NAME]'],
  ],
  [
    'dependencies that are a map',
    web({ 'meta/main.yml': 'dependencies: {a: 1}\nallow_duplicates: 5\n' }),
    [
      'roles/web/meta/main.yml:1:15  "dependencies" must be a list, got a map, write one "- " for each role',
      'roles/web/meta/main.yml:2:19  "allow_duplicates" must be true or false, got the number 5',
    ],
  ],
  ['meta for Ansible', web({ 'tasks/main.yml': '[]', 'meta/main.yml': 'galaxy_info: {author: x}\ncollections: []\ndependencies:\n' }), []],
  [
    'a file outside',
    web({ 'tasks/main.yml': '[]' }, tasks('import_role: {name: web, tasks_from: ../../x}')),
    ['play.yml:3:44  tasks_from leads out of the role, got "../../x", name a file in roles/web/tasks'],
  ],
  [
    'a file that is not there',
    web({ 'tasks/main.yml': '[]' }, tasks('import_role: {name: web, vars_from: x}')),
    ['play.yml:3:43  the role has no such file, got "x", make roles/web/vars/x or roles/web/vars/x.yml'],
  ],
  [
    'files of a role in TypeScript',
    { 'play.yml': tasks('include_role: {name: web, tasks_from: x}'), 'roles/web/role.js': roleFile('web', {}) },
    ['play.yml:3:45  tasks_from is for roles in YAML, and web is in TypeScript, remove it'],
  ],
  [
    'a task without a role',
    { 'play.yml': tasks('include_role: {tasks_from: x}') },
    ['play.yml:3:7  include_role names no role, write include_role: {name: NAME}'],
  ],
  [
    'a task with a text',
    { 'play.yml': tasks('include_role: web') },
    ['play.yml:3:21  "include_role" must be a map, got the string "web", write include_role: {name: NAME}'],
  ],
  [
    'a role by an expression',
    { 'play.yml': tasks('{include_role: {name: "{{ item }}"}, loop: [a]}') },
    ['play.yml:3:30  the role of include_role is named by an expression, write its name out, once for each role, and when: at each'],
  ],
  [
    'a file by an expression',
    web({ 'tasks/main.yml': '[]' }, tasks('{include_role: {name: web, tasks_from: "{{ x }}"}}')),
    ['play.yml:3:47  the file of tasks_from is named by an expression, write its name out, once for each file, and when: at each'],
  ],
  [
    'import_role in a loop',
    web({ 'tasks/main.yml': '[]' }, tasks('{import_role: {name: web, aplly: {}}, loop: [a], register: r, wehn: x}')),
    [
      'play.yml:3:33  unknown keyword "aplly" of a task with import_role, did you mean "apply"?',
      'play.yml:3:45  import_role does not loop, write include_role',
      'play.yml:3:56  "register" is no keyword of import_role, write it at each task',
      'play.yml:3:69  unknown keyword "wehn" of a import_role, did you mean "when"?',
    ],
  ],
  [
    'rolespec_validate',
    web({ 'tasks/main.yml': '[]' }, tasks('include_role: {name: web, rolespec_validate: false}')),
    ['play.yml:3:33  the variables of a role are always looked at, before anything connects, remove rolespec_validate'],
  ],
  [
    'a role as a handler',
    web({ 'tasks/main.yml': '[]' }, '- hosts: all\n  handlers:\n    - {name: a, include_role: {name: web}}\n'),
    ['play.yml:3:17  include_role is no handler, write include_tasks, or notify the handlers of the role'],
  ],
  [
    'end_role outside of a role',
    { 'play.yml': tasks('meta: end_role') },
    ['play.yml:3:13  end_role ends nothing for a task that is in no role, write end_host or end_play'],
  ],
  [
    'end_role in a handler',
    web({ 'handlers/main.yml': '- {name: a, block: [{meta: end_role}]}\n' }),
    ['roles/web/handlers/main.yml:1:28  end_role ends nothing for a handler, write end_host or end_play'],
  ],
  [
    'a role that a task calls and that is not there',
    { 'play.yml': tasks('include_role: {name: wbe}'), 'roles/web/tasks/main.yml': '[]' },
    ['play.yml:3:28  there is no role "wbe", did you mean "web"?'],
  ],
  [
    'a schema: what fits and what does not',
    {
      ...schema(`{"type": "object", "required": ["web_name"], "additionalProperties": false, "properties": {
        "web_port": {"type": "integer", "minimum": 1, "default": 80}, "web_name": {"type": "string"},
        "web_hosts": {"type": "array", "items": {"type": "object", "properties": {"a": {"type": "boolean"}}}}}}`),
      'group_vars/all.yml': 'web_prot: 1\nweb_port: x\nweb_hosts: [{b: 1}]\nother: 1\nweb_known: 1\n',
      'roles/web/defaults/main.yml': 'web_known: 1\n',
    },
    [
      'group_vars/all.yml:1:11  role web has no variable "web_prot", did you mean "web_port"?',
      'group_vars/all.yml:2:11  "web_port" must be a whole number, got the string "x"',
      'group_vars/all.yml:3:14  unknown key "b" of "[0]" of web_hosts, did you mean "a"?',
      'play.yml:2:11  role web needs "web_name" for host n1, set it in the inventory or beside the role',
    ],
  ],
  [
    'a schema that is none',
    schema(`{"definitions": {}, "required": ["c"], "properties": {"a": {"type": "text"}, "b": {"type": "string", "format": "x", "pattern": "("},
      "d": {"type": "object", "properties": {"x": {"type": "null"}}, "additionalProperties": true}, "e": 5}}`),
    [
      'roles/web/variables.schema.json:1:3  a schema of variables has no "definitions" here, it takes title, description, type, properties, required, additionalProperties',
      'roles/web/variables.schema.json:1:35  "required" names what is no property, got the string "c", add it to the properties',
      'roles/web/variables.schema.json:1:70  a variable needs a type: string, integer, number, boolean, array, object, or a list of them, got the string "text"',
      'roles/web/variables.schema.json:1:103  a schema of variables has no "format" here, it takes type, description, title, default, secret, enum, pattern, minLength',
      'roles/web/variables.schema.json:1:129  "pattern" must be a regular expression, got the string "("',
      'roles/web/variables.schema.json:2:94  "additionalProperties" must be false where there are properties, got true',
      'roles/web/variables.schema.json:2:106  a variable needs a type: string, integer, number, boolean, array, object, or a list of them, got the number 5',
    ],
  ],
  [
    'a schema without properties',
    schema('[]'),
    [
      'roles/web/variables.schema.json:1:1  variables.schema.json must be a map, got an empty list, write {"properties": {"web_port": {"type": "integer"}}}',
    ],
  ],
  [
    'argument specs',
    {
      ...specs(`{short_description: x, options: {web_port: {type: int, default: 80}, web_name: {required: true, choices: [a, b]},
  web_list: {type: list, elements: dict}, web_key: {no_log: true}, web_text: {}}}`),
      'group_vars/all.yml': 'web_port: x\nweb_name: c\nweb_list: [1]\nweb_text: 5\n',
    },
    [
      'group_vars/all.yml:1:11  "web_port" must be a whole number, got the string "x"',
      'group_vars/all.yml:2:11  "web_name" must be one of a, b, got the string "c", did you mean "a"?',
      'group_vars/all.yml:3:12  "[0]" of web_list must be a map, got the number 1',
    ],
  ],
  [
    'argument specs that say more',
    specs('{options: {a: {type: bits}, b: {type: list, elements: x, aliases: [c]}}, required_if: []}'),
    [
      'roles/web/meta/argument_specs.yml:1:45  an option has a type: str, int, float, bool, list, dict, path or raw, got the string "bits"',
      'roles/web/meta/argument_specs.yml:1:78  an option has a type: str, int, float, bool, list, dict, path or raw, got the string "x"',
      'roles/web/meta/argument_specs.yml:1:81  "aliases" of an argument spec is not read, write variables.schema.json beside meta/, and check what it cannot say with assert among the tasks',
      'roles/web/meta/argument_specs.yml:1:97  "required_if" of an argument spec is not read, write variables.schema.json beside meta/, and check what it cannot say with assert among the tasks',
    ],
  ],
  [
    'a package that is not there',
    packed({}, '@acme/web'),
    ['play.yml:2:12  there is no role "@acme/web", and no package that the playbook could take it from, npm install @acme/web'],
  ],
  [
    'a package that is asked for and not there',
    { 'play.yml': '- hosts: all\n  roles: [acme]\n', 'package.json': '{"type": "module", "dependencies": {"acme": "1"}}' },
    ['play.yml:2:11  there is no role "acme", and no package that the playbook could take it from, npm install acme'],
  ],
  [
    'a package that is no role',
    packed({ 'package.json': '{"exports": "./a.js"}', 'a.js': 'module.exports = 5;' }),
    [
      'play.yml:2:12  the package "@acme/web" is no role, its main export is to be defineRole({ … }), or there is to be node_modules/@acme/web/tasks/main.yml',
    ],
  ],
  [
    'a package without anything',
    packed({ 'package.json': '{}' }),
    [
      'play.yml:2:12  the package "@acme/web" is no role, its main export is to be defineRole({ … }), or there is to be node_modules/@acme/web/tasks/main.yml',
    ],
  ],
  [
    'a package that everybody may change',
    packed({ 'package.json': '{}', '': '0777' }),
    [
      'play.yml:2:12  the role "@acme/web" is a package, and everybody may change node_modules/@acme/web, look at what it holds, then chmod o-w node_modules/@acme/web',
    ],
  ],
  [
    // As with the folder of a playbook: who is let into a group is for the owners of the files to decide.
    'a package that a group may change',
    packed({ 'package.json': '{}', 'tasks/main.yml': '[]', '': '0775' }),
    [],
  ],
  [
    'a package with a role in TypeScript',
    {
      ...packed({
        'package.json': '{"type": "module", "exports": {".": {"types": "./x.d.ts", "import": {"default": "./lib/a.js"}}}}',
        'lib/a.js': roleFile('web', { web_port: { type: 'integer' } }),
      }),
      'group_vars/all.yml': 'web_port: x\n',
    },
    ['group_vars/all.yml:1:11  "web_port" must be a whole number, got the string "x"'],
  ],
  [
    'a package with a role in YAML',
    packed({ 'package.json': '{}', 'tasks/main.yml': '- {debgu: x}\n' }),
    ['node_modules/@acme/web/tasks/main.yml:1:4  unknown module "debgu", did you mean "debug"?'],
  ],
  [
    'a package by the name that the project gives it',
    { ...packed({ 'tasks/main.yml': '- {debgu: x}\n', 'package.json': '{}' }), ...project("roles: {web: '@acme/web'}\n") },
    ['node_modules/@acme/web/tasks/main.yml:1:4  unknown module "debgu", did you mean "debug"?'],
  ],
  [
    'the folder of a role by the name that the project gives it, before one that is found by its name',
    {
      ...web({ 'tasks/main.yml': '- {debgu: x}\n' }),
      ...project('roles:\n  web: ./shared/base\n'),
      'shared/base/role.js': roleFile('base', {}),
    },
    [],
  ],
  [
    'names of packages, folders and files that are not there, or are none',
    {
      'play.yml': '- hosts: all\n  roles: [a, b, c, d]\n',
      'tsplay.yml': "roles:\n  a: acme\n  b: ./nowhere\n  c: 'a b'\n",
    },
    [
      'play.yml:2:20  there is no role "d", did you mean "a"?',
      'tsplay.yml:2:6  there is no role "acme", and no package that the playbook could take it from, npm install acme',
      'tsplay.yml:3:6  the role "b" is said to be in nowhere, and there is no such folder, correct the path: it begins where tsplay.yml is',
      'tsplay.yml:4:7  "a b" can be neither a package nor the folder of a role, name a package of npm, or a folder as ./roles/NAME',
    ],
  ],
  [
    'a file of the project that says what there is not',
    { 'tsplay.yml': 'role: {web: x}\n' },
    ['tsplay.yml:1:1  unknown key "role" of tsplay.yml, did you mean "roles"?'],
  ],
  [
    'a file of the project that everybody may change',
    {
      'at/play.yml': '- hosts: all\n',
      'at/tsplay.yml': 'roles: {web: ./x}\n',
      'at/': '0777',
    },
    [
      'note: everybody may change at, and so decide through at/play.yml what is done to hosts, chmod o-w at',
      'note: at/tsplay.yml is passed over: everybody may change at, and so decide which roles run, look at what it says, then chmod o-w at',
    ],
    { playbook: 'at/play.yml' },
  ],
];
