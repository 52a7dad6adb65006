// Fact: which ZooKeeper a host is set up to run, and which one runs. After a new version was unpacked the two differ until the restart.
import { compareVersions, defineFact, resource, sh } from '../../../src/index.ts';
import type { ProbeOutput } from '../../../src/index.ts';

/** A ZooKeeper on a host. */
export interface Installed {
  /** The program's folder, from the unit's ExecStart; empty when there is no such unit. */
  readonly home: string;
  /** The versions whose jars lie in that folder; more than one when a version was unpacked over another. */
  readonly versions: readonly string[];
  /** The version whose jar the unit's process has open; empty when it does not run. */
  readonly running: string;
}

export const installed = defineFact({
  name: 'zookeeper.installed',
  summary: 'the version of ZooKeeper that a unit would start, where it lies, and the version that runs',
  probe: ({ unit }: { readonly unit: string }) => sh`
show() { systemctl show -p "$1" -- ${unit} 2>/dev/null </dev/null | sed 's/^[^=]*=//'; }
jars() { sed -n 's|.*/zookeeper-\\([0-9][0-9.]*\\)\\.jar.*|'"$1"' \\1|p'; }
file=$(show FragmentPath)
[ -f "$file" ] || exit 0
home=$(sed -n 's|^ExecStart=[-@:+!]*\\(/[^ ]*\\)/bin/zkServer\\.sh .*|\\1|p' "$file")
[ -n "$home" ] || exit 0
echo "home $home"
for jar in "$home"/zookeeper-[0-9]*.jar "$home"/lib/zookeeper-[0-9]*.jar; do
  [ ! -f "$jar" ] || echo "$jar"
done | jars jar
pid=$(show MainPID)
[ "\${pid:-0}" = 0 ] || ls -l "/proc/$pid/fd" 2>/dev/null | jars runs
exit 0`,
  // The program's folder is not known before it is asked for; whoever unpacks a version there writes the unit, too.
  reads: ({ unit }) => [resource.unit(unit), resource.path(`/etc/systemd/system/${unit}`)],
  parse: (output): Installed => parseInstalled(output),
  absent: { home: '', versions: [], running: '' },
  cost: 'cheap',
});

function parseInstalled({ stdout }: ProbeOutput): Installed {
  const lines = stdout.split('\n').map(line => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)] as const);
  const all = (key: string): readonly string[] => [...new Set(lines.filter(line => line[0] === key).map(line => line[1]))];
  return { home: all('home')[0] ?? '', versions: [...all('jar')].sort(compareVersions), running: all('runs')[0] ?? '' };
}
