#!/bin/sh
# kafka-get-offsets.sh --OPTION ...: tells the offsets of partitions. The lab's own launcher.
exec "$(dirname "$0")/kafka-run-class.sh" org.apache.kafka.tools.GetOffsetShell "$@"
