#!/bin/sh
# zkCleanup.sh -n COUNT: keeps that many snapshots and the logs they need. The lab's own launcher.
. "$(dirname "$0")/zkEnv.sh"

setting() { sed -n "s/^[[:space:]]*$1[[:space:]]*=[[:space:]]*\(.*[^[:space:]]\)[[:space:]]*\$/\1/p" "$ZOOCFG"; }
data=$(setting dataDir)
log=$(setting dataLogDir)

# shellcheck disable=SC2086 # flags are words
exec "$JAVA" -Dzookeeper.log.dir="$ZOO_LOG_DIR" -Dzookeeper.root.logger="$ZOO_LOG4J_PROP" \
  -cp "$CLASSPATH" $JVMFLAGS org.apache.zookeeper.server.PurgeTxnLog "${log:-$data}" "$data" "$@"
