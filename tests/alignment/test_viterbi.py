"""The search, beside a slow one that follows every arrow by itself."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from align.alignment.lattice import FILLED, FILLER, OTHER, SILENT, Lattice, Penalties, build
from align.alignment.viterbi import best_path, evidence
from align.pronounce.phones import LAUGHTER, PHONES, SILENCE
from tests.alignment.phones import EVEN, QUIET, SPEECH, STAY, posteriors, spoken, words

PRICES = Penalties(untranscribed=12.0, untranscribed_frame=0.3, skip=9.0)


def seen_of(said: list[tuple[str, int]], seed: int = 0, noise: float = 0.5) -> NDArray[np.float32]:
    return evidence(posteriors(said, seed, noise), EVEN, PRICES.prior, PRICES.untranscribed_frame)


def slow_score(seen: NDArray[np.float32], lattice: Lattice) -> float:
    """The best sum, by trying all ways into every state of every frame."""
    states, slots = len(lattice.column), len(lattice.exits)
    enter = dict(
        zip(lattice.first.tolist(), zip(lattice.first_slot, lattice.first_cost, strict=True), strict=True)
    )
    slot = [-float(lattice.skip[:k].sum()) for k in range(slots)]
    now = [-1e30] * states
    for frame in seen:
        new = []
        for state in range(states):
            if state in enter:
                at, cost = enter[state]
                come = slot[at] - cost
            else:
                come = now[state - 1] + lattice.leave[state - 1]
            new.append(max(come, now[state] + lattice.stay[state]) + frame[lattice.column[state]])
        now = new
        ending = [[now[e] + lattice.leave[e] for e in row if e < states] for row in lattice.exits]
        slot = [
            max(max(ending[j], default=-1e30) - float(lattice.skip[j:k].sum()) for j in range(k + 1))
            for k in range(slots)
        ]
    return float(slot[-1])


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.integers(1, 4), st.floats(0.1, 4))
def test_it_finds_what_the_slow_search_finds(seed: int, count: int, noise: float) -> None:
    tokens = words(count, seed)
    readings = [(token, token[::-1]) if seed % 3 == 0 else (token,) for token in tokens]
    seen = seen_of([QUIET, *spoken(tokens[: count - seed % 2], 5)], seed, noise)
    lattice = build(readings, STAY, PRICES)
    path = best_path(seen, lattice)
    assert np.isclose(path.score, slow_score(seen, lattice), rtol=1e-4, atol=1e-2)


def test_every_token_is_found_where_it_is() -> None:
    tokens = words(20)
    lattice = build([(token,) for token in tokens], STAY, PRICES)
    found = lattice.token[best_path(seen_of([QUIET, *spoken(tokens), QUIET]), lattice).states]
    wanted = [-1] * 30 + [k for k, token in enumerate(tokens) for _ in range(6 * len(token))] + [-1] * 30
    assert found.tolist() == wanted


def test_what_the_text_lacks_is_other_speech_and_what_is_not_said_is_left_out() -> None:
    tokens, added = words(12, 1), words(8, 2)
    said = [*spoken(tokens[:4]), *spoken(added), *spoken(tokens[6:])]
    lattice = build([(token,) for token in tokens], STAY, PRICES)
    found = lattice.token[best_path(seen_of(said), lattice).states]
    others = 6 * sum(map(len, added))
    begin = 6 * sum(map(len, tokens[:4]))
    assert (found[begin : begin + others] == -2).mean() > 0.9
    assert set(found.tolist()) == {*range(4), *range(6, 12), -2}


def test_the_reading_that_is_said_wins() -> None:
    first, second = (SPEECH[3], SPEECH[9]), (SPEECH[20], SPEECH[40], SPEECH[5])
    lattice = build([(first, second)], STAY, PRICES)
    states = best_path(seen_of(spoken([second])), lattice).states
    assert set(lattice.reading[states].tolist()) == {1}


def test_what_sounds_like_laughter_is_no_pause() -> None:
    seen = evidence(posteriors([(LAUGHTER, 5), (SILENCE, 5)], noise=0.0), EVEN, 0.3, 1.0)
    assert (seen[:5, OTHER] > seen[:5, SILENT]).all()
    assert (seen[5:, SILENT] > seen[5:, OTHER]).all()


def test_fillers_are_as_likely_as_the_likeliest_of_their_sounds() -> None:
    said = posteriors([(FILLED[0], 5), ("k", 5)], noise=0.0)
    seen = evidence(said, EVEN, 0.3, 1.0)
    assert np.allclose(seen[:5, FILLER], seen[:5, PHONES.index(FILLED[0])])
    assert (seen[5:, FILLER] < seen[5:, PHONES.index("k")] - 5).all()


def test_a_mandarin_sound_stands_for_an_english_one_and_not_the_other_way() -> None:
    seen = evidence(posteriors([("I", 5), ("iy", 5)], noise=0.0), EVEN, 0.3, 1.0)
    own, foreign = PHONES.index("iy"), PHONES.index("I")
    assert np.allclose(seen[:5, own], seen[:5, foreign] - 1.0)
    assert (seen[5:, foreign] < seen[5:, own] - 5).all()
