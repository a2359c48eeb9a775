"""The user's own readings of words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from align.pronounce.phones import Reading


@dataclass(frozen=True)
class Lexicon:
    """Readings that go before all others.

    Attributes:
        entries: tokens of a word, case folded, to the readings of each of them.
    """

    entries: Mapping[tuple[str, ...], tuple[tuple[Reading, ...], ...]] = field(default_factory=dict)


EMPTY = Lexicon()
