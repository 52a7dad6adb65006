#!/bin/sh
# kafka-broker-api-versions.sh --OPTION ...: tells which requests each broker understands. The lab's own launcher.
exec "$(dirname "$0")/kafka-run-class.sh" kafka.admin.BrokerApiVersionsCommand "$@"
