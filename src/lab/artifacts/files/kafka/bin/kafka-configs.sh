#!/bin/sh
# kafka-configs.sh --OPTION ...: looks at and changes the configuration of topics, brokers, clients. The lab's own launcher.
exec "$(dirname "$0")/kafka-run-class.sh" kafka.admin.ConfigCommand "$@"
