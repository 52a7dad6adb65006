// Fact: what a unit was started with, as its own start recorded it. The need to restart is read from it, never remembered as an event.
import { defineFact, resource, sh } from '../../../src/index.ts';
import type { ProbeOutput } from '../../../src/index.ts';

/** What the last start found. */
export interface StartedWith {
  /** SHA-256 by path, of the files that were there. */
  readonly files: Readonly<Record<string, string>>;
  /** Where each link pointed; empty when it was none. */
  readonly links: Readonly<Record<string, string>>;
}

/** The record that `ExecStartPre` of the unit writes, by its path. It lies under /run: a boot forgets it, as it should. */
export const startedWith = defineFact({
  name: 'zookeeper.started_with',
  summary: 'the files, by hash, and the links that a unit was last started with',
  probe: ({ record }: { readonly record: string }) => sh`cat ${record} 2>/dev/null; exit 0`,
  reads: ({ record }) => [resource.path(record)],
  parse: (output): StartedWith => parseRecord(output),
  absent: { files: {}, links: {} },
  cost: 'cheap',
});

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
