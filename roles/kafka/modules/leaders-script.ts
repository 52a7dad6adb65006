// The command that gives every partition back to its preferred leader, and waits a little until it leads. Does nothing when all do.
import { isAtLeast, sh } from '../../../src/index.ts';
import type { ShellText } from '../../../src/index.ts';
import { asking } from '../facts/ask.ts';
import { DESCRIBED } from './await-whole.ts';
import type { Ask } from './members.ts';

/** Seconds the new leaders may take; Kafka finishes by itself what is not done by then. */
const PATIENCE = 20;

/** Runs in a shell of its own. Fails when the election does: a preferred leader that is away cannot be elected. */
export function electPreferredLeaders(ask: Ask): ShellText {
  const elect = isAtLeast(ask.version, '2.4')
    ? sh`kafka-leader-election.sh --bootstrap-server "$servers" --election-type PREFERRED --all-topic-partitions`
    : sh`kafka-preferred-replica-election.sh --bootstrap-server "$servers"`;
  return sh`(
${asking(ask)}
moved() {
  quick kafka-topics.sh --describe 2>/dev/null | awk -F '\\t' '
${DESCRIBED}
{ if (field("Partition") == "") next; split(field("Replicas"), replicas, ",") }
field("Leader") "" != replicas[1] "" && holds(field("Isr"), replicas[1]) { found = 1 }
END { exit !found }'
}
moved || exit 0
said=$(tool 60 ${elect} </dev/null 2>&1) || { printf '%s\\n' "$said" >&2; exit 1; }
end=$(( $(date +%s) + ${PATIENCE} ))
while moved && [ "$(date +%s)" -lt "$end" ]; do sleep 1; done
exit 0
)`;
}
