#!/bin/sh
# zkServer.sh [--config DIR] {start|start-foreground|stop|version|restart|status|print-cmd} [CONFIG]: the server. The lab's own launcher.
program=$0
if [ "$1" = --config ]; then
  export ZOOCFGDIR="$2"
  shift 2
fi
. "$(dirname "$0")/zkEnv.sh"

verb=$1
case $2 in
  '') ;;
  */*) ZOOCFG=$2 ;;
  *) ZOOCFG=$ZOOCFGDIR/$2 ;;
esac

# As in the original, a setting written twice gives two lines, and what is done with them goes wrong.
setting() { sed -n "s/^[[:space:]]*$1[[:space:]]*=[[:space:]]*\(.*[^[:space:]]\)[[:space:]]*\$/\1/p" "$ZOOCFG"; }

if [ "$JMXDISABLE" = true ]; then
  echo 'JMX disabled by user request' >&2
  jmx=
else
  echo 'ZooKeeper JMX enabled by default' >&2
  jmx="-Dcom.sun.management.jmxremote -Dcom.sun.management.jmxremote.local.only=${JMXLOCALONLY:-false}"
  [ -z "$JMXPORT" ] || jmx="$jmx -Dcom.sun.management.jmxremote.port=$JMXPORT -Dcom.sun.management.jmxremote.ssl=${JMXSSL:-false} -Dcom.sun.management.jmxremote.authenticate=${JMXAUTH:-false}"
fi
echo "Using config: $ZOOCFG" >&2

data=$(setting dataDir)
: "${ZOOPIDFILE:=$data/zookeeper_server.pid}"

server() {
  # shellcheck disable=SC2086 # flags are words
  exec "$JAVA" -Dzookeeper.log.dir="$ZOO_LOG_DIR" -Dzookeeper.log.file="zookeeper-$(id -un)-server-$(uname -n).log" \
    -Dzookeeper.root.logger="$ZOO_LOG4J_PROP" -XX:+HeapDumpOnOutOfMemoryError '-XX:OnOutOfMemoryError=kill -9 %p' \
    -cp "$CLASSPATH" $SERVER_JVMFLAGS $JVMFLAGS $jmx org.apache.zookeeper.server.quorum.QuorumPeerMain "$ZOOCFG"
}

is_alive() { [ -f "$ZOOPIDFILE" ] && kill -0 "$(cat "$ZOOPIDFILE")" 2> /dev/null; }

case $verb in
  start-foreground)
    mkdir -p "$ZOO_LOG_DIR"
    server
    ;;
  start)
    printf 'Starting zookeeper ... '
    if is_alive; then
      echo "already running as process $(cat "$ZOOPIDFILE")."
      exit 1
    fi
    mkdir -p "$ZOO_LOG_DIR" "$(dirname "$ZOOPIDFILE")"
    case $ZOO_VERSION in
      3.4.*) out=$ZOO_LOG_DIR/zookeeper.out ;;
      *) out=$ZOO_LOG_DIR/zookeeper-$(id -un)-server-$(uname -n).out ;;
    esac
    (trap '' HUP && server) > "$out" 2>&1 < /dev/null &
    printf %s $! > "$ZOOPIDFILE"
    # A server with a bad configuration is gone within the second the original waits, too.
    sleep 1
    if is_alive; then echo STARTED; else
      echo FAILED TO START
      exit 1
    fi
    ;;
  stop)
    printf 'Stopping zookeeper ... '
    if [ ! -f "$ZOOPIDFILE" ]; then
      echo "no zookeeper to stop (could not find file $ZOOPIDFILE)"
      exit 0
    fi
    case $ZOO_VERSION in
      3.4.*) kill -9 "$(cat "$ZOOPIDFILE")" ;;
      *) kill "$(cat "$ZOOPIDFILE")" ;;
    esac
    rm "$ZOOPIDFILE"
    echo STOPPED
    ;;
  restart)
    shift
    "$program" stop "$@"
    sleep 3
    "$program" start "$@"
    ;;
  status)
    address=$(setting clientPortAddress)
    port=$(setting clientPort)
    if [ -z "$port" ]; then
      # The dynamic form of 3.5 and later: server.N=host:port:port:role;[address:]port
      port=$(setting "server\.$(cat "$data/myid" 2> /dev/null)" | sed 's/.*[;:]//')
    fi
    case $ZOO_VERSION in
      3.4.*) ;;
      *) echo "Client port found: $port. Client address: ${address:-localhost}. Client SSL: false." ;;
    esac
    # shellcheck disable=SC2086 # flags are words; a port written twice is two words
    mode=$("$JAVA" -Dzookeeper.log.dir="$ZOO_LOG_DIR" -Dzookeeper.root.logger="$ZOO_LOG4J_PROP" -cp "$CLASSPATH" $CLIENT_JVMFLAGS $JVMFLAGS \
      org.apache.zookeeper.client.FourLetterWordMain "${address:-localhost}" $port srvr 2> /dev/null | grep Mode)
    if [ -z "$mode" ]; then
      echo 'Error contacting service. It is probably not running.'
      exit 1
    fi
    echo "$mode"
    ;;
  version)
    case $ZOO_VERSION in
      3.4.*) ;;
      *) exec "$JAVA" -cp "$CLASSPATH" org.apache.zookeeper.version.VersionInfoMain ;;
    esac
    ;;
  print-cmd) echo "\"$JAVA\" -cp \"$CLASSPATH\" $SERVER_JVMFLAGS $JVMFLAGS $jmx org.apache.zookeeper.server.quorum.QuorumPeerMain \"$ZOOCFG\"" ;;
  *) echo "Usage: $program [--config <conf-dir>] {start|start-foreground|stop|version|restart|status|print-cmd}" >&2 ;;
esac
