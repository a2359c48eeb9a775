"""What fetching from any source has in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from align.registry.manifest import ModelFile

Report = Callable[[int, int], None]
"""Called with the bytes that have arrived and the bytes to come in all."""

Arrivals = Iterator[tuple[ModelFile, Path]]
"""Files that have arrived whole, each with the place where it lies for the moment, not yet verified."""


def say_nothing(*_: object) -> None:
    """For callers who want neither a report nor an announcement."""


class PassedOver(Exception):  # noqa: N818 - not an error: the next source is tried
    """A source cannot serve; what it says is the reason. It never leaves this package."""
