// What is under way, as a tree: play, its running tasks, their hosts. Takes events in any order; never throws.
import { createPaint, type Paint } from './colour.ts';
import { showDuration } from './duration.ts';
import type { Event, Mode, TaskRef, TaskResult } from './events.ts';
import { taskHeading } from './heading.ts';
import type { LiveNode, NodeState } from './live-node.ts';
import { orderInWords } from './order.ts';

/** With more hosts than this, those that are through make room for those that are not. */
const HOSTS_SHOWN = 12;

interface HostLine {
  /** Undefined while there are too many to show. */
  node: LiveNode | undefined;
  readonly since: number;
  words: string;
  isOver: boolean;
}

interface TaskLine {
  readonly ref: TaskRef;
  readonly node: LiveNode;
  readonly hosts: Map<string, HostLine>;
  /** Of a rolling change, in words; empty for any other task. */
  order: string;
}

/** Draws events on a tree. */
export interface LiveTree {
  take(event: Event): void;
  /** Brings the times up to date. */
  tick(): void;
}

/** Begins beneath a root. `now` gives milliseconds. */
export function createLiveTree(root: LiveNode, options: { readonly now: () => number; readonly colour: boolean }): LiveTree {
  return new Tree(root, options.now, createPaint(options.colour));
}

class Tree implements LiveTree {
  readonly #root: LiveNode;
  readonly #now: () => number;
  readonly #paint: Paint;
  readonly #tasks = new Map<string, TaskLine>();
  readonly #begun = new Set<string>();
  #play: LiveNode | undefined;
  #playName = '';
  #total = 0;
  #mode: Mode = 'run';

  constructor(root: LiveNode, now: () => number, paint: Paint) {
    this.#root = root;
    this.#now = now;
    this.#paint = paint;
  }

  take(event: Event): void {
    switch (event.kind) {
      case 'run-started':
        this.#total = event.tasks;
        this.#begun.clear();
        this.#mode = event.mode;
        return;
      case 'play-started':
        this.#clear();
        this.#playName = event.play;
        this.#play = this.#root.add(event.play, 'running');
        this.#titlePlay();
        return;
      case 'task-started':
        this.#start(event.task, event.hosts);
        return;
      case 'roll':
        this.#order(event.task, orderInWords(event.turns));
        return;
      case 'waiting':
        this.#say(event.task, event.host, `waiting for ${event.for}`, 'waiting');
        return;
      case 'change':
        this.#say(event.task, event.host, `${this.#mode === 'check' ? 'foretelling' : 'changing'} ${event.change.attribute}`, 'running');
        return;
      case 'proof':
        this.#say(event.task, event.host, `proved ${event.text}`, 'running');
        return;
      case 'task-result':
        this.#finish(event);
        return;
      case 'host-lost':
        for (const task of this.#tasks.values()) this.#close(task, event.host, 'lost', 'failed');
        return;
      case 'run-finished':
        this.#clear();
        return;
      case 'interrupted':
      case 'note':
      case 'notified':
        return;
    }
    event satisfies never;
  }

  tick(): void {
    for (const task of this.#tasks.values()) for (const [host, line] of task.hosts) if (!line.isOver) this.#title(host, line, 'running');
  }

  /** Tasks come one after the other; those whose hosts are all through make room. */
  #start(ref: TaskRef, hosts: readonly string[]): void {
    for (const task of [...this.#tasks.values()]) if (task.ref.id === ref.id || isOver(task)) this.#drop(task);
    if (!ref.handler) this.#begun.add(ref.id);
    const node = (this.#play ?? this.#root).add(this.#paint('bold', taskHeading(ref, false)), 'running');
    const task: TaskLine = { ref, node, hosts: new Map(), order: '' };
    this.#tasks.set(ref.id, task);
    for (const [index, host] of hosts.entries()) {
      const line: HostLine = {
        node: index < HOSTS_SHOWN ? node.add(host, 'running') : undefined,
        since: this.#now(),
        words: '',
        isOver: false,
      };
      task.hosts.set(host, line);
    }
    this.#titleTask(task);
    this.#titlePlay();
  }

  #lineOf(ref: TaskRef, host: string): { readonly task: TaskLine; readonly line: HostLine } | undefined {
    if (!this.#tasks.has(ref.id)) this.#start(ref, [host]);
    const task = this.#tasks.get(ref.id);
    if (task === undefined) return undefined;
    const line = task.hosts.get(host) ?? { node: task.node.add(host, 'running'), since: this.#now(), words: '', isOver: false };
    task.hosts.set(host, line);
    return { task, line };
  }

  #say(ref: TaskRef, host: string, words: string, state: NodeState): void {
    const found = this.#lineOf(ref, host);
    if (found === undefined) return;
    found.line.words = words;
    found.line.isOver = false;
    this.#title(host, found.line, state);
  }

  #order(ref: TaskRef, order: string): void {
    const task = this.#tasks.get(ref.id);
    if (task === undefined) return;
    task.order = order;
    this.#titleTask(task);
  }

  #finish(result: TaskResult): void {
    const found = this.#lineOf(result.task, result.host);
    if (found === undefined) return;
    const words = result.item === undefined ? result.status : `${result.status} (${result.item})`;
    this.#close(found.task, result.host, words, stateOf(result));
    this.#titlePlay();
  }

  #close(task: TaskLine, host: string, words: string, state: NodeState): void {
    const line = task.hosts.get(host);
    if (line === undefined) return;
    line.isOver = true;
    line.words = words;
    line.node?.set(`${host} ${words}`, state);
    if (task.hosts.size > HOSTS_SHOWN) this.#makeRoom(task, line);
    this.#titleTask(task);
  }

  /** The next host that is still at it takes the place of one that is through. */
  #makeRoom(task: TaskLine, through: HostLine): void {
    if (through.node === undefined) return;
    through.node.remove();
    through.node = undefined;
    for (const [host, line] of task.hosts) {
      if (line.isOver || line.node !== undefined) continue;
      line.node = task.node.add(host, 'running');
      this.#title(host, line, 'running');
      return;
    }
  }

  #title(host: string, line: HostLine, state: NodeState): void {
    const elapsed = this.#now() - line.since;
    const time = elapsed >= 2000 ? this.#paint('dim', ` ${showDuration(elapsed)}`) : '';
    line.node?.set(`${host}${line.words === '' ? '' : ` ${line.words}`}${time}`, line.words.startsWith('waiting') ? 'waiting' : state);
  }

  #titleTask(task: TaskLine): void {
    const over = [...task.hosts.values()].filter(line => line.isOver).length;
    const count = task.hosts.size > 1 ? this.#paint('dim', ` ${over}/${task.hosts.size} hosts`) : '';
    const order = task.order === '' ? '' : this.#paint('dim', ` in order: ${task.order}`);
    task.node.set(`${this.#paint('bold', taskHeading(task.ref, false))}${count}${order}`, 'running');
  }

  #titlePlay(): void {
    const count = this.#total > 0 ? this.#paint('dim', ` task ${Math.min(this.#begun.size, this.#total)} of ${this.#total}`) : '';
    this.#play?.set(`${this.#playName}${count}`, 'running');
  }

  #drop(task: TaskLine): void {
    task.node.remove();
    this.#tasks.delete(task.ref.id);
  }

  #clear(): void {
    for (const task of [...this.#tasks.values()]) this.#drop(task);
    this.#play?.remove();
    this.#play = undefined;
  }
}

function isOver(task: TaskLine): boolean {
  return [...task.hosts.values()].every(line => line.isOver);
}

function stateOf(result: TaskResult): NodeState {
  switch (result.status) {
    case 'ok':
      return 'done';
    case 'changed':
      return 'changed';
    case 'skipped':
    case 'unknown':
      return 'skipped';
    case 'failed':
    case 'unreachable':
      return result.ignored || result.rescued === true ? 'skipped' : 'failed';
  }
  return result.status satisfies never;
}
