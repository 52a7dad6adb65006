#!/bin/sh
# kafka-verifiable-consumer.sh --OPTION ...: reads as a member of a group and tells of it in lines of JSON. The lab's own launcher.
exec "$(dirname "$0")/kafka-run-class.sh" org.apache.kafka.tools.VerifiableConsumer "$@"
