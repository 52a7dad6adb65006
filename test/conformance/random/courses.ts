// Two traces beside each other: in what they differ, for the rules that say what is meant.
import type { Trace } from '../trace.ts';

/** What a line of results tells. */
interface Told {
  readonly task: string;
  readonly host: string;
  readonly status: string;
}

/** The parts of a line. Names of tasks have no blanks here. */
export function readLine(line: string): Told {
  const [, task = '', host = '', status = ''] = /^(\S+) on (\S+)(?: for \S+)? (\w+)/.exec(line) ?? [];
  return { task, host, status };
}

/** The results of each host in their order. */
export function byHost({ results }: Trace, leaveOut: (told: Told) => boolean = () => false): string {
  const kept = results.filter(line => !leaveOut(readLine(line)));
  const hosts = [...new Set(kept.map(line => readLine(line).host))].toSorted();
  return hosts.map(host => kept.filter(line => readLine(line).host === host).join('\n')).join('\n\n');
}

/** What both tell before they part. */
export function common(ours: Trace, theirs: Trace): readonly Told[] {
  const parts = ours.results.findIndex((line, index) => line !== theirs.results[index]);
  return ours.results.slice(0, parts < 0 ? undefined : parts).map(readLine);
}

/** Hosts on which something failed. */
export function failedHosts({ results }: Trace): ReadonlySet<string> {
  return new Set(
    results
      .map(readLine)
      .filter(({ status }) => status === 'failed')
      .map(({ host }) => host),
  );
}

/** Hosts on which a rescue has begun. */
export function rescuedHosts({ recap }: Trace): ReadonlySet<string> {
  return new Set(recap.filter(line => line.includes('rescued=')).flatMap(line => line.split(':')[0] ?? []));
}
