// The script that proves what a cluster keeps: its own topic, messages counted in and out through Kafka's own clients, nothing left behind.
import { isAtLeast, sh } from '../../../src/index.ts';
import type { ShellText } from '../../../src/index.ts';
import { asking } from '../facts/ask.ts';
import type { Ask } from './members.ts';

export type Act = 'round_trip' | 'leave' | 'go_on' | 'remove';

/** What is done, and how many brokers there are to do it on. */
export interface DataWork {
  readonly ask: Ask;
  readonly act: Act;
  readonly count: number;
  /** Brokers that run. */
  readonly brokers: number;
  /** `address:port`, or several with commas: whom the producer and the consumer are told of. */
  readonly produceAt: string;
  readonly consumeAt: string;
}

/** The topic and the group that `leave` begins, `go_on` goes on with, and `remove` removes. */
export const CHAOS_TOPIC = 'tsplay-chaos';

/** Seconds a client may wait for the next message; a group whose coordinator has just died needs some. */
const PATIENCE = 40;

/** Prints `problem: …` and stops at the first thing that is not as it should be. */
export function dataScript(work: DataWork): ShellText {
  const { ask, act, count, produceAt, consumeAt } = work;
  const server = isAtLeast(ask.version, '2.5') ? sh`--bootstrap-server` : sh`--broker-list`;
  return sh`${asking(ask)}
topic=${act === 'round_trip' ? '' : CHAOS_TOPIC}
[ -n "$topic" ] || topic=tsplay-check-$$-$(date +%s)
problem() { echo "problem: $1"; exit 1; }
there() {
  listed=$(quick kafka-topics.sh --list) || problem "the topics cannot be listed"
  printf '%s\\n' "$listed" | awk -v name="$topic" '$0 == name { found = 1 } END { exit !found }'
}
${making(work)}
remove() {
  quick kafka-consumer-groups.sh --delete --group "$topic" >/dev/null 2>&1
  quick kafka-topics.sh --delete --topic "$topic" >&2
  tries=0
  while there; do
    tries=$((tries + 1))
    [ "$tries" -lt 15 ] || problem "topic $topic is still there after it was deleted"
    sleep 1
  done
}
produce() {
  awk -v word="$1" 'BEGIN { for (i = 1; i <= ${count}; i++) print word, i }' | tool 120 kafka-console-producer.sh ${server} ${produceAt} --topic "$topic" \\
    --request-required-acks all --request-timeout-ms 10000 --message-send-max-retries 100 --retry-backoff-ms 300 --producer-property enable.idempotence=true >/dev/null ||
    problem "the producer fails"
}
consume() {
  wanted=$1
  shift
  got=$(tool 150 kafka-console-consumer.sh --bootstrap-server ${consumeAt} --topic "$topic" --from-beginning --max-messages "$wanted" --timeout-ms ${PATIENCE * 1000} "$@" </dev/null)
}
# consumed WORD …: exactly the messages of these words came, each once.
consumed() {
  words=$*
  said=$(printf '%s\\n' "$got" | awk -v words="$words" '
  BEGIN { n = split(words, list, " "); for (i = 1; i <= n; i++) wanted[list[i]] = 1 }
  $0 == "" { next }
  !($1 in wanted) || NF != 2 { strange++; next }
  seen[$0]++ { twice++; next }
  { count++ }
  END {
    if (count != n * ${count} || strange || twice) { print count + 0 " of " n * ${count} " messages came back" (twice ? ", " twice " twice" : "") (strange ? ", and " strange " others" : ""); exit 1 }
  }') || problem "$said"
}
${DEEDS[act](work)}`;
}

/** Copies on as many brokers as keep one of them dispensable; writes are answered by all copies but one. */
function making({ brokers }: DataWork): ShellText {
  const copies = Math.min(3, brokers);
  return sh`make() {
  quick kafka-topics.sh --create --topic "$topic" --partitions ${Math.max(3, brokers)} --replication-factor ${copies} \\
    --config min.insync.replicas=${Math.max(1, copies - 1)} >&2 || problem "topic $topic cannot be made"
}`;
}

const DEEDS: Readonly<Record<Act, (work: DataWork) => ShellText>> = {
  // In a shell of its own: whatever goes wrong, the topic is removed.
  round_trip: ({ count }) => sh`(make && produce check && consume ${count} --group "$topic" && consumed check)
status=$?
remove
exit $status`,
  leave: ({ count }) => sh`there && remove
make
produce before
consume ${count} --group "$topic"
consumed before`,
  go_on: ({ count }) => sh`produce after
consume ${count} --group "$topic"
consumed after
consume ${2 * count}
consumed before after`,
  remove: () => sh`there || exit 0
remove`,
};
