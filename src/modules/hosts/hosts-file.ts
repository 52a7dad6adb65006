// The hosts file as text: which names an address has, and how the text reads once it has them.
import { same } from '../../util/canonical.ts';
import { joinLines, splitLines } from '../file/edit-lines.ts';

/** An address and the names it answers to; the first is the canonical one. */
export interface HostsEntry {
  readonly address: string;
  readonly names: readonly string[];
}

interface Line {
  readonly text: string;
  /** Absent for comments and empty lines. */
  readonly entry?: HostsEntry;
  /** With its `#`. */
  readonly comment: string;
}

/** The text with every entry in it, and no other address of the same family under one of their names. */
export function withEntries(text: string, entries: readonly HostsEntry[]): string {
  const wanted = merged(entries);
  const kept = splitLines(text)
    .map(readLine)
    .flatMap(line => correct(line, wanted));
  const homes = new Map([...wanted].map(([address, names]) => [address, homeOf(kept, { address, names })] as const));
  const lines = kept.map((line, index) => (homes.get(line.entry?.address ?? '') === index ? settle(line, wanted) : line));
  const added = [...wanted].filter(([address]) => homes.get(address) === -1).map(([address, names]) => formatEntry({ address, names }));
  const result = [...lines.filter(line => line.entry?.names.length !== 0).map(line => line.text), ...added];
  // A file whose last line is not ended is left so while its lines are right.
  return same(result, splitLines(text)) ? text : joinLines(result);
}

/** The addresses a text gives to a name, as far as they are entries. */
export function addressesOf(text: string, name: string): readonly string[] {
  return splitLines(text).flatMap(line => {
    const { entry } = readLine(line);
    return entry?.names.includes(name) === true ? [entry.address] : [];
  });
}

/** Whether an address is one of IP version 6. */
export function isV6(address: string): boolean {
  return address.includes(':');
}

function merged(entries: readonly HostsEntry[]): ReadonlyMap<string, readonly string[]> {
  const byAddress = new Map<string, readonly string[]>();
  for (const { address, names } of entries) byAddress.set(address, [...new Set([...(byAddress.get(address) ?? []), ...names])]);
  return byAddress;
}

function readLine(text: string): Line {
  const hash = text.indexOf('#');
  const body = hash < 0 ? text : text.slice(0, hash);
  const [address, ...names] = body.split(/\s+/).filter(word => word !== '');
  const comment = hash < 0 ? '' : text.slice(hash);
  return address === undefined ? { text, comment } : { text, comment, entry: { address, names } };
}

/** The line without names that belong to another address; gone when none is left. */
function correct(line: Line, wanted: ReadonlyMap<string, readonly string[]>): readonly Line[] {
  const { entry } = line;
  if (entry === undefined) return [line];
  const foreign = [...wanted]
    .filter(([address]) => address !== entry.address && isV6(address) === isV6(entry.address))
    .flatMap(([, names]) => names);
  const own = wanted.get(entry.address) ?? [];
  const names = entry.names.filter(name => !foreign.includes(name) || own.includes(name));
  if (names.length === entry.names.length) return [line];
  return names.length === 0 && own.length === 0 ? [] : [rewritten(line, { address: entry.address, names })];
}

/** The line an entry lives on: one that has its names in front, else the first of its address; -1 for none. */
function homeOf(lines: readonly Line[], { address, names }: HostsEntry): number {
  const leads = (line: Line): boolean => names.every((name, index) => line.entry?.names[index] === name);
  const ready = lines.findIndex(line => line.entry?.address === address && leads(line));
  return ready >= 0 ? ready : lines.findIndex(line => line.entry?.address === address);
}

/** The line an entry lives on, its wanted names in front and those it has beside them kept. */
function settle(line: Line, wanted: ReadonlyMap<string, readonly string[]>): Line {
  const { entry } = line;
  const own = entry === undefined ? undefined : wanted.get(entry.address);
  if (entry === undefined || own === undefined || own.every((name, index) => entry.names[index] === name)) return line;
  return rewritten(line, { address: entry.address, names: [...own, ...entry.names.filter(name => !own.includes(name))] });
}

function rewritten(line: Line, entry: HostsEntry): Line {
  return { entry, comment: line.comment, text: `${formatEntry(entry)}${line.comment === '' ? '' : ` ${line.comment}`}` };
}

function formatEntry({ address, names }: HostsEntry): string {
  return `${address}\t${names.join(' ')}`;
}
