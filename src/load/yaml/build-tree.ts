// From js-yaml's flat events to the tree: places, tags, anchors, duplicate keys. Problems are collected, not thrown.
import {
  type AliasEvent,
  EVENT_ID,
  type Event,
  getScalarValue,
  type MappingEvent,
  SCALAR_STYLE,
  type ScalarEvent,
  type SequenceEvent,
} from 'js-yaml';
import type { Position, Problem } from '../../errors/problem.ts';
import type { Locate } from './lines.ts';
import { MapEntries } from './map-entries.ts';
import type { ScalarStyle, YamlNode } from './node.ts';
import { refusedTag, resolveScalar } from './scalar.ts';

/** How many values aliases may stand for in one file, all counted: a file of a few lines can otherwise mean millions. */
const MAX_ALIASED = 100_000;

interface Anchor {
  readonly node: YamlNode;
  readonly size: number;
}

/** Builds the tree of one document. One instance reads one run of events. */
export class TreeBuilder {
  readonly problems: Problem[] = [];
  readonly #anchors = new Map<string, Anchor | 'open'>();
  readonly #events: readonly Event[];
  readonly #text: string;
  readonly #locate: Locate;
  #next = 0;
  #size = 0;
  #aliased = 0;
  /** Offset behind what was read last: where an empty value is. */
  #end = 0;

  constructor(events: readonly Event[], text: string, locate: Locate) {
    this.#events = events;
    this.#text = text;
    this.#locate = locate;
  }

  build(): YamlNode {
    return this.#node(this.#take());
  }

  #take(): Event {
    const event = this.#events[this.#next++];
    if (event === undefined) throw new RangeError('the YAML events ended inside a value');
    return event;
  }

  /** Whether the container that is being read goes on; takes its closing event when it does not. */
  #more(): boolean {
    if (this.#events[this.#next]?.type !== EVENT_ID.POP) return true;
    this.#next++;
    return false;
  }

  #node(event: Event, emptyAt?: Position): YamlNode {
    switch (event.type) {
      case EVENT_ID.ALIAS:
        return this.#alias(event);
      case EVENT_ID.SCALAR:
      case EVENT_ID.SEQUENCE:
      case EVENT_ID.MAPPING:
        return this.#anchored(event, emptyAt);
      case EVENT_ID.DOCUMENT:
      case EVENT_ID.POP:
        throw new RangeError('a YAML event that begins no value');
      default:
        return event satisfies never;
    }
  }

  #anchored(event: ScalarEvent | SequenceEvent | MappingEvent, emptyAt: Position | undefined): YamlNode {
    const name = event.anchorStart < 0 ? undefined : this.#text.slice(event.anchorStart, event.anchorEnd);
    if (name !== undefined) this.#anchors.set(name, 'open');
    const before = this.#size++;
    const node = this.#value(event, emptyAt);
    if (name !== undefined) this.#anchors.set(name, { node, size: this.#size - before });
    return node;
  }

  #value(event: ScalarEvent | SequenceEvent | MappingEvent, emptyAt: Position | undefined): YamlNode {
    if (event.type === EVENT_ID.SCALAR) return this.#scalar(event, emptyAt);
    return event.type === EVENT_ID.SEQUENCE ? this.#list(event) : this.#map(event);
  }

  #alias(event: AliasEvent): YamlNode {
    const name = this.#text.slice(event.anchorStart, event.anchorEnd);
    const at = this.#locate(event.anchorStart - 1);
    this.#end = event.anchorEnd;
    const anchor = this.#anchors.get(name);
    if (anchor === undefined)
      this.problems.push({
        at,
        what: `the alias *${name} has no anchor`,
        advice: `write &${name} before the value it stands for, further up`,
      });
    else if (anchor === 'open') this.problems.push({ at, what: `the alias *${name} stands inside the value it stands for` });
    else {
      this.#size += anchor.size;
      this.#aliased += anchor.size;
      if (this.#aliased <= MAX_ALIASED) return Object.freeze({ ...anchor.node, at });
      if (this.#aliased - anchor.size <= MAX_ALIASED)
        this.problems.push({ at, what: `aliases stand for more than ${MAX_ALIASED} values in this file` });
    }
    return nothing(at);
  }

  #scalar(event: ScalarEvent, emptyAt?: Position): YamlNode {
    const tag = this.#tag(event);
    const style = styleOf(event);
    const at = this.#scalarAt(event, style, emptyAt);
    const text = getScalarValue(this.#text, event);
    this.#end = Math.max(this.#end, event.valueEnd);
    const meaning = resolveScalar(text, style === 'plain', tag);
    const value = 'value' in meaning ? meaning.value : null;
    if ('problem' in meaning) this.problems.push({ at: event.tagStart < 0 ? at : this.#locate(event.tagStart), ...meaning.problem });
    return Object.freeze(tag === undefined ? { kind: 'scalar', value, text, style, at } : { kind: 'scalar', value, text, style, at, tag });
  }

  #scalarAt(event: ScalarEvent, style: ScalarStyle, emptyAt: Position | undefined): Position {
    if (event.valueStart < 0) return emptyAt ?? this.#locate(this.#end);
    const at = this.#locate(event.valueStart);
    return style === 'block' && event.indent > 0 ? Object.freeze({ ...at, column: event.indent + 1 }) : at;
  }

  #list(event: SequenceEvent): YamlNode {
    this.#containerTag(event, '!!seq');
    this.#end = event.start;
    const items: YamlNode[] = [];
    while (this.#more()) items.push(this.#node(this.#take()));
    return Object.freeze({ kind: 'list', items: Object.freeze(items), at: this.#locate(event.start) });
  }

  #map(event: MappingEvent): YamlNode {
    this.#containerTag(event, '!!map');
    this.#end = event.start;
    const entries = new MapEntries();
    while (this.#more()) {
      const keyEvent = this.#take();
      const merge = isMerge(keyEvent, this.#text);
      const key = this.#node(keyEvent);
      const value = this.#node(this.#take(), key.at);
      const wrong = merge ? entries.merge(key.at, value) : entries.add(key, value);
      if (wrong.length > 0) this.problems.push(...wrong);
    }
    return Object.freeze({ kind: 'map', entries: entries.done(), at: this.#locate(event.start) });
  }

  #tag(event: ScalarEvent | SequenceEvent | MappingEvent): string | undefined {
    return event.tagStart < 0 ? undefined : this.#text.slice(event.tagStart, event.tagEnd);
  }

  #containerTag(event: SequenceEvent | MappingEvent, own: string): void {
    const tag = this.#tag(event);
    if (tag !== undefined && tag !== own) this.problems.push({ at: this.#locate(event.tagStart), ...refusedTag(tag) });
  }
}

function isMerge(event: Event, text: string): boolean {
  return (
    event.type === EVENT_ID.SCALAR &&
    event.style === SCALAR_STYLE.PLAIN &&
    text.startsWith('<<', event.valueStart) &&
    getScalarValue(text, event) === '<<'
  );
}

function styleOf(event: ScalarEvent): ScalarStyle {
  if (event.style === SCALAR_STYLE.PLAIN) return 'plain';
  return event.style === SCALAR_STYLE.LITERAL_BLOCK || event.style === SCALAR_STYLE.FOLDED_BLOCK ? 'block' : 'quoted';
}

function nothing(at: Position): YamlNode {
  return Object.freeze({ kind: 'scalar', value: null, text: '', style: 'plain', at });
}
