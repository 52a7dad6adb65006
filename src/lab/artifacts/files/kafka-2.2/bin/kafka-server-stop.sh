#!/bin/sh
# kafka-server-stop.sh: ends every broker of this machine, with the SIGNAL of the environment or TERM. The lab's own launcher.
pids=$(ps ax | awk '/java/ && / kafka\.Kafka /{ print $1 }')
if [ -z "$pids" ]; then
  echo 'No kafka server to stop'
  exit 1
fi
# shellcheck disable=SC2086 # numbers are words
kill -s "${SIGNAL:-TERM}" $pids
