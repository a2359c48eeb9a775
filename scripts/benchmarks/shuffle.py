"""Recordings with the text of another: whether align refuses all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from align.core.errors import UsageError
from scripts.benchmarks.process import ToolError
from scripts.benchmarks.report import machine, write_part
from scripts.benchmarks.tools import Job, run_align

BEGIN = "<!-- shuffle: written by scripts/benchmark shuffle --write -->"
END = "<!-- end of shuffle -->"

REFUSED = 1
"""The exit code of a text that does not belong to its recording."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A recording and the text of another.

    Attributes:
        refused: whether align ended with REFUSED.
        said: by align, where it did not.
    """

    audio: Path
    text: Path
    refused: bool
    said: str = ""


def measure(parts: Sequence[Path], count: int, cache: Path, threads: int) -> Iterator[Pair]:
    """Give the first parts of a show the text of the next, the last of them that of the first.

    Args:
        parts: stems of recordings with .flac and .txt.
        count: how many to take; there may be fewer.
        cache: the benchmark's folder.
        threads: that align may use.

    Raises:
        UsageError: there is no other text.
    """
    taken = parts[:count]
    if len(taken) < 2:
        raise UsageError("a show of one part has no other text; make a longer one with make-show")
    for part, other in zip(taken, [*taken[1:], taken[0]], strict=True):
        yield _refused(part.with_suffix(".flac"), other.with_suffix(".txt"), cache, threads)


def _refused(audio: Path, text: Path, cache: Path, threads: int) -> Pair:
    with TemporaryDirectory(prefix="benchmark-") as folder:
        job = Job(audio, text, "zh", threads, cache)
        try:
            run_align(job, Path(folder), stages=cache / "stages", good=(REFUSED,))
        except ToolError as error:
            return Pair(audio, text, False, str(error))
    return Pair(audio, text, True)


def summary(pairs: Sequence[Pair]) -> str:
    """How many were refused, in a sentence."""
    return (
        f"{sum(pair.refused for pair in pairs)} of {len(pairs)} recordings with another's text were refused."
    )


def write(page: Path, pairs: Sequence[Pair], command: str) -> None:
    """Put the sentence on a page."""
    head = f"\n## Text of another recording\n\n`{command}`, {date.today()}, {machine()}.\n\n"
    write_part(page, BEGIN, END, f"{head}{_ABOUT}{summary(pairs)}\n\n")


_ABOUT = """Parts of about five minutes of the made show, each with the text of the next part: the same people
talking about the same things. Refused is what ends with exit code 1.
"""
