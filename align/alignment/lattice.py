"""The ways to say a text, as states in a row for the Viterbi search.

Between any two tokens may lie silence, or speech that the text lacks; each token has one chain of
states a reading, and may be left out. A state lasts one frame; a phone of at least m frames is m
states, the last of which may repeat.

    slot k:  [silence] [other speech] [filler] [token k, once before]
             [token k, reading 1] [token k, reading 2] ...                              slot k + 1: ...

Where two tokens are one and the same drawn sound, as in 嗯，嗯, nothing in it tells where the one ends, and
the mark between them says that there is a pause: it has a slot of its own, and leaving it out has a price.

A cleaned text leaves out fillers ("um", 呃, 啊) and words said twice. Both are cheap to find where they
are, since they are known: the sounds of FILLED, and the token that comes next.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.pronounce.phones import PHONES, Reading

SILENT, OTHER, FILLER = len(PHONES), len(PHONES) + 1, len(PHONES) + 2
"""Columns of the evidence behind those of the phones: no speech at all, any speech, and FILLED."""

NO_TOKEN, UNTRANSCRIBED, FILLER_SPEECH = -1, -2, -3
"""In place of a token: silence, speech that the text lacks, and a filler or a repeat."""

FILLED = ("E", "A", "En", "ah", "er")
"""What fillers are made of: 呃 啊 嗯, uh, um, er."""

_INDEX = {phone: column for column, phone in enumerate(PHONES)}

_STOPS = frozenset({"b", "p", "d", "t", "g", "k", "dh", "hh", "r", "l", "n", "ah", "ih"})
"""Phones that are often shorter than the others."""


@dataclass(frozen=True, slots=True)
class Penalties:
    """What the search pays, in natural logarithms.

    Attributes:
        silence: to begin a silence.
        untranscribed: to begin speech that the text lacks.
        untranscribed_frame: for each frame of it, over the likeliest phone there.
        skip: to leave a token out, for each phone of its first reading.
        filler: to begin a filler.
        repeat: to begin a token that is said once more than it is written.
        reading: to take another reading than the first.
        pause: to leave out a pause between two tokens of one sound.
        least: frames of a phone at least; of a silence; of other speech; of a filler.
        prior: share of the phones' own frequency that is taken out of the posteriors.
    """

    silence: float = 3.0
    untranscribed: float = 40.0
    untranscribed_frame: float = 1.0
    skip: float = 24.0
    filler: float = 12.0
    repeat: float = 8.0
    reading: float = 0.5
    pause: float = 14.0
    least: tuple[int, int, int, int] = (4, 4, 8, 9)
    prior: float = 0.3


@dataclass(frozen=True, eq=False)
class Lattice:
    """States in slots: one before each token, one behind the last, one for each pause between like tokens.

    Attributes:
        column: of the evidence, for each state, shape (S,).
        stay: log-probability of another frame in the same state, -inf for none, shape (S,).
        leave: cost of going on from a state, shape (S,).
        first: states that begin a chain, ascending, shape (C,).
        first_slot: the slot from which each chain is entered, shape (C,).
        first_cost: what entering it costs, shape (C,).
        exits: last states of the chains that end in each slot, padded by S, shape (slots, E).
        skip: cost of going on from each slot to the next without a chain, shape (slots - 1,).
        before: the token before which each state's chain begins, shape (S,).
        token: for each state the index of its token, NO_TOKEN or OTHER_SPEECH, shape (S,).
        phone: for each state the place of its phone in its reading, shape (S,).
        reading: for each state the number of its reading, shape (S,).
    """

    column: NDArray[np.intp]
    stay: NDArray[np.float32]
    leave: NDArray[np.float32]
    first: NDArray[np.intp]
    first_slot: NDArray[np.intp]
    first_cost: NDArray[np.float32]
    exits: NDArray[np.intp]
    skip: NDArray[np.float32]
    before: NDArray[np.int32]
    token: NDArray[np.int32]
    phone: NDArray[np.int32]
    reading: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class _Chain:
    """A row of states that is gone through as a whole: (column, frames at least) for each phone."""

    entered_from: int
    left_to: int
    before: int
    cost: float
    token: int
    reading: int
    columns: tuple[tuple[int, int], ...]


def build(
    readings: Sequence[Sequence[Reading]],
    stay: NDArray[np.float32],
    prices: Penalties,
    pauses: Collection[int] = (),
) -> Lattice:
    """The lattice of tokens with these readings, each token at least one.

    Args:
        stay: log-probability that each phone lasts another frame, shape (P,).
        pauses: tokens before which the text has a pause; it matters where the token before is the same sound.
    """
    parted = [k for k in sorted(pauses) if _one_sound(k, readings)]
    chains, skip = _slots(readings, prices, parted)
    states = [
        (column, last, chain, place)
        for chain in chains
        for place, (column, least) in enumerate(chain.columns)
        for last in (False,) * (least - 1) + (True,)
    ]
    ends = np.cumsum([sum(least for _, least in chain.columns) for chain in chains])
    stays = np.append(stay, np.log(np.array([0.97, 0.95, 0.93], np.float32)))
    column = np.array([state[0] for state in states], dtype=np.intp)
    repeats = np.array([state[1] for state in states])
    return Lattice(
        column=column,
        stay=np.where(repeats, stays[column], -np.inf).astype(np.float32),
        leave=np.where(repeats, np.log1p(-np.exp(stays[column])), 0).astype(np.float32),
        first=np.concatenate([[0], ends[:-1]]).astype(np.intp),
        first_slot=np.array([chain.entered_from for chain in chains], dtype=np.intp),
        first_cost=np.array([chain.cost for chain in chains], dtype=np.float32),
        exits=_exits(chains, ends, len(skip) + 1),
        skip=np.array(skip, dtype=np.float32),
        before=np.array([state[2].before for state in states], dtype=np.int32),
        token=np.array([state[2].token for state in states], dtype=np.int32),
        phone=np.array([state[3] for state in states], dtype=np.int32),
        reading=np.array([state[2].reading for state in states], dtype=np.int32),
    )


def _one_sound(k: int, readings: Sequence[Sequence[Reading]]) -> bool:
    """Whether a token and the one before it are the same vowel and nothing else."""
    if not 0 < k < len(readings):
        return False
    sound = readings[k][0]
    return len(sound) == 1 and sound[0] in FILLED and sound == readings[k - 1][0]


def _slots(
    readings: Sequence[Sequence[Reading]], prices: Penalties, parted: Sequence[int]
) -> tuple[list[_Chain], list[float]]:
    """The chains of all slots in order, and what going on from each slot without one costs."""
    chains, skip = list[_Chain](), list[float]()
    for k in range(len(readings) + 1):
        if k in parted:
            quiet = ((SILENT, prices.least[1]),)
            chains.append(_Chain(len(skip), len(skip) + 1, k, prices.silence, NO_TOKEN, 0, quiet))
            skip.append(prices.pause)
        chains += _chains(k, len(skip), readings, prices)
        if k < len(readings):
            skip.append(prices.skip * len(readings[k][0]))
    return chains, skip


def _chains(k: int, slot: int, readings: Sequence[Sequence[Reading]], prices: Penalties) -> list[_Chain]:
    """Silence, other speech, and the readings of token k, behind its slot."""
    least, quiet, other, filler = prices.least
    chains = [
        _Chain(slot, slot, k, prices.silence, NO_TOKEN, 0, ((SILENT, quiet),)),
        _Chain(slot, slot, k, prices.untranscribed, UNTRANSCRIBED, 0, ((OTHER, other),)),
        _Chain(slot, slot, k, prices.filler, FILLER_SPEECH, 0, ((FILLER, filler),)),
    ]
    if k < len(readings):
        columns = tuple((_INDEX[phone], least - (phone in _STOPS)) for phone in readings[k][0])
        chains.append(_Chain(slot, slot, k, prices.repeat, FILLER_SPEECH, 0, columns))
    for number, reading in enumerate(readings[k] if k < len(readings) else ()):
        columns = tuple((_INDEX[phone], least - (phone in _STOPS)) for phone in reading)
        chains.append(_Chain(slot, slot + 1, k, prices.reading * (number > 0), k, number, columns))
    return chains


def _exits(chains: Sequence[_Chain], ends: NDArray[np.intp], slots: int) -> NDArray[np.intp]:
    into: list[list[int]] = [[] for _ in range(slots)]
    for chain, end in zip(chains, ends, strict=True):
        into[chain.left_to].append(int(end) - 1)
    widest = max(map(len, into))
    return np.array([some + [int(ends[-1])] * (widest - len(some)) for some in into], dtype=np.intp)
