"""COST LIMIT PROGRAM ARGUMENTS...: run a program, and write what it cost.

It imports nothing large: on Linux a process starts with the memory of the one that started it, and its peak
is never less than that.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time

EVERY = 2.0  # seconds between two looks at the memory


def held(pid: int) -> "int | None":
    """Bytes of memory that a process holds now, None where the system does not tell it this way."""
    try:
        with open(f"/proc/{pid}/statm") as file:  # noqa: PTH123
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return None


def watch(pid: int, curve: "list[list[float]]", ended: threading.Event) -> None:
    """Note time and memory every so often until the process has ended."""
    while not ended.wait(EVERY):
        now = held(pid)
        if now:
            curve.append([round(time.monotonic() - begin, 1), now])


cost, limit, *command = sys.argv[1:]
begin = time.monotonic()
process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
signal.signal(signal.SIGALRM, lambda *_: process.kill())
signal.alarm(int(limit))
curve: "list[list[float]]" = []
ended = threading.Event()
threading.Thread(target=watch, args=(process.pid, curve, ended), daemon=True).start()
# tells of this process and of those that it waited for, and of no other
_, status, usage = os.wait4(process.pid, 0)
seconds = time.monotonic() - begin
ended.set()
process.returncode = code = os.waitstatus_to_exitcode(status)
unit = 1 if sys.platform == "darwin" else 1024
told = {
    "seconds": seconds,
    "cpu": usage.ru_utime + usage.ru_stime,
    "peak": usage.ru_maxrss * unit,
    "curve": curve,
    "code": code,
}
with open(cost, "w") as file:  # noqa: PTH123
    json.dump(told, file)
