#!/bin/sh
# kafka-server-start.sh [-daemon] FILE [--override KEY=VALUE ...]: the broker. The lab's own launcher.
if [ $# -lt 1 ]; then
  echo "USAGE: $0 [-daemon] server.properties [--override property=value]*"
  exit 1
fi
bin=$(dirname "$0")

if [ -z "$KAFKA_LOG4J_OPTS" ]; then
  if [ -f "$bin/../config/log4j2.yaml" ]; then
    export KAFKA_LOG4J_OPTS="-Dlog4j2.configurationFile=$bin/../config/log4j2.yaml"
  else
    export KAFKA_LOG4J_OPTS="-Dlog4j.configuration=file:$bin/../config/log4j.properties"
  fi
fi
export KAFKA_HEAP_OPTS="${KAFKA_HEAP_OPTS:--Xmx1G -Xms1G}"
g1='-server -XX:+UseG1GC -XX:MaxGCPauseMillis=20 -XX:InitiatingHeapOccupancyPercent=35 -XX:+ExplicitGCInvokesConcurrent -Djava.awt.headless=true'
export KAFKA_JVM_PERFORMANCE_OPTS="${KAFKA_JVM_PERFORMANCE_OPTS:-$g1}"

EXTRA_ARGS=${EXTRA_ARGS--name kafkaServer -loggc}
if [ "$1" = -daemon ]; then
  EXTRA_ARGS="-daemon $EXTRA_ARGS"
  shift
fi
# shellcheck disable=SC2086 # flags are words
exec "$bin/kafka-run-class.sh" $EXTRA_ARGS kafka.Kafka "$@"
