"""An aligner of somebody else's is called by a command and answers with rows."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from align.core.errors import UsageError
from scripts.benchmarks.process import ToolError
from scripts.benchmarks.tools import Job, other, run_tool
from scripts.benchmarks.values import Word


def job(folder: Path) -> Job:
    audio, text = folder / "a recording.wav", folder / "text.txt"
    audio.write_bytes(b"")
    text.write_text("你好", "utf-8")
    return Job(audio, text, "zh", 1, folder)


def aligner(folder: Path, rows: object) -> str:
    """A command that answers with `rows` whatever it is given."""
    script = folder / "aligner.py"
    script.write_text(
        f"import json, sys\nassert 'recording' in sys.argv[1]\njson.dump({rows!r}, open(sys.argv[3], 'w'))",
        "utf-8",
    )
    return f"{sys.executable} {script} {{audio}} {{text}} {{out}}"


def test_its_rows_are_words(tmp_path: Path) -> None:
    rows = json.loads('[["你", 0.5, 0.75], ["好", null, null]]')
    run = run_tool(other(aligner(tmp_path, rows), "mine"), job(tmp_path))
    assert run.words == (Word("你", 0.5, 0.75), Word("好", None, None))


@pytest.mark.parametrize("rows", [[1], [["你", 0]], [["你", "x", 1]]])
def test_another_answer_is_a_failure(rows: object, tmp_path: Path) -> None:
    with pytest.raises(ToolError, match="is not a list of rows"):
        run_tool(other(aligner(tmp_path, rows), "mine"), job(tmp_path))


@pytest.mark.parametrize("command", ["align {audio}", "align {audio} {text} {out} {more}", "align {"])
def test_a_command_that_cannot_work_is_refused(command: str) -> None:
    with pytest.raises(UsageError, match="--with"):
        other(command, "mine")
