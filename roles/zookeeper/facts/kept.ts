// Fact: whether what a ZooKeeper server keeps on disk begins with a snapshot. From 3.5 on, transaction logs alone are no data.
import { defineFact, resource, sh } from '../../../src/index.ts';
import type { ProbeOutput } from '../../../src/index.ts';

/** What lies below `version-2`. */
export interface Kept {
  /** The first transaction of the oldest log, in hex; empty when there is no log. */
  readonly first: string;
  readonly snapshots: number;
  /** Snapshots that were written to their end. */
  readonly whole: number;
}

// A snapshot ends with the text "/" and its length in front, by which the server itself tells whole ones from those that were cut off.
export const kept = defineFact({
  name: 'zookeeper.kept',
  summary: 'where the transaction logs of a ZooKeeper server begin, how many snapshots it keeps, and how many of them are whole',
  probe: ({ data_dir, data_log_dir }: { readonly data_dir: string; readonly data_log_dir: string }) => sh`
for file in ${data_log_dir}/version-2/log.*; do
  [ ! -f "$file" ] || echo "log \${file##*.}"
done
for file in ${data_dir}/version-2/snapshot.*; do
  [ -f "$file" ] || continue
  case $file in
    *.gz | *.snappy) [ -s "$file" ] ;;
    *) [ "$(tail -c 5 "$file" | tr -d '\\000')" = "$(printf '\\001/')" ] ;;
  esac && echo 'snapshot whole' || echo 'snapshot broken'
done
exit 0`,
  reads: ({ data_dir, data_log_dir }) => [resource.tree(`${data_dir}/version-2`), resource.tree(`${data_log_dir}/version-2`)],
  parse: (output): Kept => parseKept(output),
  absent: { first: '', snapshots: 0, whole: 0 },
  cost: 'cheap',
  tools: ['tail', 'tr'],
});

function parseKept({ stdout }: ProbeOutput): Kept {
  const zxids = [...stdout.matchAll(/^log ([0-9a-f]{1,16})$/gm)].flatMap(match => match[1] ?? []);
  // Hex numbers of different lengths: the shorter is the smaller.
  const [first] = zxids.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  const count = (state: string): number => stdout.split('\n').filter(line => line === `snapshot ${state}`).length;
  const whole = count('whole');
  return { first: first ?? '', snapshots: whole + count('broken'), whole };
}
