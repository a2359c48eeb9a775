"""Aligners on a whole show: how exact, how fast, with the right text and with a wrong one."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from align.audio.decode import read_audio
from align.audio.recognition import load_whisper
from align.core.errors import AlignError
from align.core.types import SAMPLE_RATE, Span
from align.registry import ensure
from scripts.benchmarks import curve, own, six_hours
from scripts.benchmarks.errors import placing, placing_cells
from scripts.benchmarks.metrics import Judged, judged
from scripts.benchmarks.mismatch import planted
from scripts.benchmarks.place import place, token_texts
from scripts.benchmarks.plant import Kind
from scripts.benchmarks.report import machine, write_part
from scripts.benchmarks.runs import run_once
from scripts.benchmarks.show import Show
from scripts.benchmarks.tools import TOOLS
from scripts.benchmarks.values import Sample, Word

BEGIN = "<!-- long: written by scripts/benchmark long --write -->"
END = "<!-- end of long -->"
PICTURE = "long-recording.svg"

EXACT, PLANTED = "exact text", "text with errors"

BARE = 30
"""Seconds that the bare pass takes in at once, as Whisper does."""

ROUNDS = 2
"""Times that the bare pass is run; the quicker one counts."""

LONGEST = 12 * 3600
"""Seconds after which the longest run is stopped."""


@dataclass(frozen=True, slots=True)
class Row:
    """One tool on one recording and text.

    Attributes:
        about: the recording and the text.
        title: of the tool.
        tokens: that are said.
        sound: seconds of the recording.
        wall: seconds that the tool took.
        peak: most bytes that it held.
        failed: what went wrong, "" when nothing did; then there are no tokens.
    """

    about: str
    title: str
    tokens: tuple[Judged, ...]
    sound: float
    wall: float
    peak: int
    failed: str = ""


def measure(
    recording: Show, minutes: float, tools: Sequence[str], cache: Path, threads: int, fresh: bool
) -> Iterator[Row]:
    """Each tool on the show, with its own text and with errors in it; a failure becomes a row."""
    edited, wrong = planted(recording, minutes, 0)
    for about, sample, truth in (
        (EXACT, recording.sample, recording.sample.truth),
        (PLANTED, wrong, edited.truth),
    ):
        for name in tools:
            yield _row(about, name, sample, truth, recording.seconds, cache, threads, fresh)


def _row(
    about: str,
    name: str,
    sample: Sample,
    truth: Sequence[Word | None],
    sound: float,
    cache: Path,
    threads: int,
    fresh: bool,
) -> Row:
    """One tool on one text."""
    title = TOOLS[name].title
    try:
        run = run_once(name, TOOLS[name], sample, cache, threads, fresh)
    except AlignError as error:
        return Row(about, title, (), sound, 0.0, 0, str(error))
    tokens = judged(truth, place(token_texts(sample.text), run.words))
    return Row(about, title, tokens, sound, run.seconds, run.peak)


def longest(recording: Show, times: int, cache: Path, threads: int, fresh: bool) -> Row:
    """align on the show several times over, which is made now."""
    sample, sound = six_hours.make(recording, times)
    about, title = f"{times} times", TOOLS["phone"].title
    try:
        found = own.answer(sample, cache, threads, fresh, timed=True, limit=LONGEST)
    except AlignError as error:
        return Row(about, title, (), sound, 0.0, 0, str(error))
    tokens = judged(sample.truth, place(token_texts(sample.text), found.words))
    return Row(about, title, tokens, sound, found.seconds, found.peak)


def bare_encoder(audio: Path, threads: int) -> float:
    """Seconds that Whisper base takes for every 30 s of sound through its encoder once, models loaded."""
    samples = read_audio(audio).samples
    whisper = load_whisper(ensure("whisper-base"), "cpu", threads)
    step = BARE * SAMPLE_RATE
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for first in range(0, len(samples), step):
            piece = np.pad(samples[first : first + step], (0, max(0, first + step - len(samples))))
            whisper.encode(whisper.feature_extractor(piece)[:, : BARE * 100])
        took.append(time.perf_counter() - began)
    return min(took)


def line(row: Row, bare: float, sound: float) -> str:
    """A row of the table.

    Args:
        row: to show.
        bare: seconds of the bare pass over a recording.
        sound: seconds of that recording.
    """
    if row.failed:
        return f"| {row.about} | {row.title} | failed: {row.failed.splitlines()[0][:80]} |" + " |" * 9
    times = row.wall / (bare * row.sound / sound)
    cells = [row.about, row.title, *placing_cells(placing(row.tokens))]
    cells += [f"{row.wall:.0f}", f"{times:.2f}", f"{row.peak / 1e6:.0f}"]
    return f"| {' | '.join(cells)} |"


def table(rows: Sequence[Row], bare: float, sound: float) -> str:
    """All rows in Markdown, and how many tools failed."""
    lines = "".join(f"{line(row, bare, sound)}\n" for row in rows)
    failed = sum(bool(row.failed) for row in rows)
    counted = f"{failed} of {len(rows)} runs failed. The bare encoder takes {bare:.1f} s for the show."
    return f"{HEAD}{lines}\n{counted}\n"


def write(
    page: Path, rows: Sequence[Row], bare: float, recording: Show, minutes: float, command: str
) -> None:
    """Put the table on a page, and the picture beside it."""
    panels = {
        about: {row.title: row.tokens for row in rows if row.about == about and not row.failed}
        for about in (EXACT, PLANTED)
    }
    curve.draw(page.parent / PICTURE, panels, recording.seconds, missing(recording, minutes))
    about = _ABOUT.format(minutes=recording.seconds / 60)
    shown = table(rows, bare, recording.seconds)
    body = f"\n## Long recordings\n\n`{command}`, {date.today()}, {machine()}.\n\n{about}{shown}\n{_SHOWN}\n"
    write_part(page, BEGIN, END, body)


def missing(recording: Show, minutes: float) -> tuple[Span, ...]:
    """Where the long block of text is missing."""
    edited, _ = planted(recording, minutes, 0)
    return tuple(one.span for one in edited.planted if one.kind is Kind.BLOCK)


_ABOUT = """A made show of {minutes:.0f} min in five voices (scripts/benchmarks/show.py), with the text that
is said and with the errors of `scripts/benchmark mismatch`; then the show several times over under other
noise each time. Only tokens that are said are judged: AAS is the mean error over their starts and ends,
“over 1 s” is of tokens. Each tool ran in a process of its own: the wall time has its start and its model in
it, and “× encoder” is that time over a bare pass of Whisper base's encoder over the same sound, every 30 s
once. aeneas is left out: it builds only where the system has espeak's library.
"""

HEAD = """
| text | tool | tokens | missing | AAS ms | median ms | ≤ 200 ms | over 1 s | worst s \
| wall s | × encoder | peak MB |
| --- | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |
"""

_SHOWN = f"""![The mean error of each tool over the length of the show]({PICTURE})

The mean over the tokens of each ninetieth of the show, a token's error being the larger of its start's and
its end's; the grey stretch has no text.
"""
