// Programs with thousands of hosts: what they share is made once, and what is asked of one host leaves the others alone.
import assert from 'node:assert/strict';
import { inventoryScope } from '../../../src/program/inventory-scope.ts';
import { lazyMapOf } from '../../../src/program/lazy-map.ts';
import { compileProgram } from '../../../src/program/compile.ts';
import type { Program } from '../../../src/program/types.ts';
import { load } from '../load/load-case.ts';

async function compile(count: number): Promise<Program> {
  const sources = await load({
    'hosts.yml': `all:\n  hosts: {"n[1:${count}]": }\n  vars: {packages: [a, b], name: "x{{ inventory_hostname }}"}\n`,
  });
  return compileProgram(sources, { mode: 'run', tags: { only: [], skip: [] }, magic: {}, hostsOf: sources.hostsOf, cwd: '/' });
}

describe('programs of many hosts', () => {
  it('hold a variable of a group once', async () => {
    const { hosts } = await compile(2000);
    const made = new Set(Object.values(hosts).flatMap(host => Object.values(host.variables)));
    assert.equal(made.size, 2);
  });

  it('look at one host where hostvars is asked for one', async () => {
    const program = await compile(2000);
    let looks = 0;
    const hosts = new Proxy(
      { ...program.hosts },
      {
        get(target, key, receiver): unknown {
          looks += 1;
          return Reflect.get(target, key, receiver);
        },
        ownKeys(target) {
          looks += Object.keys(target).length;
          return Reflect.ownKeys(target);
        },
      },
    );
    const entry = program.hosts['n1'];
    assert.ok(entry);
    const found = inventoryScope({ ...program, hosts }, entry).lookup('hostvars');
    assert.ok(found.found);
    assert.equal((found.value as Record<string, Record<string, unknown>>)['n9']?.['name'], 'xn9');
    assert.ok(looks < 10, `${looks} looks`);
  });

  it('have a map of all hosts that is like any other', () => {
    const made: string[] = [];
    const map = lazyMapOf({ a: 1, b: 2, c: 3 }, name => {
      made.push(name);
      return name.toUpperCase();
    }) as Readonly<Record<string, unknown>>;
    assert.deepEqual([map['b'], map['x'], 'c' in map, Object.hasOwn(map, 'y'), 'toString' in map], ['B', undefined, true, false, true]);
    assert.deepEqual(made, ['b']);
    assert.deepEqual(Object.entries(map), [
      ['a', 'A'],
      ['b', 'B'],
      ['c', 'C'],
    ]);
    assert.ok(Object.isFrozen(Object.freeze(map)));
    assert.equal(JSON.stringify(map), '{"a":"A","b":"B","c":"C"}');
  });
});
