#!/bin/sh
# kafka-features.sh --OPTION ... {describe|upgrade|downgrade|disable} ...: looks at and changes the features of a cluster. The lab's own launcher.
exec "$(dirname "$0")/kafka-run-class.sh" org.apache.kafka.tools.FeatureCommand "$@"
