#!/bin/sh
# kafka-topics.sh --OPTION ...: lists, describes, makes, changes and removes topics. The lab's own launcher.
exec "$(dirname "$0")/kafka-run-class.sh" kafka.admin.TopicCommand "$@"
