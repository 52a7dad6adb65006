#!/bin/sh
# kafka-metadata-quorum.sh --OPTION ... describe ...: describes the quorum of the controllers. The lab's own launcher.
exec "$(dirname "$0")/kafka-run-class.sh" org.apache.kafka.tools.MetadataQuorumCommand "$@"
