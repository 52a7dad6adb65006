// Inventories that are right: order, groups, variables and where they come from.
import assert from 'node:assert/strict';
import type { VariableSources } from '../../../src/load/types.ts';
import { toValue } from '../../../src/load/yaml/to-value.ts';
import { load, type Files } from './load-case.ts';

function plain(variables: VariableSources | undefined): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(variables ?? {}).map(([name, variable]) => [name, toValue(variable.node)]));
}

function sourcesOf(variables: VariableSources | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(variables ?? {}).map(([name, variable]) => [name, variable.source]));
}

const TREE = `
all:
  hosts: {lone: }
  children:
    brokers:
      children:
        kafka: {hosts: {"n[1:2]": {id: 5}}, vars: {level: kafka}}
      vars: {level: brokers, up: brokers}
    rack1: {hosts: {n2: , n3: }, vars: {level: rack1}}
  vars: {level: all, base: 1}
other: {hosts: {n4: }}
`;

describe('src/load/inventory/inventory', () => {
  it('walks groups in the order of Ansible: ungrouped first, then level by level', async () => {
    const { inventory } = await load({ 'hosts.yml': TREE });
    assert.deepEqual([...inventory.hosts.keys()], ['lone', 'n2', 'n3', 'n4', 'n1']);
    assert.deepEqual(inventory.groups.get('kafka'), ['n1', 'n2']);
    assert.deepEqual(inventory.groups.get('brokers'), ['n1', 'n2']);
    assert.deepEqual(inventory.groups.get('ungrouped'), ['lone']);
    assert.deepEqual([...inventory.groups.keys()], ['all', 'ungrouped', 'brokers', 'kafka', 'rack1', 'other']);
  });

  it('names the groups of a host, parents before children', async () => {
    const { inventory } = await load({ 'hosts.yml': TREE });
    assert.deepEqual(inventory.hosts.get('n2')?.groups, ['brokers', 'rack1', 'kafka']);
    assert.deepEqual(inventory.hosts.get('lone')?.groups, ['ungrouped']);
  });

  it('lets children win over parents, and later names over earlier ones', async () => {
    const { inventory } = await load({ 'hosts.yml': TREE });
    assert.deepEqual(plain(inventory.hosts.get('n2')?.variables), { level: 'kafka', base: 1, up: 'brokers', id: 5 });
    assert.deepEqual(plain(inventory.hosts.get('n3')?.variables), { level: 'rack1', base: 1 });
  });

  it('weighs the places of variables in the order of Ansible, 3 to 10', async () => {
    const places: readonly (readonly [file: string, name: string])[] = [
      ['inventories/prod/group_vars/all.yml', 'v4'],
      ['plays/group_vars/all/a.yml', 'v5'],
      ['inventories/prod/group_vars/kafka.yaml', 'v6'],
      ['plays/group_vars/kafka', 'v7'],
      ['inventories/prod/host_vars/n1.json', 'v9'],
      ['plays/host_vars/n1.yml', 'v10'],
    ];
    // Every place sets its own variable and all weaker ones: the source of each tells who won.
    const names = ['v3', 'v4', 'v5', 'v6', 'v7', 'v8', 'v9', 'v10'];
    const upTo = (name: string): string =>
      `{${names
        .slice(names.indexOf(name))
        .map(each => `"${each}": "${name}"`)
        .join(', ')}}`;
    const weakest = names.map(name => `"${name}": "v3"`).join(', ');
    const files: Files = {
      'plays/p.yml': '- hosts: all\n',
      'inventories/prod/hosts.yml': `kafka: {vars: {${weakest}}, hosts: {n1: {"v8": "v8", "v9": "v8", "v10": "v8"}}}\n`,
      ...Object.fromEntries(places.map(([file, name]) => [file, `${upTo(name)}\n`])),
    };
    const { inventory } = await load(files, { playbook: 'plays/p.yml', inventory: 'prod' });
    const variables = inventory.hosts.get('n1')?.variables;
    assert.deepEqual(plain(variables), Object.fromEntries(names.map(name => [name, name])));
    assert.equal(sourcesOf(variables)['v7'], 'plays/group_vars/kafka');
    assert.equal(sourcesOf(variables)['v8'], 'inventories/prod/hosts.yml');
  });

  it('merges the files of a directory in the order of their names', async () => {
    const files: Files = {
      'inventories/prod/10.yml': 'all: {hosts: {a: {v: 1, w: 1}}}\n',
      'inventories/prod/20.yaml': 'all: {hosts: {a: {v: 2}, b: }}\n',
      'inventories/prod/README.md': 'words\n',
      'inventories/prod/group_vars/all.yml': 'x: 1\n',
    };
    const { inventory } = await load(files, { inventory: 'prod' });
    assert.deepEqual([...inventory.hosts.keys()], ['a', 'b']);
    assert.deepEqual(plain(inventory.hosts.get('a')?.variables), { v: 2, w: 1, x: 1 });
    assert.equal(inventory.name, 'prod');
    assert.match(inventory.path ?? '', /\/inventories\/prod$/);
  });

  it('merges several inventories in their order, each with the files beside it', async () => {
    const files: Files = {
      'inventories/prod/hosts.yml': 'web: {hosts: {a: {v: 1, w: 1}}}\n',
      'inventories/prod/group_vars/web.yml': 'x: prod\ny: prod\n',
      'inventories/lab/hosts.yml': 'web: {hosts: {b: }, vars: {v: 0}}\nall: {hosts: {a: {w: 2}}}\n',
      'inventories/lab/group_vars/web.yml': 'x: lab\n',
      'inventories/lab/host_vars/c.yml': 'z: c\n',
    };
    const { inventory } = await load(files, { inventory: ['prod', 'c,', 'lab'] });
    assert.deepEqual([...inventory.hosts.keys()], ['a', 'c', 'b']);
    assert.deepEqual(plain(inventory.hosts.get('a')?.variables), { v: 1, w: 2, x: 'lab', y: 'prod' });
    assert.deepEqual(plain(inventory.hosts.get('b')?.variables), { v: 0, x: 'lab', y: 'prod' });
    assert.deepEqual(plain(inventory.hosts.get('c')?.variables), { z: 'c' });
    assert.equal(inventory.name, 'prod and c, and lab');
    assert.match(inventory.path ?? '', /\/inventories\/prod$/);
  });

  it('finds a name as a file below inventories, and a path as it is', async () => {
    const files: Files = { 'inventories/lab.yml': 'all: {hosts: {lab1: }}\n', 'some/where.yml': 'all: {hosts: {s1: }}\n' };
    assert.deepEqual([...(await load(files, { inventory: 'lab' })).inventory.hosts.keys()], ['lab1']);
    assert.deepEqual([...(await load(files, { inventory: 'some/where.yml' })).inventory.hosts.keys()], ['s1']);
  });

  it('takes a list of hosts', async () => {
    const { inventory } = await load({ 'host_vars/b.yml': 'v: 1\n' }, { inventory: 'a,b,n[08:10],' });
    assert.deepEqual([...inventory.hosts.keys()], ['a', 'b', 'n08', 'n09', 'n10']);
    assert.equal(inventory.path, undefined);
    assert.deepEqual(plain(inventory.hosts.get('b')?.variables), { v: 1 });
  });

  it('reads connection variables under the names of Ansible', async () => {
    const { inventory } = await load({
      'hosts.yml':
        'all: {hosts: {n1: {ansible_host: 10.0.0.1, ansible_port: 2222, ansible_user: me, ansible_connection: smart, ansible_become: true}}}\n',
    });
    const expected = { address: '10.0.0.1', ssh_port: 2222, ssh_user: 'me', connection: 'ssh', become: true };
    assert.deepEqual(plain(inventory.hosts.get('n1')?.variables), expected);
  });

  it('reads values as Ansible means them', async () => {
    const written = `{ansible_port: "2222", ansible_become: yes, ansible_timeout: "7", ansible_password: 123, ansible_host_key_checking: off,
      ansible_sudo_pass: "0", ansible_ssh_common_args: -J outer, ansible_ssh_private_key_file: ~/k}`;
    const { inventory } = await load({ 'hosts.yml': `all: {hosts: {n1: ${written}}}\n` });
    assert.deepEqual(plain(inventory.hosts.get('n1')?.variables), {
      ssh_port: 2222,
      become: true,
      connect_timeout: 7,
      ssh_password: '123',
      ssh_host_key: 'accept-new',
      become_password: '0',
      ssh_common_args: '-J outer',
      ssh_key: '~/k',
    });
    const { extra } = await load({}, { extraVars: ['ssh_port=22 ansible_become=no connection=ssh'] });
    assert.deepEqual(plain(extra), { ssh_port: 22, become: false, connection: 'ssh' });
  });

  it('takes a variable under either name for one: the nearest place wins', async () => {
    const { inventory } = await load({
      'hosts.yml': 'all: {vars: {ssh_user: far, ansible_port: 1}, hosts: {n1: {ansible_user: near}, n2: {ssh_port: 2}}}\n',
      'host_vars/n2.yml': 'ansible_ssh_user: nearest\n',
    });
    assert.deepEqual(plain(inventory.hosts.get('n1')?.variables), { ssh_user: 'near', ssh_port: 1 });
    assert.deepEqual(plain(inventory.hosts.get('n2')?.variables), { ssh_user: 'nearest', ssh_port: 2 });
  });

  it('takes a port behind a name, and an address for a name', async () => {
    const { inventory } = await load({
      'hosts.yml':
        'all: {vars: {ssh_port: 1}, hosts: {"n[1:2]:2222": , "n3:22": {ansible_port: 3}, "[::1]:24": , "fe80::1": , "[::2]": }}\n',
    });
    const ports = [...inventory.hosts].map(([name, { variables }]) => [name, plain(variables)['ssh_port']]);
    assert.deepEqual(ports, [
      ['n1', 2222],
      ['n2', 2222],
      ['n3', 3],
      ['::1', 24],
      ['fe80::1', 1],
      ['::2', 1],
    ]);
    const list = await load({ 'play.yml': '- hosts: all:![::1]\n' }, { inventory: 'a:2222,[::1]:22,b,' });
    assert.deepEqual([list.targets, plain(list.inventory.hosts.get('a')?.variables)], [[['a', 'b']], { ssh_port: 2222 }]);
  });

  it('has localhost when a pattern names it, in no group', async () => {
    const { inventory, targets } = await load({ 'play.yml': '- hosts: localhost\n- hosts: all\n' });
    assert.deepEqual(targets, [['localhost'], ['n1']]);
    assert.deepEqual(plain(inventory.hosts.get('localhost')?.variables), { connection: 'local' });
    assert.deepEqual(inventory.groups.get('all'), ['n1']);
    assert.equal((await load({})).inventory.hosts.has('localhost'), false);
  });

  it('needs no inventory for localhost', async () => {
    assert.deepEqual((await load({ 'play.yml': '- hosts: localhost\n' }, { inventory: undefined })).targets, [['localhost']]);
  });

  it('lets a written localhost be what it is', async () => {
    const { inventory } = await load({
      'play.yml': '- hosts: localhost\n',
      'hosts.yml': 'all: {hosts: {localhost: {address: 127.0.0.2}}}\n',
    });
    assert.deepEqual(plain(inventory.hosts.get('localhost')?.variables), { address: '127.0.0.2' });
  });
});
