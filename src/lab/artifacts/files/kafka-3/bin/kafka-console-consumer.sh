#!/bin/sh
# kafka-console-consumer.sh --OPTION ...: writes the messages of a topic to standard output. The lab's own launcher.
exec "$(dirname "$0")/kafka-run-class.sh" org.apache.kafka.tools.consumer.ConsoleConsumer "$@"
