"""The ways to say a text, as a lattice of states for the Viterbi search.

Between any two tokens there may be silence, or speech that the text lacks; each token has one chain of states
for each reading, and may be skipped. A state lasts one frame; a phone of at least m frames is m states, of
which the last may repeat.

    slot k:  [silence] [untranscribed speech] [filler] [token k, said once before]
             [token k, reading 1] [token k, reading 2] ...                              slot k + 1: ...

A cleaned text leaves out fillers ("um", 呃, 啊) and repeats. Both are cheap to find, since their sounds
are known: FILLED, and the next token. Where two tokens are the same long vowel, as in 嗯，嗯, nothing in the
sound separates them, and the punctuation says that there is a pause: it has a slot of its own, and skipping
it has a price.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.pronounce.phones import PHONE_INDEX, PHONES, SILENCE, Reading
from align.transcript.text_breaks import NO_BREAKS, TextBreaks

SILENT, OTHER, FILLER, BRIEF = range(len(PHONES), len(PHONES) + 4)
"""Columns of the emissions after those of the phones: no speech at all, any speech, FILLED, and brief speech
inside a clause."""

NO_TOKEN, UNTRANSCRIBED, FILLER_SPEECH = -1, -2, -3
"""In place of a token: silence, speech that the text lacks, and a filler or a repeat."""

FILLED = ("E", "A", "En", "ah", "er")
"""Phones of fillers: 呃 啊 嗯, uh, um, er."""

NEVER = 1e6
"""A penalty that no path pays."""

_SHORT_PHONES = frozenset({"b", "p", "d", "t", "g", "k", "dh", "hh", "r", "l", "n", "ah", "ih"})
"""Phones that are often shorter than the others, by a frame at least."""

_STAY = (0.97, 0.95, 0.93, 0.95)
"""Probability of another frame of silence, of untranscribed speech, of a filler, of brief speech."""


@dataclass(frozen=True, slots=True)
class Penalties:
    """What the search pays, in natural logarithms. Tuned on the synthetic show; useful ranges in brackets.

    Attributes:
        silence: to start a silence. [1 to 6]
        untranscribed: to start speech that the text lacks. [20 to 60]
        untranscribed_frame: for each frame of it, over the likeliest phone there. [0.3 to 2]
        inside: more to start it inside a clause. [60 to 200]
        inside_frame: or, instead of that, for each frame of it; the cheaper of both. [0.5 to 2]
        skip: to skip a token, for each phone of its first reading. [9 to 30]
        skip_run, skip_phone: or, for a run of tokens, at once and for each phone; the cheaper of both. Where
            the run starts or ends inside a clause, `skip_inside` more. [60 to 150; 4 to 12; 10 to 60]
        filler, filler_inside_word: to start a filler, and more to do so inside a word. [6 to 20; 5 to 40]
        repeat: to start a token that is said once more than it is written. [4 to 16]
        reading: to take another reading than the first. [0 to 2]
        pause: to skip a pause between two tokens of one sound. [8 to 20]
        least: least frames of a phone; of a silence; of untranscribed speech; of a filler.
        similar: for each frame of a phone in which a similar one is said. [0.2 to 2]
        prior: share of the phones' own frequency that is taken out of the posteriors. [0 to 0.6]
    """

    silence: float = 3.0
    untranscribed: float = 40.0
    untranscribed_frame: float = 1.0
    inside: float = 100.0
    inside_frame: float = 0.5
    skip: float = 24.0
    skip_run: float = 80.0
    skip_phone: float = 8.0
    skip_inside: float = 30.0
    filler: float = 12.0
    filler_inside_word: float = 20.0
    repeat: float = 8.0
    reading: float = 0.5
    pause: float = 14.0
    least: tuple[int, int, int, int] = (4, 4, 8, 12)
    similar: float = 1.0
    prior: float = 0.3


@dataclass(frozen=True, eq=False)
class Lattice:
    """States in slots: one before each token, one after the last, one for each pause between like tokens.

    Attributes:
        column: of the emissions, for each state, shape (S,).
        stay: log-probability of another frame in the same state, -inf for none, shape (S,).
        leave: cost of going on from a state, shape (S,).
        first: states that start a chain, ascending, shape (C,).
        first_slot: the slot from which each chain is entered, shape (C,).
        first_cost: what entering it costs, shape (C,).
        exits: last states of the chains that end in each slot, padded by S, shape (slots, E).
        skip: cost of going on from each slot to the next without a chain, shape (slots - 1,).
        run_edge: cost of starting or ending a run of such steps at each slot, shape (slots,).
        run_skip: cost of each step inside a run, shape (slots - 1,).
        before: the token before which each state's chain starts, shape (S,).
        token: for each state the index of its token, NO_TOKEN, UNTRANSCRIBED or FILLER_SPEECH, shape (S,).
        phone: for each state the position of its phone in its reading, shape (S,).
        reading: for each state the index of its reading, shape (S,).
    """

    column: NDArray[np.intp]
    stay: NDArray[np.float32]
    leave: NDArray[np.float32]
    first: NDArray[np.intp]
    first_slot: NDArray[np.intp]
    first_cost: NDArray[np.float32]
    exits: NDArray[np.intp]
    skip: NDArray[np.float32]
    run_edge: NDArray[np.float32]
    run_skip: NDArray[np.float32]
    before: NDArray[np.int32]
    token: NDArray[np.int32]
    phone: NDArray[np.int32]
    reading: NDArray[np.int32]


class _Chains:
    """The chains of states of a lattice that is being built, slot by slot."""

    def __init__(self) -> None:
        """Begin with the first slot."""
        self._states: list[tuple[int, bool, int, int, int, int]] = []  # see `lattice`
        self._chains: list[tuple[int, int, float]] = []  # first state, slot and cost
        self._exits: list[list[int]] = [[], []]
        self._skips: list[tuple[float, float]] = []
        self._edges: list[float] = []

    def add(
        self, cost: float, before: int, token: int, phones: Sequence[tuple[int, int]], reading: int = 0
    ) -> None:
        """States that are gone through in order: (column, least frames) for each phone.

        The chain of a token leads to the next slot, any other one back to its own.
        """
        self._chains.append((len(self._states), len(self._skips), cost))
        for position, (column, frames) in enumerate(phones):
            state = column, False, before, token, position, reading
            self._states.extend([state] * (frames - 1) + [(column, True, *state[2:])])
        self._exits[len(self._skips) + (token >= 0)].append(len(self._states) - 1)

    def leave_slot(self, edge: float, skip: float = 0.0, run_skip: float = 0.0) -> None:
        """Go on to the next slot; the costs are those of Lattice.run_edge, skip and run_skip."""
        self._edges.append(edge)
        self._skips.append((skip, run_skip))
        self._exits.append([])

    def add_pause(self, cost: float, before: int, frames: int) -> None:
        """A silence that leads to the next slot."""
        self.add(cost, before, NO_TOKEN, [(SILENT, frames)])
        slot = len(self._skips)
        self._exits[slot + 1].append(self._exits[slot].pop())

    def lattice(self, stay: NDArray[np.float32]) -> Lattice:
        """The lattice; `leave_slot` was called after the last slot too."""
        first, first_slot, first_cost = zip(*self._chains, strict=True)
        column, repeats, before, token, phone, reading = np.array(self._states, np.int32).T
        stays = np.append(stay, np.log(np.array(_STAY, np.float32)))
        exits, count = self._exits[: len(self._edges)], len(self._states)
        widest = max(map(len, exits))
        skip, run_skip = np.array(self._skips[:-1], np.float32).reshape(-1, 2).T
        return Lattice(
            column=column.astype(np.intp),
            stay=np.where(repeats, stays[column], -np.inf).astype(np.float32),
            leave=np.where(repeats, np.log1p(-np.exp(stays[column])), 0).astype(np.float32),
            first=np.array(first, np.intp),
            first_slot=np.array(first_slot, np.intp),
            first_cost=np.array(first_cost, np.float32),
            exits=np.array([ends + [count] * (widest - len(ends)) for ends in exits], np.intp),
            skip=skip.copy(),
            run_edge=np.array(self._edges, np.float32),
            run_skip=run_skip.copy(),
            before=before.copy(),
            token=token.copy(),
            phone=phone.copy(),
            reading=reading.copy(),
        )


def build(
    readings: Sequence[Sequence[Reading]],
    stay: NDArray[np.float32],
    penalties: Penalties,
    breaks: TextBreaks = NO_BREAKS,
) -> Lattice:
    """The lattice of tokens with these readings, each token at least one.

    Args:
        stay: log-probability that each phone lasts another frame, shape (P,).
        breaks: where the text is likely to pause, and where not.
    """
    least, least_silence, least_untranscribed, least_filler = penalties.least
    chains = _Chains()
    for k in range(len(readings) + 1):
        alternatives = readings[k] if k < len(readings) else ()
        sound = alternatives[0] if alternatives else ()
        inside = 0 < k < len(readings) and k not in breaks.marks
        edge = penalties.skip_run / 2 + penalties.skip_inside * inside
        if k in breaks.marks and k and len(sound) == 1 and sound[0] in FILLED and sound == readings[k - 1][0]:
            chains.add_pause(penalties.silence, k, least_silence)
            chains.leave_slot(edge, penalties.pause)
        chains.add(penalties.silence, k, NO_TOKEN, [(SILENT, least_silence)])
        if inside:  # a word parted from its clause costs more the farther it goes, up to a limit
            chains.add(penalties.untranscribed, k, UNTRANSCRIBED, [(BRIEF, least_untranscribed)])
            chains.add(penalties.untranscribed + penalties.inside, k, UNTRANSCRIBED, [(OTHER, 1)])
        else:
            chains.add(penalties.untranscribed, k, UNTRANSCRIBED, [(OTHER, least_untranscribed)])
        filler = penalties.filler + penalties.filler_inside_word * (k in breaks.inside_words)
        chains.add(filler, k, FILLER_SPEECH, [(FILLER, least_filler)])
        for number, reading in enumerate(alternatives):
            phones = [(PHONE_INDEX[phone], _least_frames(phone, least)) for phone in reading]
            if number == 0:
                chains.add(penalties.repeat, k, FILLER_SPEECH, phones)
            chains.add(penalties.reading * (number > 0), k, k, phones, number)
        chains.leave_slot(edge, penalties.skip * len(sound), penalties.skip_phone * len(sound))
    return chains.lattice(stay)


def _least_frames(phone: str, least: int) -> int:
    """Frames of a phone at least; a pause inside a token may be as good as none."""
    return 1 if phone == SILENCE else least - (phone in _SHORT_PHONES)


def run_edges(*labels: NDArray[np.int32]) -> NDArray[np.intp]:
    """The first frame of each run in which all labels stay the same, and the number of frames."""
    changed = np.any([np.diff(label) != 0 for label in labels], axis=0)
    return np.concatenate([[0], np.flatnonzero(changed) + 1, [len(labels[0])]])
