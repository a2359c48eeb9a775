"""Whether a token was said: the best path with it against those without it, in the same stretch.

A likelihood-ratio test; without the token, its sound belongs to its neighbours or is other words. Nothing
else tells a reduced syllable from a word that nobody said: both fit poorly, but without the reduced one its
sound belongs to nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from align.alignment.lattice import NEVER, Penalties, build
from align.alignment.parameters import DEFAULTS, AlignmentParameters
from align.alignment.placement import CERTAIN, PlacedPhones
from align.alignment.viterbi import best_path, evidence
from align.audio.encoder import FRAME
from align.audio.phone_head import PhoneHead
from align.core.types import Posteriors, Span
from align.pronounce.phones import Reading


def with_evidence(
    placed: Sequence[PlacedPhones],
    readings: Sequence[Sequence[Reading]],
    posteriors: Posteriors,
    head: PhoneHead,
    penalties: Penalties,
    parameters: AlignmentParameters = DEFAULTS,
) -> tuple[PlacedPhones, ...]:
    """The tokens, those of a poor fit with the evidence that they were said.

    Args:
        placed, readings: of each token.
        posteriors: log-probabilities, shape (T, P).
    """
    return tuple(
        replace(token, evidence=_evidence(k, placed, readings, posteriors, head, penalties, parameters))
        if readings[k] and (token.span is None or token.measures[0] < parameters.weak_fit)
        else token
        for k, token in enumerate(placed)
    )


def _evidence(
    k: int,
    placed: Sequence[PlacedPhones],
    readings: Sequence[Sequence[Reading]],
    posteriors: Posteriors,
    head: PhoneHead,
    penalties: Penalties,
    parameters: AlignmentParameters,
) -> float:
    """Logarithm of how much likelier the sound around token k is with it than without it or with others."""
    around = parameters.evidence_tokens
    before = [n for n in range(max(0, k - 4 * around), k) if placed[n].span][-around:]
    after = [n for n in range(k + 1, min(len(placed), k + 1 + 4 * around)) if placed[n].span][:around]
    spans = [span for n in (*before, k, *after) if (span := placed[n].span)]
    if not spans:
        return -CERTAIN
    first, last = round(spans[0].start / FRAME), round(spans[-1].end / FRAME)
    if not penalties.least[0] < last - first <= parameters.evidence_frames:
        return -CERTAIN if placed[k].span is None else CERTAIN
    emissions = evidence(posteriors[first:last].astype(np.float32), head.log_prior, penalties)
    needed = replace(penalties, skip=NEVER, skip_run=NEVER)
    other = replace(needed, untranscribed=parameters.other_words, inside=0.0, inside_frame=0.0)
    left, right = [readings[n] for n in before], [readings[n] for n in after]
    if not left and not right:
        return CERTAIN
    said, without, instead = (
        best_path(emissions, build(tokens, head.stay, costs)).score
        for tokens, costs in (
            ([*left, readings[k], *right], needed),
            ([*left, *right], needed),
            ([*left, *right], other),
        )
    )
    return round(said - max(without, instead), 3)


def reading_scores(
    span: Span,
    alternatives: Sequence[Sequence[Sequence[Reading]]],
    posteriors: Posteriors,
    head: PhoneHead,
    penalties: Penalties | None = None,
) -> list[float]:
    """The log-likelihood of each of several sequences of tokens in one stretch, all of it or silence around.

    Args:
        alternatives: readings of the tokens of each, at least one token.
        posteriors: of the whole recording, shape (T, P).
    """
    needed = replace(penalties or Penalties(), skip=NEVER, skip_run=NEVER)
    part = posteriors[max(0, round(span.start / FRAME)) : round(span.end / FRAME)].astype(np.float32)
    emissions = evidence(part, head.log_prior, needed)
    return [best_path(emissions, build(said, head.stay, needed)).score for said in alternatives]
