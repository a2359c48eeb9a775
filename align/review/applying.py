"""The progress of applying decisions, for the page; and a way to stop it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from align.core.errors import ModelError
from align.core.progress import Advance, Arrived, Progress


class StoppedError(ModelError):
    """The reviewer stopped it."""

    def __init__(self) -> None:
        super().__init__("the work", "was stopped; apply again to go on from the last finished stage")


class ReviewProgress:
    """Passes progress on, and remembers the last stage."""

    def __init__(self, inner: Progress, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` gives seconds."""
        self._inner, self._clock = inner, clock
        self._stopped = threading.Event()
        self._stage: tuple[str, float, float] | None = None  # name, share that is done, when it began

    def start(self) -> None:
        """Forget what was before."""
        self._stopped.clear()
        self._stage = None

    def stop(self) -> None:
        """Make the next step of the work in progress fail."""
        self._stopped.set()

    def state(self) -> tuple[str, float | None]:
        """A few words about what is being done, and the share of it, 0 to 1; None where it is not known."""
        if self._stage is None:
            return "Writing the files …", None
        name, share, start = self._stage
        left = (self._clock() - start) * (1 - share) / share if share else 0.0
        wait = f", about {left:.0f} s left" if left >= 1 else ""
        return f"{name} … {share:.0%}{wait}" if share else f"{name} …", share or None

    @contextmanager
    def stage(self, name: str, total: float) -> Iterator[Advance]:
        """Pass a stage on.

        Raises:
            StoppedError: it was stopped.
        """
        self._stage = (name, 0.0, start := self._clock())
        with self._inner.stage(name, total) as advance:

            def advanced(done: float) -> None:
                if self._stopped.is_set():
                    raise StoppedError
                self._stage = (name, min(1.0, done / total) if total else 0.0, start)
                advance(done)

            yield advanced
        self._stage = None
        if self._stopped.is_set():
            raise StoppedError

    def transfer(self) -> AbstractContextManager[Arrived]:
        """Pass downloads on."""
        return self._inner.transfer()

    def say(self, sentence: str) -> None:
        """Pass a message on."""
        self._inner.say(sentence)
