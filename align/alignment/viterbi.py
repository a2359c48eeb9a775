"""The best path through a lattice of states, given the emissions of each frame (Viterbi 1967)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.alignment.lattice import FILLED, Lattice, Penalties
from align.pronounce.phones import LAUGHTER, NO_SPEECH, PHONE_INDEX, PHONES

_SILENT = [PHONE_INDEX[phone] for phone in NO_SPEECH if phone != LAUGHTER]
_FILLED = [PHONE_INDEX[phone] for phone in FILLED]
_VOICED = [column for column in range(len(PHONES)) if column not in _SILENT]
"""Laughter is a voice, and what sounds half like it is more often a long "um" than a pause."""

_SIMILAR = {
    "iy": ("I",), "ih": ("I",), "ey": ("Ei",), "ay": ("Ai", "A", "Uai"), "ow": ("Ou",), "aw": ("Ao",),
    "ao": ("O",), "aa": ("A",), "eh": ("Ian", "Ie"), "uw": ("U",), "er": ("Er", "E"), "w": ("Uai", "Uo"),
    "jh": ("J", "Zh"), "ch": ("Q", "Ch"), "sh": ("X", "Sh"), "hh": ("H",), "r": ("R",), "n": ("Ian",),
    "An": ("A", "Ang"), "Ang": ("An",), "En": ("Eng",), "Eng": ("En",), "In": ("Ing",), "Ing": ("In",),
    "Z": ("Zh",), "C": ("Ch",), "Zh": ("Z",), "Ch": ("C",), "Sh": ("s",),
}  # fmt: skip
"""Phones with others that may be said for them: English ones as Mandarin speakers say them, 看 without its
nasal, as it often ends before a pause, and the pairs that most accents of Mandarin merge."""

_SIMILAR_COLUMNS = [
    (PHONE_INDEX[phone], [PHONE_INDEX[other] for other in others]) for phone, others in _SIMILAR.items()
]

_NEVER = np.float32(-1e30)

_BLOCK = 256
"""Frames whose emissions are gathered by state at once."""

MOST_STATES = 24_000
"""States that are searched at once: those of about 600 tokens, two minutes of speech or more."""


@dataclass(frozen=True, eq=False)
class Path:
    """The states of the best path, shape (T,), and its sum of emissions less penalties."""

    states: NDArray[np.int32]
    score: float


def evidence(
    posteriors: NDArray[np.float32], log_prior: NDArray[np.float32], penalties: Penalties
) -> NDArray[np.float32]:
    """The emissions: the score of each frame for each column of a lattice, shape (T, P + 4).

    Args:
        posteriors: log-probabilities, shape (T, P).
        log_prior: shape (P,); a share of this is taken out, as hybrid recognizers do (Bourlard and Morgan
            1994).
    """
    scaled = posteriors - np.float32(penalties.prior) * log_prior
    quiet = scaled[:, _SILENT]
    loudest = quiet.max(axis=1)
    silent = loudest + np.log(np.exp(quiet - loudest[:, None]).sum(axis=1))
    untranscribed = scaled[:, _VOICED].max(axis=1) - np.float32(penalties.untranscribed_frame)
    brief = untranscribed - np.float32(penalties.inside_frame)
    filler = scaled[:, _FILLED].max(axis=1)
    phones = scaled.copy()
    for phone, others in _SIMILAR_COLUMNS:
        similar = scaled[:, others].max(axis=1) - np.float32(penalties.similar)
        np.maximum(scaled[:, phone], similar, out=phones[:, phone])
    other = (silent, untranscribed, filler, brief)
    return np.concatenate([phones, *(column[:, None] for column in other)], axis=1)


def best_path(emissions: NDArray[np.float32], lattice: Lattice, most_states: int = MOST_STATES) -> Path:
    """The best path from the first frame to the last.

    In every frame each slot is entered from the best chain that ends in it, or from an earlier slot with the
    tokens between skipped. A lattice of more than `most_states` is searched in a window of so many around the
    best state so far, so that time and memory grow with the frames alone; the path is then no longer certain
    to be the best.

    Args:
        emissions: shape (T, P + 4).
    """
    frames = len(emissions)
    skipping = Skipping.of(lattice)
    slot_of = lattice.first_slot[np.searchsorted(lattice.first, np.arange(len(lattice.column)), "right") - 1]
    slot_of_first = dict(zip(lattice.first.tolist(), lattice.first_slot.tolist(), strict=True))
    window = _Window.around(0, slot_of, most_states)
    scores = np.full(window.states[1] - window.states[0] + 1, _NEVER, dtype=np.float32)
    slots = skipping.from_start()[slice(*window.slots)]
    blocks: list[_Block] = []
    for start in range(0, frames, _BLOCK):
        if start and most_states < len(slot_of):
            best = window.states[0] + int(scores.argmax())
            following = _Window.around(best, slot_of, most_states)
            scores = following.taken_from(scores, window)
            window = following
        block, scores, slots = _search_block(
            emissions[start : start + _BLOCK], lattice, window, scores, slots, skipping, first=not start
        )
        blocks.append(block)
    leaving = scores + np.append(lattice.leave[slice(*window.states)], np.float32(0))
    slots, entered = _Entrance.of(window, lattice, skipping).enter(leaving)
    end = len(lattice.exits) - 1
    rest = [float(score) - skipping.cost(slot, end) for slot, score in enumerate(slots, window.slots[0])]
    at = int(np.argmax(rest))
    path = np.empty(frames, dtype=np.int32)
    state = int(entered[at])
    for number in range(len(blocks) - 1, -1, -1):
        block = blocks[number]
        stayed = np.unpackbits(block.stayed, axis=1)
        low, low_slot = block.window.states[0], block.window.slots[0]
        for frame in range(len(stayed) - 1, -1, -1):
            path[number * _BLOCK + frame] = state
            if not stayed[frame, state - low]:
                slot = slot_of_first.get(state)
                state = state - 1 if slot is None else int(block.entered[frame, slot - low_slot])
    return Path(path, rest[at])


@dataclass(frozen=True, eq=False)
class Skipping:
    """What going on from a slot without the tokens behind it costs, one by one or in a run.

    Attributes:
        single: cost from the first slot on, shape (slots,).
        run_open, run_close: a run from slot j to slot k costs run_close[k] - run_open[j].
    """

    single: NDArray[np.float32]
    run_open: NDArray[np.float32]
    run_close: NDArray[np.float32]

    @classmethod
    def of(cls, lattice: Lattice) -> Skipping:
        """That of a lattice."""
        single, run = (
            np.concatenate([[0], np.cumsum(cost)]).astype(np.float32)
            for cost in (lattice.skip, lattice.run_skip)
        )
        return cls(single, run - lattice.run_edge, run + lattice.run_edge)

    def from_start(self) -> NDArray[np.float32]:
        """The score of each slot before the first frame."""
        slots: NDArray[np.float32] = np.maximum(-self.single, self.run_open[0] - self.run_close)
        slots[0] = 0
        return slots

    def cost(self, first: int, last: int) -> float:
        """From one slot to a later one."""
        if first == last:
            return 0.0
        return float(min(self.single[last] - self.single[first], self.run_close[last] - self.run_open[first]))


@dataclass(frozen=True, slots=True)
class _Window:
    """The states and slots that are searched, as half-open ranges."""

    states: tuple[int, int]
    slots: tuple[int, int]

    @classmethod
    def around(cls, best: int, slot_of: NDArray[np.intp], most: int) -> _Window:
        """The window of at most so many states around one, of whole slots."""
        count = len(slot_of)
        low = max(0, min(best - most // 2, count - most))
        high = min(count, low + most)
        first = int(slot_of[low]) + (low > 0)
        last = int(slot_of[high - 1]) + (high == count)
        begin, end = np.searchsorted(slot_of, [first, last])
        return cls((int(begin), int(end)), (first, last))

    def taken_from(self, scores: NDArray[np.float32], other: _Window) -> NDArray[np.float32]:
        """Scores of another window's states for those of this one."""
        taken = np.full(self.states[1] - self.states[0] + 1, _NEVER, dtype=np.float32)
        low, high = max(self.states[0], other.states[0]), min(self.states[1], other.states[1])
        if low < high:
            taken[low - self.states[0] : high - self.states[0]] = scores[
                low - other.states[0] : high - other.states[0]
            ]
        return taken


@dataclass(frozen=True, eq=False)
class _Block:
    """How each state of a window was reached in each frame of a block.

    Attributes:
        stayed: one bit for each state: whether it was the same state, shape (frames, states / 8).
        entered: the state from which each slot is reached, shape (frames, slots).
    """

    window: _Window
    stayed: NDArray[np.uint8]
    entered: NDArray[np.int32]


def _search_block(
    emissions: NDArray[np.float32],
    lattice: Lattice,
    window: _Window,
    scores: NDArray[np.float32],
    slots: NDArray[np.float32],
    skipping: Skipping,
    *,
    first: bool,
) -> tuple[_Block, NDArray[np.float32], NDArray[np.float32]]:
    """The next frames in a window: how its states are reached, and the scores behind them."""
    low, high = window.states
    states = slice(low, high)
    chains = slice(*np.searchsorted(lattice.first, [low, high]))
    firsts, first_slots = lattice.first[chains] - low, lattice.first_slot[chains] - window.slots[0]
    entrance = _Entrance.of(window, lattice, skipping)
    first_cost, stay = lattice.first_cost[chains], lattice.stay[states]
    leave = np.append(lattice.leave[states], np.float32(0))
    by_state = emissions.take(lattice.column[states], axis=1)
    stayed = np.zeros((len(emissions), high - low), dtype=np.bool_)
    entered = np.zeros((len(emissions), window.slots[1] - window.slots[0]), dtype=np.int32)
    scores = scores.copy()
    leaving, advance, staying = scores.copy(), np.full_like(scores, _NEVER), scores[:-1].copy()
    for frame in range(len(emissions)):
        if frame or not first:
            np.add(scores, leave, out=leaving)
            slots, entered[frame] = entrance.enter(leaving)
            advance[1:] = leaving[:-1]
        advance[firsts] = slots[first_slots] - first_cost
        np.add(scores[:-1], stay, out=staying)
        np.greater(staying, advance[:-1], out=stayed[frame])
        np.maximum(staying, advance[:-1], out=staying)
        np.add(staying, by_state[frame], out=scores[:-1])
    return _Block(window, np.packbits(stayed, axis=1), entered), scores, slots


@dataclass(frozen=True, eq=False)
class _Entrance:
    """How the slots of a window are reached.

    Attributes:
        exits: last states of the chains that end in each slot, counted in the window, padded by its length.
        low: its first state.
        single, run_open, run_close: as in Skipping, of its slots.
    """

    exits: NDArray[np.intp]
    low: int
    single: NDArray[np.float32]
    run_open: NDArray[np.float32]
    run_close: NDArray[np.float32]

    @classmethod
    def of(cls, window: _Window, lattice: Lattice, skipping: Skipping) -> _Entrance:
        """That of a window."""
        low, high = window.states
        slots = slice(*window.slots)
        exits = lattice.exits[slots] - low
        inside = np.where((exits >= 0) & (exits < high - low), exits, high - low)
        return cls(inside, low, skipping.single[slots], skipping.run_open[slots], skipping.run_close[slots])

    def enter(self, leaving: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
        """For each slot the best score with which it is reached, and the state that it is reached from.

        A slot is reached by its own chains, or from an earlier slot by skipping the tokens between, one by
        one or in a run; of both kinds the running maximum finds the best.
        """
        ending = leaving.take(self.exits)
        which = ending.argmax(axis=1)
        rows = np.arange(len(which))
        own = ending[rows, which]
        single, run = own + self.single, own + self.run_open
        best_single, best_run = np.maximum.accumulate(single), np.maximum.accumulate(run)
        from_single = np.maximum.accumulate(np.where(single >= best_single, rows, 0))
        from_run = np.maximum.accumulate(np.where(run >= best_run, rows, 0))
        best, far = best_single - self.single, best_run - self.run_close
        origin = np.where(far > best, from_run, from_single)
        return np.maximum(best, far), (self.exits[origin, which[origin]] + self.low).astype(np.int32)
