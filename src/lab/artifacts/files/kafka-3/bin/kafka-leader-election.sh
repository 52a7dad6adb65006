#!/bin/sh
# kafka-leader-election.sh --OPTION ...: elects leaders of partitions, preferred or unclean. The lab's own launcher.
exec "$(dirname "$0")/kafka-run-class.sh" org.apache.kafka.tools.LeaderElectionCommand "$@"
