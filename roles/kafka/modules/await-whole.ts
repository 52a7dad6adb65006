// The wait until a cluster is whole: every broker registered, every partition led and in sync, a controller there. Polled on one host.
import { portListening, rawShell, sh, waitFor } from '../../../src/index.ts';
import type { FactSet, ShellText, Wait } from '../../../src/index.ts';
import { asking } from '../facts/ask.ts';
import { kafkaQuorum } from '../facts/quorum.ts';
import { CLUSTER } from '../facts/types.ts';
import type { Ask, Member } from './members.ts';

/** Who is waited for, where it is asked, and what is true then. */
export interface WholeWait {
  readonly for: string;
  readonly ask: Ask;
  readonly members: readonly Member[];
  /** Brokers that cannot be reached; copies of theirs are not waited for. */
  readonly away?: readonly Member[];
  /** The broker on whose host is asked; its own port is looked at first, because that costs no JVM. */
  readonly on: Member;
  readonly unit: string;
  /** Seconds. */
  readonly deadline: number;
  readonly sets: readonly FactSet[];
}

export function waitUntilWhole(wait: WholeWait): Wait {
  return waitFor({
    for: wait.for,
    until: untilWhole(wait),
    deadline: wait.deadline,
    interval: 1,
    sets: wait.sets,
    touches: [CLUSTER],
    on: wait.on.name,
  });
}

/** Waits until a broker listens on its own host: a look that needs no JVM. */
export function waitForPort({ name, port }: Member, unit: string, deadline: number): Wait {
  return waitFor({
    for: `${name} to listen on ${port}`,
    until: untilListening(port, unit),
    deadline,
    interval: 1,
    sets: [portListening({ port }).with({ listening: true })],
    touches: [CLUSTER],
    on: name,
  });
}

/**
 * awk functions for the lines of `kafka-topics.sh --describe`, whatever the version: `field("Isr")`, and `holds(list, id)`.
 * Lines of partitions are those with a "Partition". Needs -F '\t'.
 */
export const DESCRIBED = rawShell(`function field(name,  i) {
  for (i = 1; i <= NF; i++) if (index($i, name ":") == 1) { sub(/^[^:]*: */, "", $i); return $i }
  return ""
}
function holds(list, id) { return index("," list ",", "," id ",") > 0 }`);

/** `describe ARGUMENT …` sets `$described`; when Kafka does not answer, it says why and ends the look. */
export const DESCRIBING =
  rawShell(`why() { awk '/Exception|ERROR|Error|not installed/ { print; said = 1; exit } { last = $0 } END { if (!said) print last }'; }
describe() { described=$(quick kafka-topics.sh --describe "$@" 2>&1) || { printf '%s\\n' "$described" | why; exit 1; }; }`);

// The brokers first: one that has just started knows of no topics yet, and what it says of them would be too good.
function untilWhole({ ask, members, away = [], on, unit }: WholeWait): ShellText {
  const wanted = members.map(({ id, name }) => `${id}:${name}`).join(' ');
  const excused = away.map(({ id }) => id).join(',');
  return sh`(
${untilListening(on.port, unit)}
) || exit 1
${asking(ask)}
${DESCRIBING}
quorum=$( {
${kafkaQuorum.definition.probe(ask)}
} 2>&1)
printf '%s\\n' "$quorum" | awk -v wanted=${wanted} '
/^\\[[0-9, ]*\\]$/ { answered = 1; gsub(/[^0-9]+/, " "); n = split($0, ids, " "); for (i = 1; i <= n; i++) there[ids[i]] = 1 }
/ \\(id: [0-9]+ / { sub(/.*\\(id: /, ""); there[$1] = answered = 1 }
/"brokerid":[0-9]/ || /^LeaderId:[ \\t]*[0-9]/ { controller = 1 }
END {
  if (!answered) exit 2
  n = split(wanted, list, " ")
  for (i = 1; i <= n; i++) { split(list[i], one, ":"); if (!(one[1] in there)) { print "broker " one[1] " (" one[2] ") is not registered"; bad = 1 } }
  if (!bad && !controller) { print "there is no controller"; bad = 1 }
  exit bad
}' || { [ $? -ne 2 ] || printf '%s\\n' "$quorum" | why; exit 1; }
describe
case $described in *Partition:*) ;; *) sleep 2; describe ;; esac
printf '%s\\n' "$described" | awk -F '\\t' -v excused=${excused} '
${DESCRIBED}
{ id = field("Partition"); if (id == "") next; partition = field("Topic") "-" id }
{ leader = field("Leader"); isr = field("Isr"); leaving = field("Removing Replicas"); n = split(field("Replicas"), replicas, ",") }
leader !~ /^[0-9]/ { if (bad++ < 3) print partition " has no leader"; next }
{ for (i = 1; i <= n; i++) if (!holds(isr, replicas[i]) && !holds(leaving "," excused, replicas[i])) { if (bad++ < 3) print partition " is without broker " replicas[i]; next } }
END { if (bad > 3) print bad " partitions in all"; exit bad > 0 }'`;
}

function untilListening(port: number, unit: string): ShellText {
  return sh`if { ${portListening.definition.probe({ port })}
}; then exit 0; fi
echo "nobody listens on port ${port} here"
systemctl show -p ActiveState -p SubState -- ${unit}
journalctl -u ${unit} -n 3 -o cat --no-pager 2>/dev/null
exit 1`;
}
