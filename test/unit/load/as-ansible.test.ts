// Inventories and patterns as Ansible has them: what ansible-core 2.19 answers, written down case by case.
import assert from 'node:assert/strict';
import { matchPattern } from '../../../src/load/inventory/pattern.ts';
import { toValue } from '../../../src/load/yaml/to-value.ts';
import { load } from './load-case.ts';

/** Behind a host: what is written, and its value. */
const OF_HOSTS: readonly (readonly [written: string, value: unknown])[] = [
  ['7', 7],
  ['-3', -3],
  ['+4', 4],
  ['1.5', 1.5],
  ['1e3', 1000.0],
  ['.5', 0.5],
  ['1_000', 1000],
  ['0644', '0644'],
  ['0x1f', 31],
  ['0o17', 15],
  ['True', true],
  ['False', false],
  ['None', null],
  ['true', 'true'],
  ['no', 'no'],
  ['yes', 'yes'],
  ['null', 'null'],
  ['a,b', 'a,b'],
  ['1,2', [1, 2]],
  ['(1,)', [1]],
  ['(1)', 1],
  ['[1,2]', [1, 2]],
  ["\"['a', 'b']\"", ['a', 'b']],
  ['"{\'a\': 1}"', { a: 1 }],
  ['\'{"a": true}\'', '{"a": true}'],
  ['10.0.0.1', '10.0.0.1'],
  ['"x y"', 'x y'],
  ["'7'", 7],
  ['\'"7"\'', '7'],
  ['a\\ b', 'a b'],
  ['x#y', 'x'],
  ['a=b', 'a=b'],
  ['', ''],
  ['"a\\\\nb"', 'a\\nb'],
];

/** In a section of variables. */
const OF_GROUPS: typeof OF_HOSTS = [
  ['7 # seven', 7],
  ['a b', 'a b'],
  ['a # b', 'a # b'],
  ['"x" # c', 'x'],
  ['[1, 2]', [1, 2]],
  ["{'a': [1, {'b': None}]}", { a: [1, { b: null }] }],
  ['"a" "b"', 'ab'],
  ["r'a\\nb'", 'a\\nb'],
  ['( 1 , 2 )', [1, 2]],
  ['a\\b', 'a\\b'],
  ['[1, x]', '[1, x]'],
  ['1+2', '1+2'],
  ['{}', {}],
  ['()', []],
  ['"unclosed', '"unclosed'],
  ["'it\\'s'", "it's"],
  ['"\\u00e9\\x41"', 'éA'],
  ['a = b', 'a = b'],
];

const TREE = `lone
[db]
db[1:3]
[web]
web[01:03].example.com:2222
db1
[cache]
c[a:c]
[app:children]
web
cache
[site:children]
app
db
[app]
own
[db:vars]
level=db
[site:vars]
level=site
[web:vars]
level=web
ansible_group_priority=10
[zoo]
db1
web02.example.com
[zoo:vars]
level=zoo
`;

/** Pattern and hosts; none: Ansible warns or passes over it, here it is an error. */
const PATTERNS: readonly (readonly [pattern: string, hosts: readonly string[]])[] = [
  ['all', ['lone', 'db1', 'web02.example.com', 'own', 'db2', 'db3', 'web01.example.com', 'web03.example.com', 'ca', 'cb', 'cc']],
  ['*', ['lone', 'db1', 'web02.example.com', 'own', 'db2', 'db3', 'web01.example.com', 'web03.example.com', 'ca', 'cb', 'cc']],
  ['db', ['db1', 'db2', 'db3']],
  ['app', ['own', 'web01.example.com', 'web02.example.com', 'web03.example.com', 'db1', 'ca', 'cb', 'cc']],
  ['site', ['own', 'db1', 'db2', 'db3', 'web01.example.com', 'web02.example.com', 'web03.example.com', 'ca', 'cb', 'cc']],
  ['zoo', ['db1', 'web02.example.com']],
  ['ungrouped', ['lone']],
  ['lone', ['lone']],
  ['db:web', ['db1', 'db2', 'db3', 'web01.example.com', 'web02.example.com', 'web03.example.com']],
  ['web,db', ['web01.example.com', 'web02.example.com', 'web03.example.com', 'db1', 'db2', 'db3']],
  ['db:&zoo', ['db1']],
  ['&zoo:db', ['db1']],
  ['!zoo:db', ['db2', 'db3']],
  ['!db', ['lone', 'web02.example.com', 'own', 'web01.example.com', 'web03.example.com', 'ca', 'cb', 'cc']],
  ['&web', ['db1', 'web02.example.com', 'web01.example.com', 'web03.example.com']],
  ['&web:!zoo', ['web01.example.com', 'web03.example.com']],
  ['all:!app', ['lone', 'db2', 'db3']],
  ['app[0]', ['own']],
  ['app[-1]', ['cc']],
  ['app[0:1]', ['own', 'web01.example.com']],
  ['app[1:]', ['web01.example.com', 'web02.example.com', 'web03.example.com', 'db1', 'ca', 'cb', 'cc']],
  ['app[-2:]', []],
  ['db[0-1]', ['db1', 'db2']],
  ['app[9]', []],
  ['site[2:4]', ['db2', 'db3', 'web01.example.com']],
  ['*.example.com', ['web01.example.com', 'web02.example.com', 'web03.example.com']],
  ['web0?.example.com', ['web01.example.com', 'web02.example.com', 'web03.example.com']],
  ['web0[!1]*', ['web02.example.com', 'web03.example.com']],
  ['~web0[12]', ['web01.example.com', 'web02.example.com']],
  ['~.*example', ['web01.example.com', 'web02.example.com', 'web03.example.com']],
  ['~b1', []],
  ['~(db|c)\\w', ['ca', 'cb', 'cc', 'db1', 'db2', 'db3']],
  ['c*', ['ca', 'cb', 'cc']],
  ['c*[1]', ['cb']],
  ['db*:!db[1]', ['db1', 'db3']],
  ['db1,db1,,db2', ['db1', 'db2']],
  ['db3:db1', ['db3', 'db1']],
  ['~^d', ['db1', 'db2', 'db3']],
  ['site:&~web.*:!web01*', ['db1', 'web02.example.com', 'web03.example.com']],
  ['lone:app[0]', ['lone', 'own']],
  ['d*', ['db1', 'db2', 'db3']],
  ['localhost', ['localhost']],
  ['nope', []],
  ['web*[0]', ['web01.example.com']],
  ['[cd]*', ['db1', 'db2', 'db3', 'ca', 'cb', 'cc']],
  ['!localhost', ['lone', 'db1', 'web02.example.com', 'own', 'db2', 'db3', 'web01.example.com', 'web03.example.com', 'ca', 'cb', 'cc']],
];

const GROUPS = {
  all: ['lone', 'db1', 'web02.example.com', 'own', 'db2', 'db3', 'web01.example.com', 'web03.example.com', 'ca', 'cb', 'cc'],
  ungrouped: ['lone'],
  db: ['db1', 'db2', 'db3'],
  web: ['web01.example.com', 'web02.example.com', 'web03.example.com', 'db1'],
  cache: ['ca', 'cb', 'cc'],
  app: ['own', 'web01.example.com', 'web02.example.com', 'web03.example.com', 'db1', 'ca', 'cb', 'cc'],
  site: ['own', 'db1', 'db2', 'db3', 'web01.example.com', 'web02.example.com', 'web03.example.com', 'ca', 'cb', 'cc'],
  zoo: ['db1', 'web02.example.com'],
};
const LEVELS = {
  db1: 'web',
  'web02.example.com': 'web',
  own: 'site',
  db2: 'db',
  db3: 'db',
  'web01.example.com': 'web',
  'web03.example.com': 'web',
  ca: 'site',
  cb: 'site',
  cc: 'site',
};

describe('src/load: as Ansible answers', () => {
  for (const [kind, cases] of Object.entries({ host: OF_HOSTS, group: OF_GROUPS })) {
    for (const [written, value] of cases) {
      it(`INI, a variable of a ${kind}: ${written}`, async () => {
        const text = kind === 'host' ? `n1 v=${written}\n` : `n1\n[all:vars]\nv = ${written}\n`;
        const { inventory } = await load({ 'hosts.ini': text }, { inventory: 'hosts.ini' });
        const variable = inventory.hosts.get('n1')?.variables['v'];
        assert.deepEqual(variable && toValue(variable.node), value);
        assert.equal(variable?.node.at.line, kind === 'host' ? 1 : 3);
      });
    }
  }

  it('INI: groups, their order, and what is said of them', async () => {
    const { inventory } = await load({ 'hosts.ini': TREE }, { inventory: 'hosts.ini' });
    assert.deepEqual(Object.fromEntries(inventory.groups), GROUPS);
    const levels = [...inventory.hosts.values()].flatMap(({ name, variables: { level } }) => (level ? [[name, toValue(level.node)]] : []));
    assert.deepEqual(Object.fromEntries(levels), LEVELS);
    assert.deepEqual(inventory.hosts.get('web01.example.com')?.variables['ssh_port']?.node.at.line, 5);
  });

  for (const [pattern, hosts] of PATTERNS) {
    it(`pattern ${pattern}`, async () => {
      const { inventory } = await load({ 'hosts.ini': TREE }, { inventory: 'hosts.ini' });
      const said: string[] = [];
      const matched = matchPattern(pattern, inventory, { noun: 'pattern', at: undefined }, problem => said.push(problem.what));
      assert.deepEqual(matched, hosts);
      assert.equal(said.length > 0, hosts.length === 0, said.join());
    });
  }
});
