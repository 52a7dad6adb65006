#!/bin/sh
# kafka-log-dirs.sh --OPTION ...: tells what lies in the log directories of the brokers. The lab's own launcher.
exec "$(dirname "$0")/kafka-run-class.sh" kafka.admin.LogDirsCommand "$@"
