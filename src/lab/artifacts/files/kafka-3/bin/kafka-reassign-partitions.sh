#!/bin/sh
# kafka-reassign-partitions.sh --OPTION ...: moves replicas from broker to broker. The lab's own launcher.
exec "$(dirname "$0")/kafka-run-class.sh" org.apache.kafka.tools.reassign.ReassignPartitionsCommand "$@"
