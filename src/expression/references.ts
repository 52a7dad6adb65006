// Which variables a template or a condition refers to, so that one that nothing could define is found before the first connection.
import type { Position } from '../errors/problem.ts';
import { withoutHabits } from './condition/cel-habits.ts';
import { conditionReferences } from './condition/condition-references.ts';
import { parseCondition } from './condition/parse-condition.ts';
import { insteadInTemplate } from './jinja/instead.ts';
import type { Mention } from './mention.ts';
import { isTemplate, parseTemplate } from './template/parse-template.ts';
import { templateReferences } from './template/template-references.ts';
import { placeOfOffset, placeWithin } from './text-position.ts';

/** One mention of a variable. */
export interface Reference {
  /** The variable's name. */
  readonly root: string;
  /** The keys behind it, as far as they are written out. */
  readonly path: readonly string[];
  /** True when its absence is provided for: by `default`, or by a `has` of the same name anywhere in the text. */
  readonly guarded: boolean;
  readonly at?: Position;
}

/** The variables of a template, in the order of the text; none when it has faults. */
export function referencesInTemplate(text: string, at?: Position): readonly Reference[] {
  if (!isTemplate(text)) return [];
  const mentions = templateReferences(parseTemplate(text).tree);
  return finish(mentions.map(({ place, ...mention }) => ({ mention, at: placeWithin(at, place) })));
}

/** The variables of a condition, in the order of the text; none when it has faults. */
export function referencesInCondition(text: string, at?: Position): readonly Reference[] {
  const { run } = parseCondition(text);
  if (run === undefined) return [];
  return finish(
    conditionReferences(run.ast).map(({ offset, ...mention }) => ({ mention, at: placeWithin(at, placeOfOffset(text, offset)) })),
  );
}

function finish(found: readonly { readonly mention: Mention; readonly at: Position | undefined }[]): readonly Reference[] {
  const asked = new Set(found.filter(item => item.mention.asked).map(item => item.mention.root));
  return found.map(({ mention: { root, path, guarded }, at }) => ({
    root,
    path,
    guarded: guarded || asked.has(root),
    ...(at === undefined ? {} : { at }),
  }));
}

/** What to write instead of a mention of something that only Ansible defines, or of a word of Python; undefined for any other name. */
export function insteadOf(kind: 'template' | 'condition', text: string, { root, path }: Reference): string | undefined {
  if (!/^(?:ansible_\w+|True|False|None)$/.test(root)) return undefined;
  if (kind === 'condition') return withoutHabits(text);
  const instead = insteadInTemplate([root, ...path].join('.'));
  return instead === undefined || instead.startsWith('ansible_') ? undefined : `{{${instead}}}`;
}
