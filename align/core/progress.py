"""Show the progress of a run, on stderr."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import click

from align.core.arguments import fitted
from align.core.terminal import printable

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from rich.progress import Progress as RichBar
    from rich.progress import TaskID

Advance = Callable[[float], None]
"""Called with how much of a stage is done, in the unit of its total."""

Arrived = Callable[[str, int, int], None]
"""Called with the name of a download, the bytes that have arrived, and the total."""

QUIET = 15.0
"""Seconds between two lines of a log about one stage."""


@runtime_checkable
class Progress(Protocol):
    """Receives the progress of stages and downloads, and messages for the user."""

    def stage(self, name: str, total: float) -> AbstractContextManager[Advance]:
        """A stage that ends with the `with` block; `total` in seconds of audio, or any unit."""

    def transfer(self) -> AbstractContextManager[Arrived]:
        """Downloads, one after the other."""

    def say(self, sentence: str) -> None:
        """A message for the user."""


class Silent:
    """Shows nothing."""

    @contextmanager
    def stage(self, name: str, total: float) -> Iterator[Advance]:  # noqa: ARG002 - the protocol's
        """Show nothing."""
        yield lambda done: None  # noqa: ARG005

    @contextmanager
    def transfer(self) -> Iterator[Arrived]:
        """Show nothing."""
        yield lambda what, done, total: None  # noqa: ARG005

    def say(self, sentence: str) -> None:
        """Show nothing."""


class Lines:
    """A line when a stage begins and one when it ends, few in between: for logs and pipes."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` gives seconds."""
        self._clock = fitted("clock", clock, Callable)

    @contextmanager
    def stage(self, name: str, total: float) -> Iterator[Advance]:
        """Print the start, the time left every QUIET seconds, and the time taken."""
        start = printed = self._clock()
        click.echo(f"{name} ...", err=True)

        def advance(done: float) -> None:
            nonlocal printed
            now = self._clock()
            if 0 < done < total and now - printed >= QUIET:
                printed = now
                minutes, seconds = divmod(round((now - start) * (total - done) / done), 60)
                left = f"{minutes} min {seconds:02d} s" if minutes else f"{seconds} s"
                click.echo(f"{name}: {done / total:.0%}, about {left} left", err=True)

        yield advance
        click.echo(f"{name}: done in {self._clock() - start:.1f} s", err=True)

    @contextmanager
    def transfer(self) -> Iterator[Arrived]:
        """Print a line for each tenth of a file."""
        printed: set[tuple[str, int]] = set()

        def arrived(what: str, done: int, total: int) -> None:
            tenth = (what, 10 * done // max(1, total))
            if tenth not in printed:
                printed.add(tenth)
                click.echo(f"{what}: {done / 1e6:,.0f} of {total / 1e6:,.0f} MB", err=True)

        yield arrived

    def say(self, sentence: str) -> None:
        """Print it."""
        click.echo(_printable_lines(sentence), err=True)


class Bars:
    """A bar with the time left for each stage: for a terminal."""

    def __init__(self) -> None:
        from rich.console import Console

        self._console = Console(stderr=True, highlight=False)

    @contextmanager
    def stage(self, name: str, total: float) -> Iterator[Advance]:
        """Show a bar, which stays when the stage is done."""
        with self._bar() as bar:
            task = bar.add_task(name, total=total or None)
            yield lambda done: bar.update(task, completed=done)
            bar.update(task, total=total or 1, completed=total or 1)

    @contextmanager
    def transfer(self) -> Iterator[Arrived]:
        """Show a bar for each file."""
        with self._bar() as bar:
            tasks: dict[str, TaskID] = {}

            def arrived(what: str, done: int, total: int) -> None:
                if what not in tasks:
                    tasks[what] = bar.add_task(what)
                bar.update(tasks[what], completed=done, total=total)

            yield arrived

    def say(self, sentence: str) -> None:
        """Print it above the bars."""
        self._console.print(_printable_lines(sentence), markup=False)

    def _bar(self) -> RichBar:
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

        return Progress(
            TextColumn("{task.description:<22}"),
            BarColumn(bar_width=30),
            TaskProgressColumn(),
            TimeRemainingColumn(elapsed_when_finished=True),
            console=self._console,
        )


def _printable_lines(text: str) -> str:
    return "\n".join(map(printable, text.split("\n")))
