#!/bin/sh
# kafka-console-producer.sh --OPTION ...: sends the lines of standard input to a topic. The lab's own launcher.
exec "$(dirname "$0")/kafka-run-class.sh" kafka.tools.ConsoleProducer "$@"
