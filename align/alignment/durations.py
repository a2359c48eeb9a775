"""Three corrections of the best path by the usual durations of phones.

The Viterbi search knows only that a phone may go on. `rebalance` moves boundaries, `shorten_long_vowels`
turns the rest of an overlong vowel into a filler, and `widen_squeezed_tokens` gives squeezed tokens the sound
beside them. All take the path as the state of each frame, shape (T,), and `lengths`, the mean and deviation
of the logarithm of each phone's frames, shape (2, P); all return a path of the same shape.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from align.alignment.lattice import FILLER, FILLER_SPEECH, NO_TOKEN, UNTRANSCRIBED, Lattice, run_edges
from align.alignment.parameters import DEFAULTS, AlignmentParameters
from align.pronounce.phones import MANDARIN_FINALS, NO_SPEECH, PHONE_INDEX, PHONES

SHORTEST = 2
"""Frames of a phone at least."""

_QUARTILES = 1.35
"""Deviations from the lower to the upper quartile of a normal distribution."""

_VOWELS = frozenset(PHONE_INDEX[phone] for phone in MANDARIN_FINALS)


def rebalance(
    states: NDArray[np.int32],
    emissions: NDArray[np.float32],
    lattice: Lattice,
    lengths: NDArray[np.float32],
    parameters: AlignmentParameters = DEFAULTS,
) -> NDArray[np.int32]:
    """The same phones in the same order with better boundaries; pauses and untranscribed speech stay.

    Between two phones that sound alike, as in "his son" or 一亿, the search cuts anywhere. Here each boundary
    is chosen again between its neighbours, by the emissions, shape (T, P + 4), and by log-normal phone
    durations, as in hidden semi-Markov models.
    """

    def log_duration(frames: NDArray[np.intp], column: int) -> NDArray[np.float64]:
        mean, deviation = lengths[:, column]
        return np.asarray(-0.5 * ((np.log(frames) - mean) / deviation) ** 2)

    edges = run_edges(lattice.token[states], lattice.phone[states])
    first_states = states[edges[:-1]]
    columns = lattice.column[first_states]
    is_speech = (columns >= len(NO_SPEECH)) & (columns < len(PHONES))
    for _ in range(parameters.duration_rounds):
        for k in np.flatnonzero(is_speech[:-1] & is_speech[1:]) + 1:
            first, last, left, right = edges[k - 1], edges[k + 1], columns[k - 1], columns[k]
            if last - first < 2 * SHORTEST + 1:
                edges[k] = (first + last) // 2
                continue
            gain = np.cumsum(emissions[first:last, left] - emissions[first:last, right])
            cuts = np.arange(SHORTEST, last - first - SHORTEST + 1)
            likely = log_duration(cuts, left) + log_duration(last - first - cuts, right)
            score = gain[cuts - 1] + parameters.duration_weight * likely
            edges[k] = first + cuts[int(score.argmax())]
    return np.repeat(first_states, np.diff(edges))


def shorten_long_vowels(
    states: NDArray[np.int32],
    lattice: Lattice,
    lengths: NDArray[np.float32],
    parameters: AlignmentParameters = DEFAULTS,
) -> NDArray[np.int32]:
    """The same path, with long vowels at the end of a token cut to their usual length; the rest is a filler.

    In 这个呃 or 我我觉得 nothing in the sound tells where the word ends and the next starts; a vowel of three
    times the usual length tells that there is one. Before a pause it must be longer still, since people
    lengthen the last vowel there. Slow or uneven speakers lengthen many, so each vowel is compared with the
    others nearby. English vowels vary too much in length to tell.
    """
    token = lattice.token[states]
    vowels: list[tuple[int, int, float]] = []  # frames, and deviations of their logarithm above the mean
    for first, last in pairwise(run_edges(token, lattice.phone[states]).tolist()):
        column = int(lattice.column[states[first]])
        if token[first] >= 0 and column in _VOWELS and last < len(states) and token[last] != token[first]:
            mean, deviation = lengths[:, column]
            vowels.append((first, last, float((np.log(last - first) - mean) / deviation)))
    if not vowels:
        return states
    low, median, high = np.percentile([length for _, _, length in vowels], [25, 50, 75])
    usual = max(0.0, float(median))
    spread = max(1.0, float(high - low) / _QUARTILES / parameters.even_speech)
    fillers = np.flatnonzero(lattice.column == FILLER)
    filler_before = dict(zip(lattice.before[fillers].tolist(), fillers.tolist(), strict=True))
    shortened: NDArray[np.int32] = states.copy()
    for first, last, length in vowels:
        longest = parameters.long_vowel_at_pause if token[last] == NO_TOKEN else parameters.long_vowel
        if length > usual + spread * longest:
            mean, deviation = lengths[:, lattice.column[states[first]]]
            kept = round(float(np.exp(mean + usual * deviation)))
            shortened[first + kept : last] = filler_before[int(token[first]) + 1]
    return shortened


def widen_squeezed_tokens(
    states: NDArray[np.int32],
    lattice: Lattice,
    lengths: NDArray[np.float32],
    parameters: AlignmentParameters = DEFAULTS,
) -> NDArray[np.int32]:
    """The same path, on which squeezed tokens have the nearest speech without text.

    A word that sounds unlike its readings, 运 said as part of 去运 or an abbreviation read in an unusual way,
    comes out of the search as short as it may be, with the rest of its sound beside it, or across a pause, as
    untranscribed speech or as a filler. Nobody says a word in 40 ms, so it gets that sound back.
    """
    token = lattice.token[states]
    edges = run_edges(token).tolist()
    widened: NDArray[np.int32] = states.copy()
    for k, (first, last) in enumerate(pairwise(edges)):
        if token[first] not in (UNTRANSCRIBED, FILLER_SPEECH) or last - first > parameters.squeezed_frames:
            continue
        for near in (k - 1, k + 1, k - 2, k + 2):
            if not 0 <= near < len(edges) - 1:
                continue
            state, between = widened[edges[near]], widened[edges[(near + k) // 2]]
            across = abs(near - k) == 2
            if lattice.token[state] < 0 or (across and lattice.token[between] != NO_TOKEN):
                continue
            own = (lattice.token == lattice.token[state]) & (lattice.reading == lattice.reading[state])
            phones = lattice.column[own & np.isfinite(lattice.stay)]
            enough = len(phones) >= parameters.squeezed_phones
            usual = float(np.exp(lengths[0, phones]).sum()) if enough else 0.0
            shortest = int(own.sum()) + parameters.squeezed_spare
            if edges[near + 1] - edges[near] <= max(shortest, parameters.squeezed_share * usual):
                widened[first:last] = state
                if across:  # the token moves across the pause, and its old place joins the pause
                    widened[edges[near] : edges[near + 1]] = between
                break
    return widened
