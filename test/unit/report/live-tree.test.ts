import assert from 'node:assert/strict';
import type { LiveNode, NodeState } from '../../../src/report/live-node.ts';
import { createLiveTree } from '../../../src/report/live-tree.ts';
import { aResult, aTask, loadEvents, storedRuns } from './support/events.ts';
import { shuffled } from './support/shuffle.ts';

/** A tree in memory. */
interface Drawn extends LiveNode {
  lines(depth?: number): readonly string[];
}

function draw(title: string, state: NodeState, leave: (node: Drawn) => void): Drawn {
  const children: Drawn[] = [];
  let line = `${title} ${state}`;
  const node: Drawn = {
    add(text, its) {
      const child: Drawn = draw(text, its, gone => children.splice(children.indexOf(gone), 1));
      children.push(child);
      return child;
    },
    set(text, its) {
      line = `${text} ${its}`;
    },
    remove: () => leave(node),
    lines: (depth = 0) => [
      ...(depth > 0 ? [`${'  '.repeat(depth - 1)}${line}`] : []),
      ...children.flatMap(child => child.lines(depth + 1)),
    ],
  };
  return node;
}

describe('report/live-tree', () => {
  it('shows how long a host has been at it', () => {
    let now = 0;
    const root = draw('', 'running', () => undefined);
    const tree = createLiveTree(root, { now: () => now, colour: false });
    tree.take({ kind: 'play-started', play: 'p', hosts: ['n1', 'n2'] });
    tree.take({ kind: 'task-started', task: aTask('t'), hosts: ['n1', 'n2'] });
    tree.take({ kind: 'waiting', task: aTask('t'), host: 'n2', for: 'port 80' });
    tree.take(aResult('t', 'n1', { status: 'changed' }));
    now = 65_000;
    tree.tick();
    assert.deepEqual(root.lines(), [
      'p running',
      '  TASK [t] 1/2 hosts running',
      '    n1 changed changed',
      '    n2 waiting for port 80 1 min 05 s waiting',
    ]);
  });

  it('shows the order of a rolling change beside its task', () => {
    const root = draw('', 'running', () => undefined);
    const tree = createLiveTree(root, { now: () => 0, colour: false });
    tree.take({ kind: 'task-started', task: aTask('t'), hosts: ['n1', 'n2'] });
    tree.take({ kind: 'roll', task: aTask('t'), turns: [{ member: 'n2' }, { member: 'n1', part: 'leader' }], leftOut: [] });
    assert.equal(root.lines()[0], 'TASK [t] 0/2 hosts in order: n2, then leader n1 running');
  });

  it('counts hosts where there are many, and shows those still at it', () => {
    const root = draw('', 'running', () => undefined);
    const tree = createLiveTree(root, { now: () => 0, colour: false });
    const hosts = Array.from({ length: 60 }, (_, index) => `h${index}`);
    tree.take({ kind: 'task-started', task: aTask('t'), hosts });
    for (const host of hosts.slice(0, 10)) tree.take(aResult('t', host));
    assert.equal(root.lines()[0], 'TASK [t] 10/60 hosts running');
    assert.equal(root.lines().length, 13);
    for (const host of hosts.slice(11)) tree.take(aResult('t', host));
    assert.deepEqual(root.lines(), ['TASK [t] 59/60 hosts running', '  h10 running']);
  });

  it('takes a task off when the next begins, unless a host is still at it', () => {
    const root = draw('', 'running', () => undefined);
    const tree = createLiveTree(root, { now: () => 0, colour: false });
    tree.take({ kind: 'task-started', task: aTask('a'), hosts: ['n1'] });
    tree.take({ kind: 'task-started', task: aTask('b'), hosts: ['n2'] });
    tree.take(aResult('b', 'n2'));
    tree.take({ kind: 'task-started', task: aTask('c'), hosts: ['n3'] });
    assert.deepEqual(root.lines(), ['TASK [a] running', '  n1 running', 'TASK [c] running', '  n3 running']);
  });

  it('takes events in any order, and is empty in the end', () => {
    for (const name of storedRuns) {
      for (let seed = 1; seed <= 50; seed++) {
        const root = draw('', 'running', () => undefined);
        const tree = createLiveTree(root, { now: () => 0, colour: false });
        const events = loadEvents(name).filter(event => event.kind !== 'run-finished');
        for (const event of shuffled(events, seed)) {
          tree.take(event);
          tree.tick();
        }
        const finish = loadEvents('first').at(-1);
        if (finish) tree.take(finish);
        assert.deepEqual(root.lines(), []);
      }
    }
  });
});
