# Callback of ansible-core: one line of JSON for each result, the recap last. Written for the comparison in test/conformance.
import json
import os

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: trace
type: stdout
short_description: results as lines of JSON
description: results as lines of JSON
"""


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "stdout"
    CALLBACK_NAME = "trace"

    def __init__(self):
        super().__init__()
        self.file = open(os.environ["TRACE_FILE"], "w", buffering=1)

    def say(self, **line):
        self.file.write(json.dumps(line, default=str) + "\n")

    def tell(self, result, status, item=False):
        values = result._result
        # What is in a loop was told item by item. What is asked of the run itself is no task that counts.
        if (not item and values.get("results")) or result._task.action == "meta":
            return
        if status == "ok" and values.get("changed"):
            status = "changed"
        line = {"task": result._task.get_name(), "host": result._host.get_name(), "status": status}
        if item:
            line["item"] = values.get(values.get("ansible_loop_var", "item"))
        if result._task.action == "debug" and status in ("ok", "changed") and "msg" in values:
            line["value"] = values["msg"]
        self.say(**line)

    def v2_runner_on_ok(self, result):
        self.tell(result, "ok")

    def v2_runner_on_failed(self, result, ignore_errors=False):
        self.tell(result, "failed")

    def v2_runner_on_skipped(self, result):
        self.tell(result, "skipped")

    def v2_runner_on_unreachable(self, result):
        self.tell(result, "unreachable")

    def v2_runner_item_on_ok(self, result):
        self.tell(result, "ok", True)

    def v2_runner_item_on_failed(self, result):
        self.tell(result, "failed", True)

    def v2_runner_item_on_skipped(self, result):
        self.tell(result, "skipped", True)

    def v2_playbook_on_stats(self, stats):
        self.say(recap={host: stats.summarize(host) for host in sorted(stats.processed)})
