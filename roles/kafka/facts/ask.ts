// How a Kafka cluster is asked on a host: by its own tools, with a small heap and a bound on their time. They leave no file behind.
import { sh } from '../../../src/index.ts';
import type { ProbeOutput, ShellText } from '../../../src/index.ts';
import type { Ask } from '../modules/members.ts';

/**
 * Shell text to begin a script with. It defines:
 * - `$servers` and `$zookeeper`: the bootstrap servers, and `zookeeper.connect` (empty in mode kraft);
 * - `limit SECONDS COMMAND …`: the command, ended after that time. It keeps standard input and descriptor 3;
 * - `tool SECONDS NAME.sh ARGUMENT …`: a tool of Kafka, ended after that time. Give it `</dev/null` unless it reads something;
 * - `quick NAME.sh ARGUMENT …`: a tool that takes `--bootstrap-server` and `--command-config`. Both are filled in, and it gives up
 *   when nobody answers for 8 s: the tools' own patience is one minute, or two;
 * - `surely NAME.sh ARGUMENT …`: the same, and once more with more patience when nobody refused: then the machine is slow. All that
 *   the tool says goes to standard output.
 *
 * Where this version is not unpacked yet, as in the dry run of an upgrade, the tools of the one that kafka.service starts are taken.
 *
 * All end with the tool's status, 137 when it was ended. Where Kafka is not unpacked, they say `not installed` and end with 127.
 */
export function asking({ home, java_home, bootstrap, zookeeper }: Ask): ShellText {
  return sh`
export JAVA_HOME=${java_home} KAFKA_HEAP_OPTS=-Xmx128m
unset JMX_PORT KAFKA_OPTS KAFKA_LOG4J_OPTS CLASSPATH
servers=${bootstrap.join(',')} zookeeper=${zookeeper ?? ''}
limit() {
  patience=$1
  shift
  if timeout 9 true 2>/dev/null; then
    timeout -s KILL "$patience" "$@"
    return
  fi
  { "$@" <&4 4<&- & } 4<&0
  child=$!
  (
    sleep "$patience" &
    trap "kill $!" TERM
    wait "$!" && kill -s KILL "$child"
  ) >/dev/null 2>&1 3<&- &
  dog=$!
  wait "$child"
  set -- $?
  kill "$dog" 2>/dev/null
  return "$1"
}
tool() {
  patience=$1 program=${home}/bin/$2
  [ -x "$program" ] || {
    now=$(sed -n 's|^ExecStart=\\(/.*\\)/bin/kafka-server-start\\.sh .*|\\1|p' /etc/systemd/system/kafka.service 2>/dev/null)
    [ ! -x "$now/bin/$2" ] || program=$now/bin/$2
  }
  shift 2
  [ -x "$program" ] || { echo "not installed: $program" >&2; return 127; }
  limit "$patience" "$program" "$@"
}
quick() {
  program=$1
  shift
  tool $((\${within:-8} + 22)) "$program" --bootstrap-server "$servers" --command-config /proc/self/fd/3 "$@" </dev/null 3<<.
request.timeout.ms=\${within:-8}000
default.api.timeout.ms=\${within:-8}000
.
}
surely() {
  answer=$(quick "$@" 2>&1) && { printf '%s\\n' "$answer"; return; }
  status=$?
  case $answer in
  *'could not be established'*) ;;
  '' | *'imed out'* | *'being disconnected'*)
    answer=$(within=25 && quick "$@" 2>&1)
    status=$?
    ;;
  esac
  printf '%s\\n' "$answer"
  return "$status"
}`;
}

/** What a tool that failed said, in one line: the reason at the bottom, without classes and dates; never empty. */
export function reasonOf({ stdout, stderr, status }: Pick<ProbeOutput, 'stdout' | 'stderr' | 'status'>): string {
  const lines = `${stdout}\n${stderr}`.split('\n').map(line => line.trim());
  const reason =
    lines.findLast(line => line.startsWith('Caused by: ')) ??
    lines.find(line => /^Error while executing topic command|^not installed: /.test(line)) ??
    lines.findLast(line => /\w(Exception|Error): |KeeperErrorCode/.test(line)) ??
    lines.findLast(line => line !== '' && !line.startsWith('at '));
  if (reason === undefined) return status === 137 ? 'its tool did not end in time' : `its tool ended with status ${status}`;
  return plain(reason);
}

/** What tools say when nobody is there, and what it means. */
const SILENCE = [
  [/node assignment|failed on brokers|Timed out waiting to send/, 'no broker answers'],
  [/ConnectionLoss/, 'no ZooKeeper server answers'],
] as const;

function plain(reason: string): string {
  const words = reason
    .replace(/^\[[^\]]*\] (ERROR|WARN|FATAL) /, '')
    .replace(/^(Caused by|Error while executing topic command|Exception in thread "\w+")\s*:?\s*/, '')
    .replace(/([a-z]\w*\.)+[A-Z][\w$]*(Exception|Error): /g, '')
    .replace(/\.$/, '');
  const silence = SILENCE.find(([sign]) => sign.test(words))?.[1];
  return silence === undefined ? words : `${silence} (${words})`;
}
