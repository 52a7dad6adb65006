// Fact: what a unit was started with, as its own start recorded it. The need to restart is read from it, never remembered as an event.
import { sh } from '../../util/shell.ts';
import { defineFact } from '../contract.ts';
import type { ProbeOutput } from '../contract.ts';
import { resource } from '../resource.ts';

/** What the last start found. */
export interface StartedWith {
  /** SHA-256 by path, of the files that were there. */
  readonly files: Readonly<Record<string, string>>;
  /** Where each link pointed; empty when it was none. */
  readonly links: Readonly<Record<string, string>>;
}

/** The record that `ExecStartPre` of the unit writes, by its path. It lies under /run: a boot forgets it, as it should. */
export const startedWith = defineFact({
  name: 'systemd.started_with',
  summary: 'the files, by hash, and the links that a unit was last started with',
  probe: ({ record }: { readonly record: string }) => sh`cat ${record} 2>/dev/null; exit 0`,
  reads: ({ record }) => [resource.path(record)],
  parse: (output): StartedWith => parseRecord(output),
  absent: { files: {}, links: {} },
  cost: 'cheap',
});

/** Where the unit's start keeps its record. */
export function startRecord(unit: string): string {
  return `/run/${unit}.started-with`;
}

/**
 * The value of `ExecStartPre=` that writes the record, as root whatever the unit's user is. A file that is missing fails no start.
 * @param files absolute paths without blanks, quotes, `$` or any `%` but `%i`, which a template makes an instance's own; likewise `links`
 */
export function recordsStart(unit: string, files: readonly string[], links: readonly string[]): string {
  const odd = [...files, ...links].find(path => !/^\/(?:[A-Za-z0-9._/+@:-]|%i)+$/.test(path));
  if (odd !== undefined) throw new Error(`${JSON.stringify(odd)} cannot stand in the start of a unit, use letters, digits and . _ + @ : -`);
  const record = startRecord(unit);
  const found = links.map(link => `; echo "link ${link} $$(readlink ${link})"`).join('');
  return `-+/bin/sh -c 'umask 022; { sha256sum ${files.join(' ')}${found}; } >${record}.new; mv ${record}.new ${record}'`;
}

function parseRecord({ stdout }: ProbeOutput): StartedWith {
  const lines = stdout.split('\n');
  return {
    files: collect(lines, /^([0-9a-f]{64}) [ *](\/.*)$/, ([, digest = '', path = '']) => [path, digest]),
    links: collect(lines, /^link (\/\S*) ?(.*)$/, ([, path = '', target = '']) => [path, target]),
  };
}

function collect(
  lines: readonly string[],
  form: RegExp,
  entry: (match: RegExpExecArray) => readonly [string, string],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    lines
      .map(line => form.exec(line))
      .filter(match => match !== null)
      .map(entry),
  );
}
