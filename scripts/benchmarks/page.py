"""The page of mismatches of a whole show in a real browser: how large it is, and how fluid."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from align.audio.decode import read_audio
from align.core.types import MismatchKind, Recording, Result
from align.export.report_page.page import page, sound_for
from align.result.alignment_json import read
from scripts.benchmarks import own
from scripts.benchmarks.mismatch import planted
from scripts.benchmarks.report import machine, write_part
from scripts.benchmarks.show import Show
from scripts.chromium import chromium

BEGIN = "<!-- page: written by scripts/benchmark page --write -->"
END = "<!-- end of page -->"

PLACES = 500
"""On the long page: so many fillers are shown as places that they are as many."""

SEED = 0
"""Of the planted errors."""

_TURNS, _STEP = 400, 300
"""Turns of the mouse wheel at most, and pixels of each."""

_STEPS = 60
"""Places that the keyboard goes on to."""

_WATCH = """
window.longest = 0;
new PerformanceObserver((found) => {
  for (const task of found.getEntries()) window.longest = Math.max(window.longest, task.duration);
}).observe({entryTypes: ["longtask"]});
"""
"""The browser reports tasks of 50 ms and more."""


@dataclass(frozen=True, slots=True)
class Figures:
    """One page.

    Attributes:
        places, fillers: that it lists.
        size: in bytes.
        made: seconds that it took to make.
        interactive: milliseconds from the start of loading until every control works.
        loading, scrolling, stepping: milliseconds of the longest task while it loads, while the mouse wheel
            turns through the whole list, and while the keyboard goes from place to place; 0 for under 50.
    """

    places: int
    fillers: int
    size: int
    made: float
    interactive: float
    loading: float
    scrolling: float
    stepping: float


def measure(recording: Show, minutes: float, cache: Path, threads: int, fresh: bool) -> Iterator[Figures]:
    """The page of the show with planted errors as it is, and the one with PLACES places.

    Raises:
        ToolError: align gave no answer.
        MissingError: there is no Chromium.
    """
    _, sample = planted(recording, minutes, SEED)
    answer = own.answer(sample, cache, threads, fresh)
    result = read(json.dumps(answer.document).encode("utf-8"), sample.audio)
    sound = read_audio(sample.audio)
    for shown in (result, with_places(result, PLACES)):
        yield figures(shown, sound)


def with_places(result: Result, count: int) -> Result:
    """The same, with so many fillers made places that `count` are listed, as far as there are so many."""
    wanted = count - sum(one.kind is not MismatchKind.FILLER for one in result.mismatches)
    changed = []
    for one in result.mismatches:
        is_turned = one.kind is MismatchKind.FILLER and wanted > 0
        changed.append(replace(one, kind=MismatchKind.MISSING_TEXT) if is_turned else one)
        wanted -= is_turned
    return replace(result, mismatches=tuple(changed))


def figures(result: Result, sound: Recording) -> Figures:
    """Make a page, open it from the disk, and use it."""
    with TemporaryDirectory(prefix="benchmark-") as folder:
        path = Path(folder) / "page.html"
        began = time.perf_counter()
        path.write_text(page(result, sound_for(sound, path.parent)), "utf-8")
        made = time.perf_counter() - began
        fillers = sum(one.kind is MismatchKind.FILLER for one in result.mismatches)
        used = _used(path)
        return Figures(len(result.mismatches) - fillers, fillers, path.stat().st_size, made, *used)


def _used(path: Path) -> tuple[float, float, float, float]:
    """When the page is interactive, and the longest tasks: loading, scrolling, stepping."""
    with chromium() as browser:
        tab = browser.new_page(viewport={"width": 1440, "height": 900})
        tab.add_init_script(_WATCH)
        tab.goto(path.as_uri())
        tab.wait_for_timeout(500)
        interactive = tab.evaluate("performance.getEntriesByName('interactive')[0].startTime")
        loading = tab.evaluate("window.longest")
        tab.evaluate("window.longest = 0")
        tab.mouse.move(700, 400)
        for _ in range(_TURNS):
            tab.mouse.wheel(0, _STEP)
            tab.wait_for_timeout(16)
            if tab.evaluate("scrollY + innerHeight >= document.body.scrollHeight - 5"):
                break
        scrolling = tab.evaluate("window.longest")
        tab.evaluate("window.longest = 0, page.list.go(page.list.cards[0], {play: false})")
        for _ in range(_STEPS):
            tab.keyboard.press("ArrowDown")
            tab.wait_for_timeout(30)
        return interactive, loading, scrolling, tab.evaluate("window.longest")


def table(rows: Sequence[Figures]) -> str:
    """All figures in Markdown."""
    return HEAD + "".join(
        f"| {row.places} | {row.fillers} | {row.size / 1e6:.1f} | {row.made:.1f} | {row.interactive:.0f} "
        f"| {_task(row.loading)} | {_task(row.scrolling)} | {_task(row.stepping)} |\n"
        for row in rows
    )


def _task(milliseconds: float) -> str:
    return f"{milliseconds:.0f}" if milliseconds else "< 50"


def write(target: Path, rows: Sequence[Figures], recording: Show, command: str) -> None:
    """Put the table on a page of Markdown."""
    about = _ABOUT.format(minutes=recording.seconds / 60)
    head = f"\n## The page of mismatches\n\n`{command}`, {date.today()}, {machine()}.\n\n"
    write_part(target, BEGIN, END, f"{head}{about}{table(rows)}\n")


_ABOUT = f"""The page of a made show of {{minutes:.0f}} min with the errors of `scripts/benchmark mismatch`,
opened from the disk in a headless Chromium; and the same with so many fillers shown as places that there
are {PLACES}. It is interactive when every control works. The longest task is that of the browser's main
thread: while the page loads, while the mouse wheel turns through the whole list, and while the keyboard goes
through {_STEPS} places and plays each.
"""

HEAD = """
| places | fillers | MB | made in s | interactive after ms | longest task loading, ms | scrolling | stepping |
| --: | --: | --: | --: | --: | --: | --: | --: |
"""
