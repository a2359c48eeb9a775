"""What it costs to edit a sentence of an aligned show, and whether the rest stays as it was."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from align.core.atomic_write import write_whole
from scripts.benchmarks import show
from scripts.benchmarks import units as texts
from scripts.benchmarks.errors import Placing, placing, placing_cells
from scripts.benchmarks.found import Count
from scripts.benchmarks.metrics import judged
from scripts.benchmarks.place import place, token_texts
from scripts.benchmarks.process import ToolError, run_measured
from scripts.benchmarks.report import machine, write_part
from scripts.benchmarks.show import Show
from scripts.benchmarks.tools import Job, run_align
from scripts.benchmarks.values import Sample, Word

BEGIN = "<!-- retime: written by scripts/benchmark retime --write -->"
END = "<!-- end of retime -->"

WRONG = 12
"""Tokens in the middle of the show that were written wrong at first."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A show aligned with a wrong sentence, and again when it was edited.

    Attributes:
        whole: seconds of the first run.
        again: seconds of `align retime`.
        same: tokens outside of the sentence whose times are the same to the byte.
        edited: how the sentence's own tokens are placed.
    """

    whole: float
    again: float
    same: Count
    edited: Placing


def wrong_text(text: str, truth: Sequence[Word], other: str) -> tuple[str, tuple[int, int]]:
    """The text with as many tokens of another in its middle, and which they are."""
    said, tail = texts.read(text, truth)
    pool, _ = texts.read(other)
    first = max(1, (len(said) - WRONG) // 2)
    last = min(first + WRONG, len(said))
    wrong = [
        texts.Unit(unit.lead, instead.text, instead.sound)
        for unit, instead in zip(said[first:last], pool, strict=False)
    ]
    return texts.write([*said[:first], *wrong, *said[last:]], tail), (first, first + len(wrong))


def measure(recording: Show, minutes: float, cache: Path, threads: int) -> Measured:
    """Align, edit, align again.

    Raises:
        ToolError: one of both failed.
    """
    sample = recording.sample
    wrong, changed = wrong_text(sample.text, sample.truth, show.unsaid(minutes))
    folder = cache / "retime"
    shutil.rmtree(folder, ignore_errors=True)
    text, edited = folder / f"{sample.name}.txt", folder / "edited" / f"{sample.name}.txt"
    write_whole(text, wrong)
    write_whole(edited, sample.text)
    stages = folder / "stages"
    job = Job(sample.audio, text, sample.language, threads, cache)
    _, first = run_align(job, folder, stages=stages)
    (old,) = folder.glob("*.alignment.json")
    # beside its alignment, as a user has it
    (folder / sample.audio.name).symlink_to(sample.audio)
    command: list[str | Path] = [sys.executable, "-m", "align", "retime", old, edited, "--out", edited.parent]
    command += ["--threads", str(threads), "--device", "cpu", "--offline", "--quiet"]
    again = run_measured(command, edited.parent, {"ALIGN_STAGES": str(stages)}, good=(0, 1))
    new = edited.parent / old.name
    if not new.is_file():
        raise ToolError(f"align retime wrote no {new.name}")
    before, after = _tokens(old), _tokens(new)
    if tuple(row["text"] for row in after) != token_texts(sample.text):
        raise ToolError("align retime wrote other tokens than those of the edited text")
    return Measured(
        first.seconds, again.seconds, same(before, after, changed), _edited(sample, after, changed)
    )


def same(
    before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]], changed: tuple[int, int]
) -> Count:
    """How many of the tokens beside the changed ones have the same times, as they are written."""
    first, last = changed
    old, new = ([*rows[:first], *rows[last:]] for rows in (before, after))
    pairs = [((a["start"], a["end"]), (b["start"], b["end"])) for a, b in zip(old, new, strict=True)]
    return Count(sum(a == b for a, b in pairs), len(pairs))


def _tokens(alignment: Path) -> list[dict[str, Any]]:
    """The rows of a NAME.alignment.json, numbers as they are written."""
    rows: list[dict[str, Any]] = json.loads(alignment.read_text("utf-8"), parse_float=str)["tokens"]
    return rows


def _edited(sample: Sample, rows: Sequence[Mapping[str, Any]], changed: tuple[int, int]) -> Placing:
    """How well the changed tokens are placed."""
    words = [Word(row["text"], *(_number(row[edge]) for edge in ("start", "end"))) for row in rows]
    placed = place(tuple(word.text for word in sample.truth), words)
    return placing(judged(sample.truth, placed)[slice(*changed)])


def _number(written: str | int | None) -> float | None:
    return None if written is None else float(written)


def table(measured: Measured) -> str:
    """All figures in Markdown."""
    cells = [f"{measured.whole:.0f}", f"{measured.again:.1f}", f"{measured.same.good} of {measured.same.all}"]
    return f"{_HEAD}| {' | '.join([*cells, *placing_cells(measured.edited)[:3]])} |\n"


def write(page: Path, measured: Measured, recording: Show, command: str) -> None:
    """Put the table on a page."""
    head = f"\n## An edited sentence\n\n`{command}`, {date.today()}, {machine()}.\n\n"
    about = _ABOUT.format(minutes=recording.seconds / 60, wrong=WRONG)
    write_part(page, BEGIN, END, f"{head}{about}{table(measured)}\n")


_ABOUT = """The made show of {minutes:.0f} min is aligned with {wrong} wrong tokens in its middle, and
then with `align retime` and the right text. The times of all other tokens should stay as they are,
to the byte.
"""

_HEAD = """
| first run s | retime s | the same | edited tokens | missing | AAS ms |
| --: | --: | --: | --: | --: | --: |
"""
