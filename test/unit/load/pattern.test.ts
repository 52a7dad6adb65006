// Host patterns: every form, in the order of Ansible.
import assert from 'node:assert/strict';
import type { InventoryHost } from '../../../src/load/types.ts';
import { matchPattern } from '../../../src/load/inventory/pattern.ts';
import { runCase } from './load-case.ts';

const ALL = ['n1', 'n2', 'n3', 'web1.example.com', 'db1', 'kafka1'];
const AT = { file: 'h.yml', line: 1, column: 1 };
const HOSTS = new Map(ALL.map((name): [string, InventoryHost] => [name, { name, at: AT, groups: [], variables: {} }]));
const GROUPS = new Map<string, readonly string[]>([
  ['all', ALL],
  ['ungrouped', ['db1']],
  ['kafka', ['n1', 'n2', 'n3']],
  ['rack1', ['n3', 'web1.example.com']],
  ['empty', []],
  ['db1', ['n2']],
]);

function match(pattern: string): readonly string[] {
  const lines: string[] = [];
  const hosts = matchPattern(pattern, { hosts: HOSTS, groups: GROUPS, written: ALL }, { noun: 'pattern', at: undefined }, problem =>
    lines.push(problem.what),
  );
  return lines.length > 0 ? lines : hosts;
}

const CASES: readonly (readonly [pattern: string, expected: readonly string[]])[] = [
  ['all', ALL],
  ['*', ALL],
  ['n2', ['n2']],
  ['kafka', ['n1', 'n2', 'n3']],
  ['rack1,kafka', ['n3', 'web1.example.com', 'n1', 'n2']],
  ['rack1:kafka', ['n3', 'web1.example.com', 'n1', 'n2']],
  ['kafka:&rack1', ['n3']],
  ['&rack1:kafka', ['n3']],
  ['kafka,!n2', ['n1', 'n3']],
  ['!n2,kafka', ['n1', 'n3']],
  ['!kafka', ['web1.example.com', 'db1', 'kafka1']],
  ['&rack1', ['n3', 'web1.example.com']],
  ['kafka:rack1:&rack1:!n3', ['web1.example.com']],
  ['n*', ['n1', 'n2', 'n3']],
  ['n[!1]', ['n2', 'n3']],
  ['n?,db1', ['n1', 'n2', 'n3']],
  ['*.example.com', ['web1.example.com']],
  ['~n[12]', ['n1', 'n2']],
  ['~(n|web)\\d', ['n1', 'n2', 'n3', 'web1.example.com']],
  ['~n{1,2}1', ['n1']],
  ['~b1', ['the pattern "~b1" matches no host or group']],
  ['kafka[0]', ['n1']],
  ['kafka[-1]', ['n3']],
  ['kafka[0:1]', ['n1', 'n2']],
  ['kafka[1:]', ['n2', 'n3']],
  ['kafka[0-1]', ['n1', 'n2']],
  ['kafka[3]', ['the pattern "kafka[3]" takes none of the 3 hosts there']],
  ['n1,,n2,', ['n1', 'n2']],
  [' n1 , n2 ', ['n1', 'n2']],
  ['n1,empty', ['n1']],
  ['empty', ['the pattern "empty" leaves no host']],
  ['db1', ['n2']],
  ['all:!nix*', ALL],
  ['[z-a]', ['the pattern "[z-a]" is no regular expression']],
  ['localhost', ['localhost']],
  ['kafka*', ['n1', 'n2', 'n3', 'kafka1']],
];

describe('src/load/inventory/pattern', () => {
  for (const [pattern, expected] of CASES) {
    it(JSON.stringify(pattern), () => assert.deepEqual(match(pattern), expected));
  }

  it('keeps the order of the play under a limit', async () => {
    const files = {
      'play.yml': '- hosts: kafka\n- hosts: rest\n',
      'hosts.yml': 'kafka: {hosts: {n1: , n2: , n3: }}\nrest: {hosts: {n4: }}\n',
    };
    const { sources } = await runCase(['', files, [], { limit: 'n3,n1' }]);
    assert.deepEqual(sources?.targets, [['n1', 'n3'], []]);
    assert.deepEqual(sources.hostsOf('kafka'), ['n1', 'n3']);
  });

  it('reads a limit from a file', async () => {
    const files = { 'hosts.yml': 'all: {hosts: {n1: , n2: , n3: }}\n', failed: '# since monday\nn1\nn3 # too\n\n' };
    assert.deepEqual((await runCase(['', files, [], { limit: '@failed' }])).sources?.targets, [['n1', 'n3']]);
  });
});
