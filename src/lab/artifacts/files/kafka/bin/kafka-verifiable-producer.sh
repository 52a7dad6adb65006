#!/bin/sh
# kafka-verifiable-producer.sh --OPTION ...: writes numbers and tells of each in a line of JSON. The lab's own launcher.
exec "$(dirname "$0")/kafka-run-class.sh" org.apache.kafka.tools.VerifiableProducer "$@"
