# Runs each playbook of a list with ansible-core in a child of one process, since starting it anew for each takes long. Argument: a file
# with [{"args": [...], "trace": path, "output": path}]; prints the exit codes as JSON.
import json
import os
import sys

from ansible.cli.playbook import PlaybookCLI
import ansible.executor.playbook_executor  # noqa: F401  loaded once, before the children are made


def run(case):
    child = os.fork()
    if child != 0:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    output = os.open(case["output"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.environ["TRACE_FILE"] = case["trace"]
    try:
        PlaybookCLI.cli_executor(["ansible-playbook", *case["args"]])
        code = 0
    except SystemExit as end:
        code = end.code or 0
    sys.stdout.flush()
    os._exit(code)


with open(sys.argv[1]) as file:
    print(json.dumps([run(case) for case in json.load(file)]))
