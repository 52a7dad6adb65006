# Runs playbooks with ansible-core, each in a child of this one process, since starting it anew for each takes long. Reads a line of JSON for
# each: {"folder": path, "args": [...], "trace": path, "output": path}; answers with its exit code, a line each.
import json
import os
import sys

from ansible.cli.playbook import PlaybookCLI
import ansible.executor.playbook_executor  # noqa: F401  loaded once, before the children are made
import ansible.plugins.strategy.linear  # noqa: F401
import ansible.plugins.action.debug  # noqa: F401


def run(case):
    child = os.fork()
    if child != 0:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    output = os.open(case["output"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.environ["TRACE_FILE"] = case["trace"]
    os.chdir(case["folder"])
    try:
        PlaybookCLI.cli_executor(["ansible-playbook", *case["args"]])
        code = 0
    except SystemExit as end:
        code = end.code or 0
    sys.stdout.flush()
    os._exit(code)


for line in sys.stdin:
    print(run(json.loads(line)), flush=True)
