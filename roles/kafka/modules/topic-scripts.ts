// The commands that make and change a topic, and those that look whether it has come about. Kafka's tools took other options before 2.6.
import { isAtLeast, sh } from '../../../src/index.ts';
import type { ShellText } from '../../../src/index.ts';
import { asking } from '../facts/ask.ts';
import type { Partition } from '../facts/types.ts';
import type { Ask } from './members.ts';

/** A topic to be made. */
interface NewTopic {
  readonly name: string;
  readonly partitions: number;
  readonly replication_factor: number;
  readonly config: Readonly<Record<string, string>>;
}

export function createTopic(ask: Ask, { name, partitions, replication_factor, config }: NewTopic): ShellText {
  const settings = Object.entries(config).map(([key, value]) => `${key}=${value}`);
  return patiently(
    ask,
    sh`set --
for setting in ${settings}; do set -- "$@" "--config=$setting"; done
patient kafka-topics.sh --bootstrap-server "$servers" --create --topic=${name} --partitions ${partitions} --replication-factor ${replication_factor} "$@"`,
  );
}

export function addPartitions(ask: Ask, name: string, partitions: number): ShellText {
  return patiently(
    ask,
    sh`patient kafka-topics.sh --bootstrap-server "$servers" --alter --topic=${pattern(name)} --partitions ${partitions}`,
  );
}

export function setConfig(ask: Ask, name: string, key: string, value: string): ShellText {
  const setting = `${key}=${value.includes(',') ? `[${value}]` : value}`;
  return patiently(
    ask,
    sh`patient kafka-configs.sh ${whereTo(ask)} --entity-type topics --entity-name=${name} --alter --add-config=${setting}`,
  );
}

/** The plan goes in by a file that is gone before it is read: nothing is left behind, however this ends. */
export function moveReplicas(ask: Ask, name: string, partitions: readonly Partition[]): ShellText {
  const plan = { version: 1, partitions: partitions.map(({ id, replicas }) => ({ topic: name, partition: id, replicas })) };
  return patiently(
    ask,
    sh`plan=$(mktemp) && printf '%s\\n' ${JSON.stringify(plan)} >"$plan" && exec 3<"$plan" && rm -f "$plan" || exit
patient kafka-reassign-partitions.sh ${whereTo(ask)} --reassignment-json-file /proc/self/fd/3 --execute
case $said in *'Successfully started'*) ;; *) because; exit 1 ;; esac`,
  );
}

/** Succeeds when the topic has that many partitions, each with a leader. */
export function hasPartitions(ask: Ask, name: string, partitions: number): ShellText {
  return sh`${asking(ask)}
quick kafka-topics.sh --describe --topic=${pattern(name)} 2>/dev/null | awk -F '\\t' -v all=${partitions} '
  $3 ~ /^Partition: / && $4 ~ /^Leader: [0-9]+$/ { done++ }
  END { print done + 0 " of " all " partitions have a leader"; exit done != all }'`;
}

/** Succeeds when the moved partitions have their replicas, and the new ones among these are in sync. */
export function hasReplicas(ask: Ask, name: string, before: readonly Partition[], moved: readonly Partition[]): ShellText {
  const wanted = moved.map(({ id, replicas }) => {
    const old = before.find(partition => partition.id === id)?.replicas ?? [];
    return ['want', id, replicas.join(','), replicas.filter(replica => !old.includes(replica)).join(',')].join('\t');
  });
  return sh`${asking(ask)}
{ printf '%s\\n' ${wanted}; quick kafka-topics.sh --describe --topic=${pattern(name)} 2>/dev/null; } | awk -F '\\t' '
  $1 == "want" { replicas[$2] = $3; added[$2] = $4; all++; next }
  $3 ~ /^Partition: / {
    id = substr($3, 12)
    if (!(id in replicas)) next
    kept = "Replicas: " replicas[id] == $5
    count = split(added[id], new, ",")
    for (at = 1; at <= count; at++) if (!index("," substr($6, 6) ",", "," new[at] ",")) kept = 0
    done += kept
  }
  END { print done + 0 " of " all " partitions have their replicas"; exit done != all }'`;
}

/** Gives a tool the time it takes by itself, and shows of what it says only why it failed. */
function patiently(ask: Ask, script: ShellText): ShellText {
  return sh`${asking(ask)}
because() {
  printf '%s\\n' "$said" | awk '
    /^Caused by: / { cause = $0 }
    /Exception: |^Error while executing topic|failed due to/ && !first { first = $0 }
    NF { last = $0 }
    END { print cause ? cause : first ? first : last }' >&2
}
patient() { said=$(tool 150 "$@" </dev/null 2>&1) || { because; exit 1; }; }
${script}`;
}

/** Where settings and plans are given to: ZooKeeper until the brokers took them themselves. */
function whereTo({ version, mode }: Ask): ShellText {
  return mode === 'zookeeper' && !isAtLeast(version, '2.6') ? sh`--zookeeper "$zookeeper"` : sh`--bootstrap-server "$servers"`;
}

/** A name as a regular expression, which is what --describe and --alter take. */
function pattern(name: string): string {
  return name.replaceAll('.', '\\.');
}
