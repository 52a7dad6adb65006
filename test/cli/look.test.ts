// Commands that only look: version, help, docs, lint, inventory.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../support/project-root.ts';
import { INDEX } from './support/program.ts';
import { localHosts, Project } from './support/project.ts';

const COMMANDS = ['run', 'verify', 'inventory', 'docs', 'lint', 'lab up', 'lab down', 'lab status', 'lab ssh', 'doctor'];

describe('cli: looking', () => {
  let project: Project;
  before(() => {
    project = new Project({
      'hosts.yml': `${localHosts('n1', 'n2')}web: {hosts: {n2: }, vars: {port: 80, url: "http://{{ inventory_hostname }}:{{ port }}"}}\n`,
      'old.yml': `all:
  hosts:
    "old1:2222": {ansible_host: 10.0.0.9, ansible_become: yes, url: "ssh://{{ ansible_user }}@{{ ansible_host }}:{{ ansible_port }}"}
    old2: {connection: local, ansible_python_interpreter: /p}
  vars: {ansible_python_interpreter: /p, ansible_network_os: x, ansible_old: 1}
`,
      'play.yml': '- hosts: all\n  tasks:\n    - debug: {msg: hello}\n',
      'roles/shop/role.js': `import { defineRole } from '${INDEX}';
export default defineRole({
  name: 'shop', summary: 'a shop', at: import.meta.url, required: ['shop_key'], tasks: () => [],
  vars: {
    shop_key: { type: 'string', secret: true, description: 'what opens it' },
    shop_port: { type: 'integer', default: 8080, description: 'where it listens' },
  },
});
`,
      'roles/broken/role.js': 'export default {;\n',
      'careful.yml': '- hosts: all\n  roles: [careful]\n  tasks:\n    - debug: {msg: hello}\n',
      'roles/careful/role.js': `import { defineRole } from '${INDEX}';
export default defineRole({
  name: 'careful', summary: 'a careful role', at: import.meta.url, vars: {}, tasks: () => [], advice: () => ['that may cost more than it seems'],
});
`,
    });
  });
  after(() => project[Symbol.dispose]());

  const says = async (...args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await project.run(...args);
    assert.deepEqual([code, stderr], [0, ''], args.join(' '));
    return stdout;
  };

  it('says its version', async () => {
    const { version } = JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8')) as { version: string };
    assert.equal(await says('--version'), `${version}\n`);
  });

  it('helps with everything, and with each command', async () => {
    const all = await says('--help');
    for (const command of COMMANDS) {
      assert.ok(all.includes(`\n  ${command} `), command);
      assert.match(await says(...command.split(' '), '--help'), new RegExp(`^tsplay ${command}: .*\n\nUsage: tsplay ${command}`));
    }
    assert.equal(await says(), all);
    assert.equal(await says('help', 'lab'), await says('lab', '--help'));
  });

  it('lists what there is to read about, and hides nothing behind a role that is broken', async () => {
    const text = await says('docs');
    assert.match(text, /^ {2}file\.template +keep a file with the text of a template, rendered for the host$/m);
    assert.match(text, /^ {2}zookeeper +A ZooKeeper ensemble/m);
    assert.match(text, /^ {2}shop +a shop$/m);
    assert.match(text, /^ {2}broken +\(cannot be read\)$/m);
    assert.match(text, /^ {2}facts\.os +the operating system: /m);
  });

  it('shows a module with its parameters and examples', async () => {
    const text = await says('docs', 'file.template');
    assert.match(text, /^file\.template: keep a file with the text of a template, rendered for the host\n\nParameters:\n/);
    assert.match(text, /^ {2}src +the template, in templates\/ \(string, required\)$/m);
    assert.match(text, /^ {2}mode +four octal digits, quoted; left out: 0644, or 0600 with a secret in it \(string\)$/m);
    assert.match(text, /^ {2}file\.template:\n {4}src: nginx\.conf\.hbs$/m);
    assert.match(await says('docs', 'redis.cluster'), /^redis\.cluster: /);
  });

  it('shows a helper with what its examples give, and a keyword with where it stands', async () => {
    const helper = await says('docs', 'ip_nth');
    assert.match(helper, /^ip_nth: the address at a place in a network/);
    assert.match(
      helper,
      /^ {2}\{\{ip_nth "10\.0\.0\.0\/24" 10\}\}\n {2}ip_nth\("10\.0\.0\.0\/24", 10\) +in a condition\n {4}gives "10\.0\.0\.10"$/m,
    );
    assert.match(
      await says('docs', 'serial'),
      /^serial: how many hosts .*\n\nStands in a play\.\n\nExample:\n\n {2}serial: \[1, "30%"\]\n$/,
    );
  });

  it('shows all that have one name', async () => {
    const text = await says('docs', 'default');
    assert.match(text, /^default: the first argument that exists/);
    assert.match(await says('docs', 'set'), /^set: /);
  });

  it('shows a role with its variables, and a fact', async () => {
    assert.equal(
      await says('docs', 'shop'),
      `shop: a shop

Variables:
  shop_key   what opens it (string, required, secret)
  shop_port  where it listens (integer, default 8080)
`,
    );
    assert.match(await says('docs', 'facts.os'), /^facts\.os\n\nthe operating system: /);
  });

  it('says what a role finds worth a line, once for all hosts, when it lints and when it runs', async () => {
    for (const args of [
      ['lint', 'careful.yml', '-i', 'hosts.yml'],
      ['run', 'careful.yml', '-i', 'hosts.yml', '--check'],
    ]) {
      const { code, stdout, stderr } = await project.run(...args);
      assert.deepEqual(
        [code, [...`${stdout}${stderr}`.matchAll(/warning: that may cost more than it seems/g)].length],
        [0, 1],
        args.join(' '),
      );
    }
  });

  it('lints', async () => {
    assert.equal(await says('lint', 'play.yml', '-i', 'hosts.yml'), 'play.yml: nothing to object to\n');
  });

  it('shows the inventory as a tree', async () => {
    assert.equal(await says('inventory', '-i', 'hosts.yml'), 'all\n  n1\n  n2\nungrouped\n  n1\nweb\n  n2\n');
    assert.equal(await says('inventory', '-i', 'hosts.yml', '-l', 'web'), 'all\n  n2\nungrouped\nweb\n  n2\n');
  });

  it('shows what a host is told, rendered, with -e above it', async () => {
    const variables = { connection: 'local', port: 80, url: 'http://n2:80' };
    assert.deepEqual(JSON.parse(await says('inventory', '-i', 'hosts.yml', '--host', 'n2')), variables);
    assert.deepEqual(JSON.parse(await says('inventory', '-i', 'hosts.yml', '--list', '-l', 'n2', '-e', '{"port": 81}')), {
      groups: { all: ['n2'], ungrouped: [], web: ['n2'] },
      hosts: { n2: { ...variables, port: 81, url: 'http://n2:81' } },
    });
  });

  it('shows a host under the names here, whatever it was written with, and merges inventories', async () => {
    const told = JSON.parse(
      await says('inventory', '-i', 'hosts.yml', '-i', 'old.yml', '--host', 'old1', '-e', 'ansible_user=me'),
    ) as object;
    assert.deepEqual(told, {
      connection: 'local',
      ansible_network_os: 'x',
      ansible_old: 1,
      ssh_port: 2222,
      address: '10.0.0.9',
      become: true,
      url: 'ssh://me@10.0.0.9:2222',
      ssh_user: 'me',
    });
  });

  it('says once what means nothing here', async () => {
    const { code, stderr } = await project.run('lint', 'play.yml', '-i', 'old.yml');
    assert.deepEqual(
      [code, stderr],
      [
        0,
        `warning: old.yml:4:31  "ansible_python_interpreter" is passed over, no host needs Python here
warning: old.yml:5:42  variables of Ansible change nothing here, got ansible_network_os, ansible_old, remove those that no template reads
`,
      ],
    );
  });

  it('takes a list of hosts for an inventory', async () => {
    assert.equal(await says('inventory', '-i', 'a,b[1:2],'), 'all\n  a\n  b1\n  b2\nungrouped\n  a\n  b1\n  b2\n');
  });
});
