"""Times by the phones: the Viterbi search over the pronunciation of the text, a piece at a time.

For Mandarin, English and both mixed. Boundaries come out below the frame, where the evidence for the
phone before and the phone behind them is even.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from align.alignment.chunks import Chunk, find_cuts, pieces
from align.alignment.durations import balanced
from align.alignment.greedy_decode import heard_phones
from align.alignment.lattice import FILLER_SPEECH, UNTRANSCRIBED, Lattice, Penalties, build
from align.alignment.long_vowels import without_drawn
from align.alignment.squeezed_tokens import with_own_sound
from align.alignment.viterbi import best_path, evidence
from align.audio.encoder import FRAME
from align.audio.phone_head import PhoneHead
from align.core.types import Posteriors, Span
from align.pronounce.phones import PHONES, Reading

MOST_CELLS = 1_500_000_000
"""States x frames of a piece; above this text and sound have too little in common to search."""


@dataclass(frozen=True, slots=True)
class PlacedPhones:
    """Where the phones put one token.

    Attributes:
        span: None where the search leaves the token out.
        reading: number of the reading that was said.
        measures: what its score is made of, see MEASURES.
    """

    span: Span | None
    reading: int
    measures: tuple[float, ...]


NOWHERE = PlacedPhones(None, 0, ())


@dataclass(frozen=True, slots=True)
class UntranscribedSpeech:
    """Speech that no token owns.

    Attributes:
        behind: index of the token in front of which it was found.
        filler: whether it sounds like one, or like the token behind it said once before.
    """

    span: Span
    behind: int
    filler: bool = False


@dataclass(frozen=True, slots=True)
class Placement:
    """What the search made of a text.

    Attributes:
        tokens: one for each token of the text.
        others: in order of time.
    """

    tokens: tuple[PlacedPhones, ...]
    others: tuple[UntranscribedSpeech, ...]


def place_by_phones(
    posteriors: Posteriors,
    readings: Sequence[Sequence[Reading]],
    head: PhoneHead,
    prices: Penalties,
    pauses: Collection[int] = frozenset(),
) -> Placement:
    """Place every token that has a reading, and find the speech that none of them owns.

    Args:
        posteriors: log-probabilities, shape (T, P).
        pauses: tokens before which the text has a pause.
    """
    known = [k for k, some in enumerate(readings) if some]
    said = [readings[k] for k in known]
    slots = [*known, len(readings)]
    parted = [n for n, k in enumerate(known) if k in pauses]
    placed, others = [NOWHERE] * len(readings), list[UntranscribedSpeech]()
    cuts = find_cuts(said, heard_phones(posteriors))
    for piece in pieces(cuts, len(said), len(posteriors)):
        found = _place_piece(posteriors, said, piece, head, prices, parted)
        for token in range(*piece.kept):
            placed[known[token]] = found.tokens[token - piece.tokens[0]]
        begin = _begin(found, piece)
        others = [one for one in others if one.span.start < begin]
        others += [
            replace(one, behind=slots[min(max(one.behind + piece.tokens[0], piece.kept[0]), piece.kept[1])])
            for one in found.others
            if one.span.start >= begin
        ]
    return Placement(tuple(placed), tuple(others))


def _begin(found: Placement, piece: Chunk) -> float:
    """Seconds from which a piece answers for the speech without text: where its first own token begins."""
    if not piece.kept[0]:
        return 0.0
    own = found.tokens[piece.kept[0] - piece.tokens[0] : piece.kept[1] - piece.tokens[0]]
    return next((one.span.start for one in own if one.span), piece.frames[0] * FRAME)


def _place_piece(
    posteriors: Posteriors,
    said: Sequence[Sequence[Reading]],
    piece: Chunk,
    head: PhoneHead,
    prices: Penalties,
    pauses: Sequence[int],
) -> Placement:
    """The tokens of one piece."""
    inside = said[slice(*piece.tokens)]
    first, last = piece.frames
    if last <= first:
        return Placement((NOWHERE,) * len(inside), ())
    lattice = build(inside, head.stay, prices, [k - piece.tokens[0] for k in pauses])
    if len(lattice.column) * (last - first) > MOST_CELLS:
        return Placement(
            (NOWHERE,) * len(inside), (UntranscribedSpeech(Span(first * FRAME, last * FRAME), len(inside)),)
        )
    part = posteriors[first:last].astype(np.float32)
    seen = evidence(part, head.log_prior, prices.prior, prices.untranscribed_frame)
    states = best_path(seen, lattice).states
    states = balanced(states, seen, lattice, head.lengths)
    states = with_own_sound(without_drawn(states, lattice, head.lengths), lattice, head.lengths)
    return _read_path(states, seen, lattice, len(inside), first)


def _read_path(
    states: NDArray[np.int32], seen: NDArray[np.float32], lattice: Lattice, count: int, first: int
) -> Placement:
    """What the best way says of each token, and of what lies between them."""
    column, token = lattice.column[states], lattice.token[states]
    edges = np.concatenate([[0], np.flatnonzero(np.diff(token)) + 1, [len(token)]])
    times = [_boundary(seen, column, int(edge)) + first for edge in edges]
    chosen = lattice.reading[states]
    placed, others = [NOWHERE] * count, list[UntranscribedSpeech]()
    for k, edge in enumerate(edges[:-1].tolist()):
        span = Span(max(0.0, times[k] * FRAME), max(0.0, times[k + 1] * FRAME))
        if token[edge] in (UNTRANSCRIBED, FILLER_SPEECH):
            filler = bool(token[edge] == FILLER_SPEECH)
            others.append(UntranscribedSpeech(span, int(lattice.before[states[edge]]), filler))
        elif token[edge] >= 0:
            measures = _measures(seen, column, edge, int(edges[k + 1]))
            placed[int(token[edge])] = PlacedPhones(span, int(chosen[edge]), measures)
    return Placement(tuple(placed), tuple(others))


def _boundary(seen: NDArray[np.float32], column: NDArray[np.intp], frame: int) -> float:
    """Where, in frames, the evidence turns from the state before `frame` to the one in it."""
    if frame in (0, len(column)):
        return float(frame)
    before, behind = column[frame - 1], column[frame]
    early = float(seen[frame - 1, behind] - seen[frame - 1, before])
    late = float(seen[frame, behind] - seen[frame, before])
    if not early < 0 < late:
        return frame - 0.5
    return frame - 1 - early / (late - early)


MEASURES = ("fit", "worst", "start", "end")
"""Mean and least evidence for its phones over the best phones there; how sharply it starts and ends."""


def _measures(
    seen: NDArray[np.float32], column: NDArray[np.intp], first: int, last: int
) -> tuple[float, ...]:
    """The MEASURES of the token in frames first to last."""
    own = seen[np.arange(first, last), column[first:last]] - seen[first:last, : len(PHONES)].max(axis=1)
    changes = np.concatenate([[0], np.flatnonzero(np.diff(column[first:last])) + 1])
    lengths = np.diff(np.append(changes, last - first))
    phones = np.add.reduceat(own, changes) / lengths
    return (
        float(own.mean()),
        float(phones.min()),
        _sharpness(seen, column, first),
        _sharpness(seen, column, last),
    )


def _sharpness(seen: NDArray[np.float32], column: NDArray[np.intp], frame: int) -> float:
    """Evidence for a boundary here over the same boundary some frames off, in natural logarithms."""
    if frame in (0, len(column)):
        return 0.0
    before, behind = column[frame - 1], column[frame]
    reach = 5
    left = seen[max(0, frame - reach) : frame]
    right = seen[frame : frame + reach]
    gain = (left[:, before] - left[:, behind]).sum() + (right[:, behind] - right[:, before]).sum()
    return float(gain)
