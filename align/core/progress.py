"""What a person sees while a run goes on: on stderr, never on stdout."""

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
"""Told how much of a stage is done, in the unit of its total."""

Arrived = Callable[[str, int, int], None]
"""Told what is being fetched, the bytes that have arrived, and the bytes to come in all."""


QUIET = 15.0
"""Seconds between two lines of a log about one stage."""


@runtime_checkable
class Progress(Protocol):
    """Told of stages as they begin, go on and end, and of what a person should know meanwhile."""

    def stage(self, name: str, total: float) -> AbstractContextManager[Advance]:
        """A stage that ends with the `with` block; `total` in seconds of audio, or any unit."""

    def transfer(self) -> AbstractContextManager[Arrived]:
        """Files that are being fetched, one after the other."""

    def say(self, sentence: str) -> None:
        """A sentence for the user."""


class Silent:
    """Shows nothing."""

    @contextmanager
    def stage(self, name: str, total: float) -> Iterator[Advance]:  # noqa: ARG002 - the protocol's
        """Pass over the stage."""
        yield lambda done: None  # noqa: ARG005

    @contextmanager
    def transfer(self) -> Iterator[Arrived]:
        """Pass over the transfer."""
        yield lambda what, done, total: None  # noqa: ARG005

    def say(self, sentence: str) -> None:
        """Pass over the sentence."""


class Lines:
    """A line when a stage begins and one when it ends, few in between: for logs and pipes."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Choose the clock, in seconds."""
        self._clock = fitted("clock", clock, Callable)

    @contextmanager
    def stage(self, name: str, total: float) -> Iterator[Advance]:
        """Say when the stage begins, how long it took, and every QUIET seconds how long it still takes."""
        began = told = self._clock()
        click.echo(f"{name} ...", err=True)

        def advance(done: float) -> None:
            nonlocal told
            now = self._clock()
            if 0 < done < total and now - told >= QUIET:
                told = now
                left = (now - began) * (total - done) / done
                click.echo(f"{name}: {done / total:.0%}, about {_time(left)} left", err=True)

        yield advance
        click.echo(f"{name}: done in {self._clock() - began:.1f} s", err=True)

    @contextmanager
    def transfer(self) -> Iterator[Arrived]:
        """A line when each tenth of a file has arrived."""
        told: set[tuple[str, int]] = set()

        def arrived(what: str, done: int, total: int) -> None:
            tenth = (what, 10 * done // max(1, total))
            if tenth not in told:
                told.add(tenth)
                click.echo(f"{what}: {done / 1e6:,.0f} of {total / 1e6:,.0f} MB", err=True)

        yield arrived

    def say(self, sentence: str) -> None:
        """Say it."""
        click.echo("\n".join(map(printable, sentence.split("\n"))), err=True)


class Bars:
    """A bar with the time left for each stage: for a terminal."""

    def __init__(self) -> None:
        from rich.console import Console

        self._console = Console(stderr=True, highlight=False)

    @contextmanager
    def stage(self, name: str, total: float) -> Iterator[Advance]:
        """Show a bar that stays when the stage is done."""
        with self._bar() as bar:
            task = bar.add_task(name, total=total or None)
            yield lambda done: bar.update(task, completed=done)
            bar.update(task, total=total or 1, completed=total or 1)

    @contextmanager
    def transfer(self) -> Iterator[Arrived]:
        """A bar for each file."""
        with self._bar() as bar:
            tasks: dict[str, TaskID] = {}

            def arrived(what: str, done: int, total: int) -> None:
                if what not in tasks:
                    tasks[what] = bar.add_task(what)
                bar.update(tasks[what], completed=done, total=total)

            yield arrived

    def say(self, sentence: str) -> None:
        """Print it above the bars."""
        self._console.print("\n".join(map(printable, sentence.split("\n"))), markup=False)

    def _bar(self) -> RichBar:
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

        return Progress(
            TextColumn("{task.description:<22}"),
            BarColumn(bar_width=30),
            TaskProgressColumn(),
            TimeRemainingColumn(elapsed_when_finished=True),
            console=self._console,
        )


def _time(seconds: float) -> str:
    """Minutes and seconds, or seconds alone under a minute."""
    whole = round(seconds)
    return f"{whole} s" if whole < 60 else f"{whole // 60} min {whole % 60:02d} s"
