"""How memory and time grow with the length of one recording: the show once, and several times over."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from align.core.atomic_write import write_whole
from align.export.plots.style import load_matplotlib
from scripts.benchmarks import six_hours
from scripts.benchmarks.process import Cost
from scripts.benchmarks.report import machine, write_part
from scripts.benchmarks.show import Show
from scripts.benchmarks.tools import Job, run_align

BEGIN = "<!-- memory: written by scripts/benchmark memory --write -->"
END = "<!-- end of memory -->"
PICTURE = "memory.svg"

ROWS = 24
"""Points of a curve that are printed."""

LIMIT = 12 * 3600
"""Seconds after which a run is stopped."""


@dataclass(frozen=True, slots=True)
class Length:
    """align on the show so many times over.

    Attributes:
        tokens, placed: of the text, and of those that got a time.
        sound: seconds of the recording.
    """

    times: int
    tokens: int
    placed: int
    sound: float
    cost: Cost

    @property
    def each_hour(self) -> float:
        """Seconds of all processors for an hour of sound."""
        return self.cost.cpu / (self.sound / 3600)

    def highest(self, part: slice) -> int:
        """Most bytes held in a part of the curve."""
        return max((held for _, held in self.cost.curve[part]), default=0)


def measure(show: Show, times: Sequence[int], cache: Path, threads: int) -> Iterator[Length]:
    """Run align on each length; no stage that an earlier run has kept is used.

    Raises:
        ToolError: a run gave no answer.
    """
    for count in times:
        sample, sound = (show.sample, show.seconds) if count == 1 else six_hours.make(show, count)
        with TemporaryDirectory(prefix="benchmark-") as name:
            folder = Path(name)
            text = folder / f"{sample.name}.txt"
            write_whole(text, sample.text)
            job = Job(sample.audio, text, sample.language, threads, cache)
            document, cost = run_align(job, folder, limit=LIMIT)
        rows = document["tokens"]
        placed = sum(row["start"] is not None for row in rows)
        yield Length(count, len(rows), placed, sound, cost)


def line(one: Length) -> str:
    """A row of the table."""
    middle = len(one.cost.curve) // 2
    cells = [f"{one.sound / 3600:.1f}", str(one.tokens), str(one.tokens - one.placed)]
    cells += [f"{one.cost.seconds:.0f}", f"{one.cost.cpu:.0f}", f"{one.each_hour:.0f}"]
    cells += [_mb(one.highest(slice(0, middle))), _mb(one.highest(slice(middle, None))), _mb(one.cost.peak)]
    return f"| {' | '.join(cells)} |"


def table(lengths: Sequence[Length]) -> str:
    """All lengths in Markdown, the shortest first."""
    return HEAD + "".join(f"{line(one)}\n" for one in sorted(lengths, key=lambda one: one.sound))


def printed(one: Length) -> str:
    """Some points of a curve, as columns of minutes since the start and MB."""
    curve = one.cost.curve
    step = max(1, -(-len(curve) // ROWS))
    points = [curve[k] for k in range(0, len(curve), step)]
    return "".join(f"{seconds / 60:6.1f} min {held / 1e6:6.0f} MB\n" for seconds, held in points)


def draw(path: Path, lengths: Sequence[Length]) -> None:
    """Write the curves as SVG, the same bytes for the same curves."""
    load_matplotlib()
    import matplotlib as mpl
    from matplotlib.figure import Figure

    memory = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": "align", "svg.fonttype": "none", "font.size": 9}):
        figure = Figure(figsize=(9, 3.2), layout="constrained")
        axes = figure.subplots()
        for one in sorted(lengths, key=lambda length: length.times):
            minutes = [seconds / 60 for seconds, _ in one.cost.curve]
            held = [size / 1e6 for _, size in one.cost.curve]
            axes.plot(minutes, held, label=f"{one.sound / 3600:.1f} h of sound", linewidth=1.2)
        axes.set(xlabel="minutes since the start", ylabel="memory, MB", ylim=(0, None))
        axes.grid(alpha=0.3)
        axes.legend(fontsize=8)
        figure.savefig(memory, format="svg", metadata={"Date": None})
    write_whole(path, memory.getvalue())


def write(page: Path, lengths: Sequence[Length], command: str) -> None:
    """Put table, printed curve and picture on a page; the curve is that of the longest recording."""
    draw(page.parent / PICTURE, lengths)
    longest = max(lengths, key=lambda one: one.sound)
    body = (
        f"\n## Many hours in one file\n\n`{command}`, {date.today()}, {machine()}.\n\n{_ABOUT}"
        f"{table(lengths)}\n![Memory over the time of each run]({PICTURE})\n\n"
        f"The run of {longest.sound / 3600:.1f} h:\n\n```text\n{printed(longest)}```\n\n"
    )
    write_part(page, BEGIN, END, body)


def _mb(size: int) -> str:
    return f"{size / 1e6:.0f}"


HEAD = """
| hours | tokens | missing | wall s | CPU s | CPU s an hour | MB, first half | MB, second half | peak MB |
| --: | --: | --: | --: | --: | --: | --: | --: | --: |
"""

_ABOUT = """The made show of scripts/benchmarks/show.py, once and several times over under other noise each
time, with its text, by `align run` without translation. Memory is looked at every two seconds; the halves are
those of the run's time. The sound is taken in piece by piece, in memory that does not depend on its length;
what grows behind that are the words, the cues and the files of the whole.
"""
