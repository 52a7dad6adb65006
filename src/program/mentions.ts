// The variables that the nodes of a Program mention: texts that are the same are looked through once, wherever they stand.
import type { Position } from '../errors/problem.ts';
import { referencesInCondition, referencesInTemplate, type Reference } from '../expression/references.ts';
import type { Condition, Node } from './types.ts';
import { leavesOf } from './walk.ts';

interface Text {
  readonly kind: 'template' | 'condition';
  readonly text: string;
  readonly at?: Position;
}

/** A text with what it mentions. */
export interface MentioningText extends Text {
  /** What it mentions without providing for its absence. */
  readonly names: readonly string[];
}

/** What a node mentions. */
export type Mentions = (from: Node | Condition) => readonly MentioningText[];

/** A node of a task or of a group is looked through once, however many hosts have it, and so are texts that are the same. */
export function rememberMentions(): Mentions {
  const found = new Map<Node | Condition, readonly MentioningText[]>();
  const names = new Map<string, readonly string[]>();
  const namesIn = (text: Text): readonly string[] => {
    const key = `${text.kind} ${text.text}`;
    const known = names.get(key) ?? referencesIn(text).map(({ root }) => root);
    names.set(key, known);
    return known;
  };
  return from => {
    const known = found.get(from) ?? textsOf('kind' in from ? from : conditionNode(from)).map(text => ({ ...text, names: namesIn(text) }));
    found.set(from, known);
    return known;
  };
}

function conditionNode(condition: Condition): Node {
  return { kind: 'condition', text: condition.text, ...(condition.at && { at: condition.at }) };
}

/** The texts in a node that refer to variables. */
function textsOf(node: Node): readonly Text[] {
  return leavesOf(node).flatMap((leaf): readonly Text[] => {
    const at = leaf.at && { at: leaf.at };
    if (leaf.kind === 'template' || leaf.kind === 'secret-template') return [{ kind: 'template', text: leaf.text, ...at }];
    if (leaf.kind === 'content') return [{ kind: 'template', text: leaf.text, at: { file: leaf.file, line: 1, column: 1 } }];
    return leaf.kind === 'condition' ? [{ kind: 'condition', text: leaf.text, ...at }] : [];
  });
}

/** Mentions whose absence nothing provides for. */
export function referencesIn(text: Text): readonly Reference[] {
  const found = text.kind === 'condition' ? referencesInCondition(text.text, text.at) : referencesInTemplate(text.text, text.at);
  return found.filter(reference => !reference.guarded);
}
