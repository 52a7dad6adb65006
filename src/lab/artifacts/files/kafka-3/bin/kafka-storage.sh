#!/bin/sh
# kafka-storage.sh {info|format|random-uuid} ...: prepares and looks at the log directories of a KRaft server. The lab's own launcher.
exec "$(dirname "$0")/kafka-run-class.sh" kafka.tools.StorageTool "$@"
