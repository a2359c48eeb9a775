"""Processes of processes are found."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.benchmarks.descendants import descendants

CHILD = """
import subprocess, sys
with subprocess.Popen([sys.executable, "-c", "print('here', flush=True); input()", "grandchild"]) as process:
    process.wait()
"""


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="descendants reads /proc, which Linux alone has")
def test_a_child_and_its_child() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, "child"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        found = descendants(os.getpid())
        lines = [line.split()[-1] for _, line in found if line.split()]
        assert {"child", "grandchild"} <= set(lines)
        assert [pid for pid, line in found if line.strip().endswith(" child")] == [process.pid]
        process.communicate(b"\n")
