"""Where the search puts the tokens, and the speech that belongs to none."""

from __future__ import annotations

from dataclasses import dataclass

from align.core.types import Span

MEASURES = ("fit", "worst", "start", "end")
"""Mean and least emission of its phones relative to the best phones there; how sharply it starts and ends."""


CERTAIN = 1e6
"""Evidence of a token whose fit leaves no doubt. Finite, since JSON and so the cache cannot hold infinity."""


@dataclass(frozen=True, slots=True)
class PlacedPhones:
    """Where the phones put one token.

    Attributes:
        span: None where the search skips the token.
        reading: index of the reading that was said.
        measures: what its score is computed from, see MEASURES.
        evidence: natural logarithm of how much likelier the sound is with the token than without it;
            CERTAIN where its fit leaves no doubt, and -CERTAIN where it has no sound.
    """

    span: Span | None
    reading: int
    measures: tuple[float, ...]
    evidence: float = CERTAIN


NOWHERE = PlacedPhones(None, 0, ())


@dataclass(frozen=True, slots=True)
class UntranscribedSpeech:
    """Speech that belongs to no token.

    Attributes:
        behind: index of the token that follows it.
        filler: whether it is fillers or repeated words; the search only supposes so.
        filled, spoken: how much likelier these frames are with fillers, and with any phones, than with the
            words beside it alone, in natural logarithms; not known for long speech.
    """

    span: Span
    behind: int
    filler: bool = False
    filled: float = -CERTAIN
    spoken: float = CERTAIN


@dataclass(frozen=True, slots=True)
class Placement:
    """The result of the search: each token of the text, and untranscribed speech in order of time."""

    tokens: tuple[PlacedPhones, ...]
    others: tuple[UntranscribedSpeech, ...]
