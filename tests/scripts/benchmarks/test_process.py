"""What a process costs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from scripts.benchmarks.process import ToolError, run_measured


def test_wall_time_and_peak_memory_are_the_processs_own(tmp_path: Path) -> None:
    code = "import time; block = bytearray(300_000_000); time.sleep(0.2)"
    held = bytearray(200_000_000)
    cost = run_measured([sys.executable, "-c", code], tmp_path, {})
    assert cost.seconds >= 0.2
    assert 300_000_000 <= cost.peak < 500_000_000
    small = run_measured([sys.executable, "-c", ""], tmp_path, {})
    assert small.peak < 100_000_000 < len(held)


def test_time_of_the_processor_and_a_curve_of_memory(tmp_path: Path) -> None:
    code = (
        "import time; block = bytearray(200_000_000); end = time.process_time() + 0.3\n"
        "while time.process_time() < end: pass\n"
        "time.sleep(2.2)"
    )
    cost = run_measured([sys.executable, "-c", code], tmp_path, {})
    assert 0.3 <= cost.cpu < cost.seconds
    if sys.platform == "linux":
        assert all(200_000_000 <= held < 400_000_000 for _, held in cost.curve)
        assert cost.curve


def test_a_failure_tells_what_was_said(tmp_path: Path) -> None:
    code = "import sys; sys.exit('no such voice')"
    with pytest.raises(ToolError, match="ended with 1; it said: no such voice"):
        run_measured([sys.executable, "-c", code], tmp_path, {})


def test_a_code_may_be_no_failure(tmp_path: Path) -> None:
    run_measured([sys.executable, "-c", "raise SystemExit(3)"], tmp_path, {}, good=(0, 3))


def test_a_program_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ToolError, match="no-such-program: cannot be run"):
        run_measured(["no-such-program"], tmp_path, {})
