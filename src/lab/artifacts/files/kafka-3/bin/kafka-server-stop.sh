#!/bin/sh
# kafka-server-stop.sh [--process-role=ROLE] [--node-id=ID]: ends the servers of this machine, or those with that role or that id,
# with the SIGNAL of the environment or TERM. The lab's own launcher.
role= id=
for argument; do
  case $argument in
    --process-role=*) role=${argument#*=} ;;
    --node-id=*) id=${argument#*=} ;;
    *)
      echo "unknown argument $argument"
      exit 1
      ;;
  esac
done

# The word after the class is the configuration; an id says more than a role.
is_meant() {
  [ -n "$role$id" ] || return 0
  file=$(ps -o args= -p "$1" | sed 's/.* kafka\.Kafka \([^ ]*\).*/\1/')
  if [ -n "$id" ]; then
    grep -q "^node\.id=$id[[:space:]]*$" "$file"
  else
    grep -q "^process\.roles=$role[[:space:]]*$" "$file"
  fi
}

found=
for pid in $(ps ax | awk '/java/ && / kafka\.Kafka /{ print $1 }'); do
  if is_meant "$pid"; then found="$found $pid"; fi
done
if [ -z "$found" ]; then
  echo 'No kafka server to stop'
  exit 1
fi
# shellcheck disable=SC2086 # numbers are words
kill -s "${SIGNAL:-TERM}" $found
