#!/bin/sh
# Connecting alone, as the OpenSSH client does it. Usage as floor.sh.
for host in "$@"; do
  # shellcheck disable=SC2086
  ssh $SSH_OPTS "$host" true < /dev/null &
done
wait
