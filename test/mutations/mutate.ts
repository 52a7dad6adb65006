// One fault planted in a text of YAML, as a hand that slips does it, and the lines where somebody would look for it.

/** A text with a fault in it. */
export interface Mutation {
  readonly kind: Kind;
  readonly text: string;
  /** The first and the last line that the fault is in, from 1. */
  readonly lines: readonly [number, number];
  /** What was done, in words. */
  readonly says: string;
}

type Random = () => number;
/** The lines of a text, and a source of numbers; undefined where there is no place for such a fault. */
type Slip = (lines: readonly string[], random: Random) => Omit<Mutation, 'kind'> | undefined;

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABXY0129_-:.,"\'{}[]#&*!|>%@$/\\ ';
const TYPES = ['7', '-1', '1.5', 'true', 'null', '""', '[a]', '{a: 1}', '~', '2026-01-01', '[]', '{}', '"{{ x }}"', '0x1F', 'no'];

const SLIPS = {
  letter: (lines, random) => {
    const index = pick(indexesOf(lines, isWritten), random);
    if (index === undefined) return undefined;
    const line = lines[index] ?? '';
    const at = Math.floor(random() * line.length);
    const letter = LETTERS.charAt(Math.floor(random() * LETTERS.length));
    const [before, now, after] = [line.slice(0, at), line.charAt(at), line.slice(at + 1)];
    const made = [before + letter + after, before + after, before + letter + now + after, before + after.charAt(0) + now + after.slice(1)];
    const other = pick(made, random) ?? line;
    return changed(lines, index, [other], `${line.trim()} → ${other.trim()}`);
  },
  indent: (lines, random) => {
    const index = pick(indexesOf(lines, isWritten), random);
    if (index === undefined) return undefined;
    const line = lines[index] ?? '';
    const by = pick([-4, -2, -1, 1, 2, 4], random) ?? 1;
    const other = by > 0 ? ' '.repeat(by) + line : line.replace(new RegExp(`^ {0,${-by}}`), '');
    return changed(lines, index, [other], `${line.trim()} moved by ${by}`);
  },
  type: (lines, random) => {
    const index = pick(
      indexesOf(lines, line => VALUE.test(line)),
      random,
    );
    if (index === undefined) return undefined;
    const line = lines[index] ?? '';
    const type = pick(TYPES, random) ?? '7';
    const other = line.replace(VALUE, (_, before: string) => before + type);
    return changed(lines, index, [other], `${line.trim()} → ${other.trim()}`);
  },
  'missing key': (lines, random) => {
    const index = pick(
      indexesOf(lines, line => KEY.test(line)),
      random,
    );
    if (index === undefined) return undefined;
    const line = lines[index] ?? '';
    const end = endOf(lines, index);
    const depth = depthOf(line);
    const left = [...lines.slice(0, index), ...lines.slice(end)];
    const next = left[index];
    // The item of a list goes on with its next key.
    if (/^ *- /.test(line) && next !== undefined && /^ *\w/.test(next) && depthOf(next) === depth)
      left[index] = `${line.slice(0, line.indexOf('-'))}- ${next.trimStart()}`.replace(
        /^( *- ).*$/,
        (_, dash: string) => dash + next.trimStart(),
      );
    const parent = parentOf(lines, index, depth);
    return { text: left.join('\n'), lines: [parent + 1, index + 1], says: `without ${line.trim()}` };
  },
  tab: (lines, random) => {
    const index = pick(indexesOf(lines, isWritten), random);
    if (index === undefined) return undefined;
    const line = lines[index] ?? '';
    const blanks = [...line.matchAll(/ +/g)].map(match => [match.index, match[0].length] as const);
    const [at, length] = pick(blanks, random) ?? [0, 0];
    const other = `${line.slice(0, at)}\t${line.slice(at + length)}`;
    return changed(lines, index, [other], `${line.trim()} with a tab at ${at + 1}`);
  },
  duplicate: (lines, random) => {
    const index = pick(indexesOf(lines, isWritten), random);
    if (index === undefined) return undefined;
    const line = lines[index] ?? '';
    const end = random() < 0.5 ? index + 1 : endOf(lines, index);
    const some = lines.slice(index, end);
    const text = [...lines.slice(0, end), ...some, ...lines.slice(end)].join('\n');
    return { text, lines: [index + 1, end + some.length], says: `${line.trim()} twice` };
  },
} as const satisfies Readonly<Record<string, Slip>>;

export type Kind = keyof typeof SLIPS;

export const KINDS = Object.keys(SLIPS) as readonly Kind[];

/** A fault of a kind in a text; undefined where there is no place for one. */
export function mutate(text: string, kind: Kind, random: Random): Mutation | undefined {
  const made = SLIPS[kind](text.split('\n'), random);
  return made === undefined || made.text === text ? undefined : { kind, ...made };
}

/** A key with a value on its line, or an item that is one. */
const VALUE = /^( *(?:- +)*(?:[\w.]+: +|- +))(\S.*)$/;
const KEY = /^ *(?:- +)*[\w.-]+:(?: |$)/;

function isWritten(line: string): boolean {
  return /^\s*[^\s#]/.test(line);
}

function indexesOf(lines: readonly string[], is: (line: string) => boolean): readonly number[] {
  return lines.flatMap((line, index) => (is(line) && isWritten(line) ? [index] : []));
}

function changed(lines: readonly string[], index: number, others: readonly string[], says: string): Omit<Mutation, 'kind'> {
  return {
    text: [...lines.slice(0, index), ...others, ...lines.slice(index + 1)].join('\n'),
    lines: [index + 1, index + others.length],
    says,
  };
}

/** Where the key of a line begins, behind the dashes of the list that it is in. */
function depthOf(line: string): number {
  return /^ *(?:- +)*/.exec(line)?.[0].length ?? 0;
}

/** Behind what belongs to a line. */
function endOf(lines: readonly string[], index: number): number {
  const depth = depthOf(lines[index] ?? '');
  let end = index + 1;
  while (end < lines.length && isInside(lines[end] ?? '', depth)) end += 1;
  return end;
}

function isInside(line: string, depth: number): boolean {
  return line.trim() !== '' && /^ */.exec(line)?.[0].length !== undefined && (/^ */.exec(line)?.[0].length ?? 0) > depth;
}

/** The line that what stands in a line belongs to. */
function parentOf(lines: readonly string[], index: number, depth: number): number {
  for (let above = index; above >= 0; above -= 1) {
    const line = lines[above] ?? '';
    if (!isWritten(line)) continue;
    // The first line of a map that is the item of a list is its parent as much as any.
    if (above < index && depthOf(line) < depth) return above;
    if (/^ *- /.test(line) && depthOf(line) === depth) return above;
  }
  return 0;
}

function pick<T>(items: readonly T[], random: Random): T | undefined {
  return items[Math.floor(random() * items.length)];
}
