// The unified diff of two contents as a person wants to read it; the text that a change carries when `--diff` asks for it.
import { createHash } from 'node:crypto';
import { structuredPatch } from 'diff';
import { MASK, Secret } from '../util/secret.ts';
import { plural } from './plural.ts';
import { describeWhitespace, isWhitespaceOnly, markWhitespace } from './whitespace.ts';

/** A content of which only this much is known. */
export interface Digest {
  readonly size: number;
  readonly sha256: string;
}

/** One side of a diff; null: there is nothing. */
export type DiffSide = string | Uint8Array | Digest | Secret | null;

export interface DiffInput {
  /** What a person calls the content, such as the path on the host. */
  readonly path: string;
  readonly before: DiffSide;
  readonly after: DiffSide;
  /** Lines shown before the rest is folded. Default 120. */
  readonly limit?: number;
}

const CONTEXT = 3;
const LINE_LIMIT = 240;
/** Beyond this many edits a diff says nothing and takes long. */
const EDIT_LIMIT = 4000;

/**
 * The difference as text without colour and without a final newline; '' when there is none.
 * Whitespace-only differences are said in words and marked; binary contents are told by size and hash; secret ones not at all.
 */
export function unifiedDiff(input: DiffInput): string {
  const { path, before, after } = input;
  if (before instanceof Secret || after instanceof Secret) return `${path}: ${MASK}`;
  const [old, young] = [textOf(before), textOf(after)];
  if (old === undefined || young === undefined) return describeBinary(path, before, after);
  if (old === young && (before === null) === (after === null)) return '';
  const head = [`--- ${before === null ? '(none)' : path}`, `+++ ${after === null ? '(none)' : path}`];
  const isBlank = isWhitespaceOnly(old, young);
  const words = isBlank ? [`only whitespace differs: ${describeWhitespace(old, young)}`] : [];
  const patch = structuredPatch('', '', old, young, undefined, undefined, { context: CONTEXT, maxEditLength: EDIT_LIMIT });
  if (patch === undefined) return [...head, `too much differs to be shown: ${lineCount(old)} before, ${lineCount(young)} after`].join('\n');
  const lines = patch.hunks.flatMap(hunk => [
    `@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@`,
    ...hunk.lines.map(line => cut(isBlank && /^[+-]/.test(line) ? markWhitespace(line) : line)),
  ]);
  return [...head, ...words, ...fold(lines, input.limit ?? 120)].join('\n');
}

/** An empty range is named after the line before it, as diff -u does. */
function range(start: number, lines: number): string {
  return `${lines === 0 ? start - 1 : start},${lines}`;
}

/** A side as text; undefined when it is binary or not at hand. */
function textOf(side: Exclude<DiffSide, Secret>): string | undefined {
  if (side === null) return '';
  if (typeof side === 'string') return side.includes('\0') ? undefined : side;
  if (!(side instanceof Uint8Array)) return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(side);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

function describeBinary(path: string, before: Exclude<DiffSide, Secret>, after: Exclude<DiffSide, Secret>): string {
  const [old, young] = [describeContent(before), describeContent(after)];
  return old === young ? '' : `${path}: ${old} → ${young}`;
}

function describeContent(side: Exclude<DiffSide, Secret>): string {
  if (side === null || side === '') return side === null ? '(none)' : 'empty';
  const digest = typeof side === 'string' || side instanceof Uint8Array ? digestOf(side) : side;
  return `${plural(digest.size, 'byte')} (sha256 ${digest.sha256.slice(0, 12)})`;
}

function digestOf(content: string | Uint8Array): Digest {
  return { size: Buffer.byteLength(content), sha256: createHash('sha256').update(content).digest('hex') };
}

function fold(lines: readonly string[], limit: number): readonly string[] {
  if (lines.length <= limit) return lines;
  const rest = lines.slice(limit);
  const starting = (mark: string): number => rest.filter(line => line.startsWith(mark)).length;
  return [...lines.slice(0, limit), `… ${plural(rest.length, 'more line')}: ${starting('+')} added, ${starting('-')} removed`];
}

function cut(line: string): string {
  return line.length > LINE_LIMIT ? `${line.slice(0, LINE_LIMIT)}… (${line.length} characters)` : line;
}

function lineCount(text: string): string {
  return plural(text.split('\n').length - (text.endsWith('\n') ? 1 : 0), 'line');
}
