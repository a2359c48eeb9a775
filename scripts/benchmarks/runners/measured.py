"""COST LIMIT PROGRAM ARGUMENTS...: run a program, and write what it cost.

It imports nothing large: on Linux a process starts with the memory of the one that started it, and its peak
is never less than that.
"""

import json
import os
import signal
import subprocess
import sys
import time

cost, limit, *command = sys.argv[1:]
begin = time.monotonic()
process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
signal.signal(signal.SIGALRM, lambda *_: process.kill())
signal.alarm(int(limit))
# tells of this process and of those that it waited for, and of no other
_, status, usage = os.wait4(process.pid, 0)
seconds = time.monotonic() - begin
process.returncode = code = os.waitstatus_to_exitcode(status)
unit = 1 if sys.platform == "darwin" else 1024
with open(cost, "w") as file:  # noqa: PTH123
    json.dump({"seconds": seconds, "peak": usage.ru_maxrss * unit, "code": code}, file)
