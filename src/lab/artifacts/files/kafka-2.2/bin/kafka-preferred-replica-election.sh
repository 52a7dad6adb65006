#!/bin/sh
# kafka-preferred-replica-election.sh --OPTION ...: gives partitions back to their first replica. The lab's own launcher.
exec "$(dirname "$0")/kafka-run-class.sh" kafka.admin.PreferredReplicaLeaderElectionCommand "$@"
