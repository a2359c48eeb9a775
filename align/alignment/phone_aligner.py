"""Token times by phones: a Viterbi search over the pronunciation of the text, one chunk at a time.

For Mandarin, English and both mixed. Boundaries are finer than a frame: they lie where the emissions of the
phones on either side are even.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from align.alignment.chunks import Chunk, chunks, find_cuts, heard_phones
from align.alignment.durations import rebalance, shorten_long_vowels, widen_squeezed_tokens
from align.alignment.lattice import FILLER_SPEECH, UNTRANSCRIBED, Penalties, build, run_edges
from align.alignment.lengthening import with_lengthened_ends
from align.alignment.parameters import DEFAULTS, AlignmentParameters
from align.alignment.placement import NOWHERE, PlacedPhones, Placement, UntranscribedSpeech
from align.alignment.token_evidence import with_evidence
from align.alignment.untranscribed import explained
from align.alignment.viterbi import best_path, evidence
from align.audio.encoder import FRAME
from align.audio.phone_head import PhoneHead
from align.core.types import Posteriors, Span, TimedToken, Token
from align.pronounce.phones import PHONES, Reading
from align.transcript.text_breaks import NO_BREAKS, TextBreaks

SHARPNESS_FRAMES = 5
"""Frames on either side of a boundary that its sharpness is measured by; the calibration depends on it."""


def place_by_phones(
    posteriors: Posteriors,
    readings: Sequence[Sequence[Reading]],
    head: PhoneHead,
    penalties: Penalties,
    breaks: TextBreaks = NO_BREAKS,
    parameters: AlignmentParameters = DEFAULTS,
) -> Placement:
    """Place every token that has a reading, and find the speech that belongs to none.

    Args:
        posteriors: log-probabilities, shape (T, P).
        breaks: where the text is likely to pause, and where not.
    """
    known = [k for k, alternatives in enumerate(readings) if alternatives]
    spoken = [readings[k] for k in known]
    slots = [*known, len(readings)]
    known_breaks = breaks.of(known)
    placed, untranscribed = [NOWHERE] * len(readings), list[UntranscribedSpeech]()
    cuts = find_cuts(spoken, heard_phones(posteriors), parameters)
    for chunk in chunks(cuts, len(spoken), len(posteriors)):
        placement = _place_chunk(posteriors, spoken, chunk, head, penalties, known_breaks, parameters)
        offset = chunk.tokens[0]
        own = placement.tokens[chunk.kept[0] - offset : chunk.kept[1] - offset]
        for k, token in zip(range(*chunk.kept), own, strict=True):
            placed[known[k]] = token
        # Untranscribed speech is taken from this chunk from the start of its first own token on.
        begin = 0.0
        if chunk.kept[0]:
            begin = next((token.span.start for token in own if token.span), chunk.frames[0] * FRAME)
        untranscribed = [speech for speech in untranscribed if speech.span.start < begin]
        for speech in placement.others:
            if speech.span.start >= begin:
                follower = min(max(speech.behind + offset, chunk.kept[0]), chunk.kept[1])
                untranscribed.append(replace(speech, behind=slots[follower]))
    tested = with_evidence(placed, readings, posteriors, head, penalties, parameters)
    tokens, others = explained(tested, untranscribed, readings, posteriors, head, penalties, parameters)
    return Placement(*with_lengthened_ends(tokens, others, readings, posteriors))


def _place_chunk(
    posteriors: Posteriors,
    spoken: Sequence[Sequence[Reading]],
    chunk: Chunk,
    head: PhoneHead,
    penalties: Penalties,
    breaks: TextBreaks,
    parameters: AlignmentParameters,
) -> Placement:
    """The tokens of one chunk."""
    inside = spoken[slice(*chunk.tokens)]
    placed, untranscribed = [NOWHERE] * len(inside), list[UntranscribedSpeech]()
    first, last = chunk.frames
    if last <= first:
        return Placement(tuple(placed), ())
    lattice = build(inside, head.stay, penalties, breaks.of(range(*chunk.tokens)))
    part = posteriors[first:last].astype(np.float32)
    emissions = evidence(part, head.log_prior, penalties)
    states = best_path(emissions, lattice).states
    states = rebalance(states, emissions, lattice, head.lengths, parameters)
    states = shorten_long_vowels(states, lattice, head.lengths, parameters)
    states = widen_squeezed_tokens(states, lattice, head.lengths, parameters)
    column, token = lattice.column[states], lattice.token[states]
    edges = run_edges(token).tolist()
    times = [max(0.0, (_boundary(emissions, column, edge) + first) * FRAME) for edge in edges]
    for k, edge in enumerate(edges[:-1]):
        span = Span(times[k], times[k + 1])
        if token[edge] in (UNTRANSCRIBED, FILLER_SPEECH):
            filler = bool(token[edge] == FILLER_SPEECH)
            untranscribed.append(UntranscribedSpeech(span, int(lattice.before[states[edge]]), filler))
        elif token[edge] >= 0:
            measures = _measures(emissions, column, edge, edges[k + 1])
            placed[int(token[edge])] = PlacedPhones(span, int(lattice.reading[states[edge]]), measures)
    return Placement(tuple(placed), tuple(untranscribed))


def _boundary(emissions: NDArray[np.float32], column: NDArray[np.intp], frame: int) -> float:
    """Where, in frames, the emissions turn from the state before `frame` to the one in it."""
    if frame in (0, len(column)):
        return float(frame)
    left, right = column[frame - 1], column[frame]
    early = float(emissions[frame - 1, right] - emissions[frame - 1, left])
    late = float(emissions[frame, right] - emissions[frame, left])
    if not early < 0 < late:
        return frame - 0.5
    return frame - 1 - early / (late - early)


def _measures(
    emissions: NDArray[np.float32], column: NDArray[np.intp], first: int, last: int
) -> tuple[float, ...]:
    """The MEASURES of the token in frames first to last."""

    def sharpness(frame: int) -> float:
        """Gain of a boundary here over the same boundary some frames away, in natural logarithms."""
        if frame in (0, len(column)):
            return 0.0
        before, after = column[frame - 1], column[frame]
        left = emissions[max(0, frame - SHARPNESS_FRAMES) : frame]
        right = emissions[frame : frame + SHARPNESS_FRAMES]
        return float((left[:, before] - left[:, after]).sum() + (right[:, after] - right[:, before]).sum())

    best = emissions[first:last, : len(PHONES)].max(axis=1)
    own = emissions[np.arange(first, last), column[first:last]] - best
    changes = np.concatenate([[0], np.flatnonzero(np.diff(column[first:last])) + 1])
    lengths = np.diff(np.append(changes, last - first))
    phones = np.add.reduceat(own, changes) / lengths
    return (float(own.mean()), float(phones.min()), sharpness(first), sharpness(last))


def timed_tokens(
    tokens: Sequence[Token],
    spoken: Sequence[int],
    placed: Sequence[PlacedPhones],
    scores: Sequence[float],
    limit: float,
    parameters: AlignmentParameters = DEFAULTS,
) -> tuple[TimedToken, ...]:
    """Every token with its span, or without one when it is not spoken.

    A spoken token that the search left out, or that has no pronunciation, shares the time between its
    neighbours with a score of 0.

    Args:
        spoken: indices of the tokens that are in the audio, ascending.
        placed, scores: of each of those.
        limit: seconds of the recording at which the last token ends at the latest.
    """
    spans: list[Span | None] = [token.span for token in placed]
    latest = float("inf")
    for k in range(len(spans) - 1, -1, -1):  # where two chunks disagree, the earlier token gives way
        span = spans[k]
        if span is not None:
            start = min(span.start, latest)
            spans[k] = Span(start, max(start, min(span.end, latest)))
            latest = start
    longest = parameters.longest_guess
    for unplaced, members in groupby(range(len(spans)), key=lambda k: spans[k] is None):
        if not unplaced:
            continue
        group = list(members)
        begin = next((span.end for span in reversed(spans[: group[0]]) if span), None)
        end = next((span.start for span in spans[group[-1] + 1 :] if span), None)
        if begin is None:
            begin = max(0.0, (end or 0.0) - longest * len(group))
        step = min(longest, max(0.0, (limit if end is None else end) - begin) / len(group))
        for n, k in enumerate(group):
            spans[k] = Span(begin + step * n, begin + step * (n + 1))
    timed = {
        k: TimedToken(tokens[k], span.in_milliseconds() if span else None, score)
        for k, span, score in zip(spoken, spans, scores, strict=True)
    }
    return tuple(timed.get(k, TimedToken(token, None, 0.0)) for k, token in enumerate(tokens))
