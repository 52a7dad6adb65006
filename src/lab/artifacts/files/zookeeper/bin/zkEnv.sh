#!/bin/sh
# Sourced by the other programs: finds the configuration, the Java and the jars. The lab's own, after the documented variables.
ZOO_HOME=$(cd "$(dirname "$0")/.." && pwd -P)

: "${ZOOCFGDIR:=${ZOO_HOME}/conf}"
if [ -f "$ZOOCFGDIR/zookeeper-env.sh" ]; then . "$ZOOCFGDIR/zookeeper-env.sh"; fi
if [ -f "$ZOOCFGDIR/java.env" ]; then . "$ZOOCFGDIR/java.env"; fi
ZOOCFG=$ZOOCFGDIR/${ZOOCFG:-zoo.cfg}

for jar in "$ZOO_HOME"/zookeeper-3.*.jar "$ZOO_HOME"/lib/zookeeper-3.*.jar; do
  if [ -f "$jar" ]; then ZOO_VERSION=$(basename "$jar" .jar) && ZOO_VERSION=${ZOO_VERSION#zookeeper-}; fi
done
case $ZOO_VERSION in
  3.4.*) : "${ZOO_LOG_DIR:=.}" ;;
  *) : "${ZOO_LOG_DIR:=${ZOO_HOME}/logs}" ;;
esac
: "${ZOO_LOG4J_PROP:=INFO,CONSOLE}"

if [ -n "$JAVA_HOME" ]; then JAVA=$JAVA_HOME/bin/java; else JAVA=java; fi
if ! command -v "$JAVA" > /dev/null; then
  echo "Error: JAVA_HOME is not set and java could not be found in PATH." >&2
  exit 1
fi

CLASSPATH=$ZOOCFGDIR:$ZOO_HOME/*:$ZOO_HOME/lib/*${CLASSPATH:+:$CLASSPATH}
SERVER_JVMFLAGS="-Xmx${ZK_SERVER_HEAP:-1000}m $SERVER_JVMFLAGS"
CLIENT_JVMFLAGS="-Xmx${ZK_CLIENT_HEAP:-256}m $CLIENT_JVMFLAGS"
