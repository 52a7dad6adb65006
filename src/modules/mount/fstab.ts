// The text of fstab: finding, setting and removing the line of one mount point, the others left as they are.
import { escapeMountField, unescapeMountField } from '../../facts/mount/state.ts';
import { joinLines, splitLines } from '../file/edit-lines.ts';
import { tidy } from '../file/paths.ts';

/** One entry. */
export interface FstabEntry {
  readonly src: string;
  readonly path: string;
  readonly fstype: string;
  readonly opts: string;
  readonly dump: number;
  readonly pass: number;
}

/** The entry as a line. */
export function formatEntry({ src, path, fstype, opts, dump, pass }: FstabEntry): string {
  return [...[src, path, fstype, opts].map(escapeMountField), String(dump), String(pass)].join(' ');
}

/** The lines of a mount point as entries, in order. */
export function entriesOf(text: string, path: string): readonly FstabEntry[] {
  return splitLines(text).flatMap(line => {
    const entry = readLine(line);
    return entry?.path === path ? [entry] : [];
  });
}

/** The text with exactly this line for its mount point: in the place of the first one, or at the end. Right lines stay as they are written. */
export function withEntry(text: string, entry: FstabEntry): string {
  const line = formatEntry(entry);
  const found = entriesOf(text, entry.path);
  if (found.length === 1 && found[0] !== undefined && formatEntry(found[0]) === line) return text;
  const lines = splitLines(text);
  const places = lines.flatMap((old, at) => (readLine(old)?.path === entry.path ? [at] : []));
  const [first] = places;
  if (first === undefined) return joinLines([...lines, line]);
  return joinLines(lines.flatMap((old, at) => (at === first ? [line] : places.includes(at) ? [] : [old])));
}

/** The text without any line for the mount point. */
export function withoutEntry(text: string, path: string): string {
  return joinLines(splitLines(text).filter(line => readLine(line)?.path !== path));
}

function readLine(line: string): FstabEntry | undefined {
  if (/^\s*(#|$)/.test(line)) return undefined;
  const [src = '', path, fstype = '', opts = 'defaults', dump = '0', pass = '0'] = line.trim().split(/\s+/).map(unescapeMountField);
  if (path?.startsWith('/') !== true) return undefined;
  return { src, path: tidy(path), fstype, opts, dump: Number(dump), pass: Number(pass) };
}
