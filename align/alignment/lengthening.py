"""The end of a word that is drawn out belongs to the word.

People lengthen the last vowel before a pause or while they think, and its sound drifts on the way: 说 ends
as 呃, 能 as 嗯, "sure" as "er". What directly follows a word, is short, and has the vowel or the nasal
that it ends with is its end. A filler has a sound of its own, a pause before it, or is longer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from align.alignment.placement import PlacedPhones, UntranscribedSpeech
from align.audio.encoder import FRAME
from align.core.types import Posteriors, Span
from align.pronounce.phones import NO_SPEECH, PHONE_INDEX, Reading


@dataclass(frozen=True, slots=True)
class LengtheningParameters:
    """Tuned on half of the recordings of `scripts/benchmark human`; useful ranges in brackets.

    Attributes:
        longest: seconds of a drawn out sound behind its word; longer is a filler. [0.12 to 0.2]
        probability: of the phones that the sound may become, for a frame to have it. [0.4 to 0.8]
        share: of the frames that must have it. [0.6 to 0.9]
    """

    longest: float = 0.17
    probability: float = 0.5
    share: float = 0.75


DEFAULTS = LengtheningParameters()

_ALIKE = tuple(
    frozenset(group.split())
    for group in (
        "A Ia Ua Ai Uai An Uan Ian Van Ang Iang Uang aa ae ay",
        "Ao Iao Ang Iang Uang O Ong ao aw",
        "E O Uo Er er ah ao r",
        "Ei Uei Ie Ve Ian eh ey",
        "Ou Iou Ong Iong U O ow uw uh l",
        "En Uen Eng Ueng Ing In Vn n ng m",
        "An Uan Ian Van En In n ng",
        "I Iz Ir V iy ih",
    )
)
"""Phones between which a drawn out sound drifts: of one vowel, whatever its glide and its nasal."""

_DRIFTS: dict[str, tuple[int, ...]] = {
    phone: tuple(
        sorted(PHONE_INDEX[other] for other in frozenset().union(*(g for g in _ALIKE if phone in g)))
    )
    for phone in sorted(frozenset().union(*_ALIKE))
}
"""For each phone that can be drawn out the columns of those that it may become."""

_QUIET = [PHONE_INDEX[phone] for phone in NO_SPEECH]


def with_lengthened_ends(
    placed: Sequence[PlacedPhones],
    untranscribed: Sequence[UntranscribedSpeech],
    readings: Sequence[Sequence[Reading]],
    posteriors: Posteriors,
    parameters: LengtheningParameters = DEFAULTS,
) -> tuple[tuple[PlacedPhones, ...], tuple[UntranscribedSpeech, ...]]:
    """The tokens, longer where speech without text is the rest of their last sound, and the other speech.

    Args:
        placed, readings: of each token.
        untranscribed: in order of time.
        posteriors: log-probabilities of the whole recording, shape (T, P).
    """
    tokens, rest = list(placed), list[UntranscribedSpeech]()
    for speech in untranscribed:
        k = speech.behind - 1
        own = tokens[k].span if k >= 0 else None
        if (
            own
            and speech.span.duration <= parameters.longest
            and abs(speech.span.start - own.end) <= FRAME
            and _drifts(speech.span, readings[k][tokens[k].reading][-1], posteriors, parameters)
        ):
            tokens[k] = replace(tokens[k], span=Span(own.start, speech.span.end))
        else:
            rest.append(speech)
    return tuple(tokens), tuple(rest)


def _drifts(span: Span, phone: str, posteriors: Posteriors, parameters: LengtheningParameters) -> bool:
    """Whether a stretch sounds like a phone that is drawn out."""
    if phone not in _DRIFTS:
        return False
    first, last = round(span.start / FRAME), round(span.end / FRAME)
    probabilities = np.exp(posteriors[first:last].astype(np.float32))
    own, quiet = probabilities[:, _DRIFTS[phone]].sum(axis=1), probabilities[:, _QUIET].sum(axis=1)
    return bool(np.mean(own + quiet >= parameters.probability) >= parameters.share)
