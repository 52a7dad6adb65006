#!/bin/sh
# zkCli.sh [-server HOST:PORT,...] [COMMAND ...]: the command line client. The lab's own launcher.
. "$(dirname "$0")/zkEnv.sh"

# shellcheck disable=SC2086 # flags are words
exec "$JAVA" -Dzookeeper.log.dir="$ZOO_LOG_DIR" -Dzookeeper.root.logger="$ZOO_LOG4J_PROP" \
  -cp "$CLASSPATH" $CLIENT_JVMFLAGS $JVMFLAGS org.apache.zookeeper.ZooKeeperMain "$@"
