#!/bin/sh
# kafka-consumer-groups.sh --OPTION ...: lists and describes groups of consumers, resets their offsets. The lab's own launcher.
exec "$(dirname "$0")/kafka-run-class.sh" kafka.admin.ConsumerGroupCommand "$@"
