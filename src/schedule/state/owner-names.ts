// Whose a file is called: a host knows numbers, and shows names for them. What a dry run foretells of accounts changes the names of what stands.
import type { FactRef } from '../../facts/contract.ts';
import { Unknown } from '../../util/unknown.ts';
import { isMap } from '../../util/value.ts';

/** The facts whose values hold names of owners, and those that say which number a name has. */
const NODE = 'file.node';
const NAME_OF_ID = 'file.id_name';
const IDS = { 'account.user': { id: 'uid', shown: 'owner' }, 'account.group': { id: 'gid', shown: 'group' } } as const;

/** From a change on, what was shown as `from` is shown as `to`. */
export interface Renaming {
  readonly shown: 'owner' | 'group';
  /** A name, or a number as text; `number`: any of them may be meant. */
  readonly from: string | typeof ANY_NUMBER;
  /** Undefined where a dry run cannot know. */
  readonly to: string | undefined;
}

const ANY_NUMBER = Symbol('any number');

/** What becomes of names when a fact goes from one value to another. */
export function renamingsOf(ref: FactRef<unknown>, before: unknown, after: unknown): readonly Renaming[] {
  const kind = Object.hasOwn(IDS, ref.definition.name) ? IDS[ref.definition.name as keyof typeof IDS] : undefined;
  if (kind === undefined || !isMap(before) || !isMap(after)) return [];
  const name = String(ref.args['name']);
  const { shown } = kind;
  const [was, is] = [before[kind.id], after[kind.id]];
  if (before['exists'] === after['exists'] && was === is) return [];
  const lost = { shown, from: name, to: after['exists'] === true || typeof was !== 'number' ? undefined : String(was) };
  const won: Renaming = typeof is === 'number' ? { shown, from: String(is), to: name } : { shown, from: ANY_NUMBER, to: undefined };
  return [...(before['exists'] === true ? [lost] : []), ...(after['exists'] === true ? [won] : [])];
}

/** A value that was known before some changes, as it is shown after them, and what that takes for granted. */
export function renamed(
  ref: FactRef<unknown>,
  value: unknown,
  later: readonly { readonly renamings: readonly Renaming[]; readonly by: string }[],
): { readonly value: unknown; readonly assumes: readonly string[] } {
  let now = value;
  const assumes: string[] = [];
  for (const { renamings, by } of later)
    for (const renaming of renamings) {
      if (!isShown(renaming, shownIn(ref, now, renaming.shown))) continue;
      // One number of very many: it would be a pity to know nothing of any of them.
      if (renaming.from === ANY_NUMBER && ref.definition.name === NAME_OF_ID) assumes.push(`${by} picks another id than ${String(now)}`);
      else now = withShown(now, renaming.shown, renaming.to ?? new Unknown([`depends on ${by}`]));
    }
  return { value: now, assumes };
}

function isShown({ from }: Renaming, name: string | undefined): boolean {
  return name !== undefined && (from === ANY_NUMBER ? /^\d+$/.test(name) : name === from);
}

/** Whether a reading holds a name that a change of this account may have altered. */
export function showsAccount(ref: FactRef<unknown>, value: unknown, kind: 'user' | 'group', name: string): boolean {
  const shown = shownIn(ref, value, kind === 'user' ? 'owner' : 'group');
  return shown !== undefined && (shown === name || name === '*' || /^\d+$/.test(shown));
}

/** The name, or the number, that a value shows for an owner or a group. */
function shownIn(ref: FactRef<unknown>, value: unknown, shown: Renaming['shown']): string | undefined {
  if (ref.definition.name === NAME_OF_ID)
    return (ref.args['database'] === 'passwd') === (shown === 'owner') && typeof value === 'string' ? value : undefined;
  const name = ref.definition.name === NODE && isMap(value) ? value[shown] : undefined;
  return typeof name === 'string' ? name : undefined;
}

function withShown(value: unknown, shown: Renaming['shown'], name: string | Unknown): unknown {
  return isMap(value) ? { ...value, [shown]: name } : name;
}
