"""The best path through a lattice of states, given the emissions of each frame (Viterbi 1967)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.alignment.lattice import FILLED, Lattice
from align.pronounce.phones import LAUGHTER, NO_SPEECH, PHONE_INDEX, PHONES

_SILENT = [PHONE_INDEX[phone] for phone in NO_SPEECH if phone != LAUGHTER]
_FILLED = [PHONE_INDEX[phone] for phone in FILLED]
_VOICED = [column for column in range(len(PHONES)) if column not in _SILENT]
"""Laughter is a voice, and what sounds half like it is more often a long "um" than a pause."""

_SIMILAR = {
    "iy": ("I",), "ih": ("I",), "ey": ("Ei",), "ay": ("Ai", "A", "Uai"), "ow": ("Ou",), "aw": ("Ao",),
    "ao": ("O",), "aa": ("A",), "eh": ("Ian", "Ie"), "uw": ("U",), "er": ("Er", "E"), "w": ("Uai", "Uo"),
    "jh": ("J", "Zh"), "ch": ("Q", "Ch"), "sh": ("X", "Sh"), "hh": ("H",), "r": ("R",), "n": ("Ian",),
    "An": ("A",),
}  # fmt: skip
"""Phones with others that may be said for them: English ones as Mandarin speakers say them, and 看 without
its nasal, as it often ends before a pause."""

SIMILAR_PENALTY = 1.0
"""Natural logarithm of how much less likely those are. The phone head's calibration depends on it."""

_SIMILAR_COLUMNS = [
    (PHONE_INDEX[phone], [PHONE_INDEX[other] for other in others]) for phone, others in _SIMILAR.items()
]

_NEVER = np.float32(-1e30)

_BLOCK = 256
"""Frames whose emissions are gathered by state at once."""


@dataclass(frozen=True, eq=False)
class Path:
    """The states of the best path, shape (T,), and its sum of emissions less penalties."""

    states: NDArray[np.int32]
    score: float


def evidence(
    posteriors: NDArray[np.float32], log_prior: NDArray[np.float32], prior: float, untranscribed_frame: float
) -> NDArray[np.float32]:
    """The emissions: the score of each frame for each column of a lattice, shape (T, P + 3).

    Args:
        posteriors: log-probabilities, shape (T, P).
        log_prior: shape (P,); `prior` times this is taken out, as hybrid recognizers do (Bourlard and
            Morgan 1994).
        untranscribed_frame: the penalty for a frame of speech that the text lacks.
    """
    scaled = posteriors - np.float32(prior) * log_prior
    quiet = scaled[:, _SILENT]
    loudest = quiet.max(axis=1)
    silent = loudest + np.log(np.exp(quiet - loudest[:, None]).sum(axis=1))
    untranscribed = scaled[:, _VOICED].max(axis=1) - np.float32(untranscribed_frame)
    filler = scaled[:, _FILLED].max(axis=1)
    phones = scaled.copy()
    for phone, others in _SIMILAR_COLUMNS:
        similar = scaled[:, others].max(axis=1) - np.float32(SIMILAR_PENALTY)
        np.maximum(scaled[:, phone], similar, out=phones[:, phone])
    return np.concatenate([phones, silent[:, None], untranscribed[:, None], filler[:, None]], axis=1)


def best_path(emissions: NDArray[np.float32], lattice: Lattice) -> Path:
    """The best path from the first frame to the last, by emissions of shape (T, P + 3).

    In every frame each slot is entered from the best chain that ends in it, or from an earlier slot with the
    tokens between skipped; the running maximum over the slots finds both at once.
    """
    frames, states = len(emissions), len(lattice.column)
    skipped = np.concatenate([[0], np.cumsum(lattice.skip)]).astype(np.float32)
    stayed = np.zeros((frames, states), dtype=np.bool_)
    entered = np.zeros((frames + 1, len(lattice.exits)), dtype=np.int32)
    rows = np.arange(len(lattice.exits))

    scores = np.full(states + 1, _NEVER, dtype=np.float32)
    leaving, advance, staying = scores.copy(), scores.copy(), scores[:-1].copy()
    slots = -skipped
    leave = np.append(lattice.leave, np.float32(0))
    for frame in range(frames):
        if frame % _BLOCK == 0:
            by_state = emissions[frame : frame + _BLOCK].take(lattice.column, axis=1)
        if frame:
            np.add(scores, leave, out=leaving)
            slots, entered[frame] = _enter(leaving, lattice.exits, rows, skipped)
            advance[1:] = leaving[:-1]
        advance[lattice.first] = slots[lattice.first_slot] - lattice.first_cost
        np.add(scores[:-1], lattice.stay, out=staying)
        np.greater(staying, advance[:-1], out=stayed[frame])
        np.maximum(staying, advance[:-1], out=staying)
        np.add(staying, by_state[frame % _BLOCK], out=scores[:-1])
    slots, entered[frames] = _enter(scores + leave, lattice.exits, rows, skipped)

    slot_of_first = dict(zip(lattice.first.tolist(), lattice.first_slot.tolist(), strict=True))
    path = np.empty(frames, dtype=np.int32)
    state = int(entered[frames, -1])
    for frame in range(frames - 1, -1, -1):
        path[frame] = state
        if not stayed[frame, state]:
            slot = slot_of_first.get(state)
            state = state - 1 if slot is None else int(entered[frame, slot])
    return Path(path, float(slots[-1]))


def _enter(
    leaving: NDArray[np.float32],
    exits: NDArray[np.intp],
    rows: NDArray[np.intp],
    skipped: NDArray[np.float32],
) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    """For each slot the best score with which it is reached, and the state that it is reached from."""
    ending = leaving.take(exits)
    which = ending.argmax(axis=1)
    own = ending[rows, which] + skipped
    best = np.maximum.accumulate(own)
    origin = np.maximum.accumulate(np.where(own >= best, rows, 0))
    return best - skipped, exits[origin, which[origin]].astype(np.int32)
