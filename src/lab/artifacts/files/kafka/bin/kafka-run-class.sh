#!/bin/sh
# kafka-run-class.sh [-daemon] [-name NAME] [-loggc] CLASS [ARGUMENT ...]: any program of the jars. The lab's own, after the documented variables.
if [ $# -lt 1 ]; then
  echo "USAGE: $0 [-daemon] [-name servicename] [-loggc] classname [opts]"
  exit 1
fi
base=$(cd "$(dirname "$0")/.." && pwd)
: "${LOG_DIR:=$base/logs}"

daemon= name= loggc=
while :; do
  case $1 in
    -daemon) daemon=yes ;;
    -name)
      name=$2
      shift
      ;;
    -loggc) loggc=yes ;;
    *) break ;;
  esac
  shift
done

if [ -n "$JAVA_HOME" ]; then JAVA=$JAVA_HOME/bin/java; else JAVA=java; fi

# Jar by jar as in the original: what looks for a broker in ps meets the same long line.
for jar in "$base"/libs/*.jar; do CLASSPATH=${CLASSPATH:+$CLASSPATH:}$jar; done

if [ -z "$KAFKA_LOG4J_OPTS" ]; then
  if [ -f "$base/config/tools-log4j2.yaml" ]; then
    KAFKA_LOG4J_OPTS=-Dlog4j2.configurationFile=$base/config/tools-log4j2.yaml
  else
    KAFKA_LOG4J_OPTS=-Dlog4j.configuration=file:$base/config/tools-log4j.properties
  fi
else
  # Who chose a logging of their own may write files; a tool writes none.
  [ -d "$LOG_DIR" ] || mkdir -p "$LOG_DIR"
fi

if [ -z "$KAFKA_JMX_OPTS" ]; then
  KAFKA_JMX_OPTS='-Dcom.sun.management.jmxremote -Dcom.sun.management.jmxremote.authenticate=false -Dcom.sun.management.jmxremote.ssl=false'
fi
if [ -n "$JMX_PORT" ]; then KAFKA_JMX_OPTS="$KAFKA_JMX_OPTS -Dcom.sun.management.jmxremote.port=$JMX_PORT"; fi

: "${KAFKA_HEAP_OPTS:=-Xmx256M}"
# The start counts for a tool, not the long run: this saves a quarter of it and more. The server's own flags are set where it is started.
: "${KAFKA_JVM_PERFORMANCE_OPTS:=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Djava.awt.headless=true}"
if [ -n "$loggc" ] && [ -z "$KAFKA_GC_LOG_OPTS" ]; then
  KAFKA_GC_LOG_OPTS="-Xlog:gc*:file=$LOG_DIR/$name-gc.log:time,tags:filecount=10,filesize=100M"
fi

launch() {
  # shellcheck disable=SC2086 # flags are words
  exec "$JAVA" $KAFKA_HEAP_OPTS $KAFKA_JVM_PERFORMANCE_OPTS $KAFKA_GC_LOG_OPTS $KAFKA_JMX_OPTS -Dkafka.logs.dir="$LOG_DIR" $KAFKA_LOG4J_OPTS \
    -cp "$CLASSPATH" $KAFKA_OPTS "$@"
}

if [ -n "$daemon" ]; then
  (trap '' HUP && launch "$@") > "${CONSOLE_OUTPUT_FILE:-$LOG_DIR/$name.out}" 2>&1 < /dev/null &
else
  launch "$@"
fi
