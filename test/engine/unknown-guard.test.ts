// src/schedule/unknown-guard: what is not known yet cannot be looked at, but can be handed on.
import { deepEqual, equal, throws } from 'node:assert/strict';
import { defineFact } from '../../src/facts/contract.ts';
import { change } from '../../src/modules/steps.ts';
import type { Engine } from '../../src/schedule/state/engine.ts';
import { FactStore } from '../../src/schedule/state/fact-store.ts';
import { foretell } from '../../src/schedule/changing/foretell.ts';
import type { HostRun } from '../../src/schedule/state/host-run.ts';
import { DependsOnUnknown, guardUnknown, unguarded } from '../../src/schedule/state/unknown-guard.ts';
import { partByPart } from '../../src/util/part-by-part.ts';
import { sh } from '../../src/util/shell.ts';
import { unknown } from '../../src/util/unknown.ts';

const later = unknown('depends on task 1');
const known = { partitions: [{ id: 0, leader: 1 }] };
const foretold = { partitions: [{ id: 0, leader: later, replicas: [later, later] }] };

describe('src/schedule/state/unknown-guard', () => {
  it('hands out what is known as it is', () => {
    equal(guardUnknown(known), known);
  });

  it('shows what is known of a value, and ends whoever looks at the rest', () => {
    const [partition] = guardUnknown(foretold).partitions;
    equal(partition?.id, 0);
    equal(partition.replicas.length, 2);
    throws(() => partition.leader, DependsOnUnknown);
    throws(() => partition.replicas[1], DependsOnUnknown);
  });

  it('gives back what stands behind a view, however a module has put it together again', () => {
    const topics = guardUnknown({ a: foretold, b: known });
    const promised = { topics: { ...topics, b: { partitions: [...known.partitions, ...topics.a.partitions] } } };
    deepEqual(unguarded(promised), {
      topics: { a: foretold, b: { partitions: [...known.partitions, ...foretold.partitions] } },
    });
  });

  it('lets a module give what it knows, and the rest as unknown, part by part', () => {
    const node = guardUnknown({ kind: 'file', mode: later });
    deepEqual(partByPart({ exists: () => node.kind !== 'absent', mode: () => node.mode as never }), { exists: true, mode: later });
    const broken = (): never => {
      throw new TypeError('a bug is no unknown');
    };
    throws(() => partByPart({ broken }), TypeError);
  });

  it('leaves alone what was never a view', () => {
    equal(unguarded(later), later);
    equal(unguarded(undefined), undefined);
    deepEqual(unguarded({ text: 'a', list: [1, null, later] }), { text: 'a', list: [1, null, later] });
  });
});

describe('src/schedule/changing/foretell', () => {
  it('takes a promise that hands on what could not be looked at', async () => {
    const topics = defineFact({
      name: 'test.topics',
      summary: 'topics',
      probe: () => sh`:`,
      reads: () => [],
      parse: () => ({ topics: {} }),
      absent: { topics: {} },
      cost: 'cheap',
    })({});
    const host = { facts: new FactStore(), foretold: new Set() } as object as HostRun;
    const add = async (name: string, topic: unknown): Promise<void> => {
      const now = guardUnknown(host.facts.peek(topics, '')?.value as { readonly topics: Readonly<Record<string, unknown>> });
      const sets = [topics.with({ topics: { ...now.topics, [name]: topic } })];
      await foretell(
        { hosts: new Map() } as object as Engine,
        host,
        undefined,
        change('topic', null, name, { actions: [], sets, touches: [] }),
        name,
      );
    };
    host.facts.keep(topics, '', { topics: {} });
    await add('a', foretold);
    await add('b', known);
    await add('c', known);
    deepEqual(host.facts.peek(topics, '')?.value, { topics: { a: foretold, b: known, c: known } });
  });
});
