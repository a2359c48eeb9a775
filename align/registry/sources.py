"""What all sources of models share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from align.registry.manifest import ModelFile

Report = Callable[[int, int], None]
"""Called with the bytes fetched and the total."""

FetchedFiles = Iterator[tuple[ModelFile, Path]]
"""Files that are complete but not yet verified, each with its temporary path."""


def say_nothing(*_: object) -> None:
    """For callers that want no reports."""


class SourceUnavailable(Exception):  # noqa: N818 - not an error: the next source is tried
    """A source cannot be used; its message is the reason. It never leaves this package."""
