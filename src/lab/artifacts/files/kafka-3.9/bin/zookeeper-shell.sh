#!/bin/sh
# zookeeper-shell.sh HOST:PORT[,...][/PATH] [COMMAND ...]: ZooKeeper's command line client. The lab's own launcher.
if [ $# -lt 1 ]; then
  echo "USAGE: $0 zookeeper_host:port[/path] [-zk-tls-config-file file] [args...]"
  exit 1
fi
exec "$(dirname "$0")/kafka-run-class.sh" org.apache.zookeeper.ZooKeeperMainWithTlsSupportForKafka -server "$@"
