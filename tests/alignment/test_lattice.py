"""The states of a text: their order, their least frames and their costs."""

from __future__ import annotations

import numpy as np
import pytest

from align.alignment.lattice import (
    BRIEF,
    FILLER,
    FILLER_SPEECH,
    NO_TOKEN,
    OTHER,
    SILENT,
    UNTRANSCRIBED,
    Penalties,
    build,
)
from align.pronounce.phones import PHONES
from align.transcript.text_breaks import TextBreaks
from tests.alignment.phones import STAY

HAO = (("H", "Ao"),)
ONE_OH_ONE = (("I", "l", "Ing", "I"), ("Iao", "l", "Ing", "Iao"))


def test_each_slot_offers_silence_untranscribed_speech_a_filler_a_repeat_and_the_readings() -> None:
    lattice = build([HAO, ONE_OH_ONE], STAY, Penalties())
    begins = [PHONES[column] if column < len(PHONES) else column for column in lattice.column[lattice.first]]
    between, inside = [SILENT, OTHER, FILLER], [SILENT, BRIEF, OTHER, FILLER]
    assert begins == [*between, "H", "H", *inside, "I", "I", "Iao", *between]
    assert lattice.first_slot.tolist() == [0] * 5 + [1] * 7 + [2] * 3


def test_untranscribed_speech_inside_a_clause_costs_more_the_longer_it_is_up_to_a_limit() -> None:
    penalties = Penalties(untranscribed=40, inside=100)
    lattice = build([HAO, HAO, HAO], STAY, penalties, breaks=TextBreaks(frozenset({2})))
    chains = zip(lattice.first_slot, lattice.column[lattice.first], lattice.first_cost, strict=True)
    costs = {(slot, column): cost for slot, column, cost in chains}
    assert (costs[1, BRIEF], costs[1, OTHER]) == (40, 140)
    assert {slot: costs[slot, OTHER] for slot in (0, 2, 3)} == {0: 40, 2: 40, 3: 40}


def test_a_run_of_skipped_tokens_costs_less_at_marks() -> None:
    penalties = Penalties(skip_run=80, skip_phone=8, skip_inside=30)
    lattice = build([HAO, HAO, HAO], STAY, penalties, breaks=TextBreaks(frozenset({2})))
    assert lattice.run_edge.tolist() == [40, 70, 40, 40]
    assert lattice.run_skip.tolist() == [16, 16, 16]


def test_a_phone_has_a_state_for_each_of_its_least_frames() -> None:
    lattice = build([HAO], STAY, Penalties(least=(3, 4, 8, 6)))
    assert (lattice.token == 0).sum() == 6
    assert np.isfinite(lattice.stay[lattice.token == 0]).tolist() == [False, False, True, False, False, True]


def test_a_second_reading_costs_more_and_skipping_costs_by_the_phone() -> None:
    lattice = build([ONE_OH_ONE, HAO], STAY, Penalties(reading=0.5, skip=9.0))
    assert lattice.first_cost[4:6].tolist() == [0.0, 0.5]
    assert lattice.skip.tolist() == [36.0, 18.0]


def test_chains_end_in_the_slot_after_them() -> None:
    lattice = build([HAO, ONE_OH_ONE], STAY, Penalties())
    nothing = len(lattice.column)
    ends = [[int(lattice.token[e]) for e in row if e < nothing] for row in lattice.exits]
    between = [NO_TOKEN, UNTRANSCRIBED, FILLER_SPEECH]
    inside = [NO_TOKEN, UNTRANSCRIBED, UNTRANSCRIBED, FILLER_SPEECH]
    assert ends == [[*between, FILLER_SPEECH], [0, *inside, FILLER_SPEECH], [1, 1, *between]]


def test_a_repeat_has_the_phones_of_the_token_and_returns_to_its_slot() -> None:
    lattice = build([HAO, ONE_OH_ONE], STAY, Penalties())
    repeat = (lattice.token == FILLER_SPEECH) & (lattice.column != FILLER) & (lattice.before == 1)
    own = (lattice.token == 1) & (lattice.reading == 0)
    assert lattice.column[repeat].tolist() == lattice.column[own].tolist()


def test_each_state_names_the_token_before_which_its_chain_starts() -> None:
    lattice = build([HAO, ONE_OH_ONE], STAY, Penalties())
    assert np.array_equal(lattice.before[lattice.first], lattice.first_slot)
    for token in (0, 1):
        assert set(lattice.before[lattice.token == token].tolist()) == {token}
    for between in (NO_TOKEN, UNTRANSCRIBED, FILLER_SPEECH):
        assert sorted(set(lattice.before[lattice.token == between].tolist())) == [0, 1, 2]


def test_without_tokens_there_is_one_slot() -> None:
    lattice = build([], STAY, Penalties())
    assert lattice.column[lattice.first].tolist() == [SILENT, OTHER, FILLER]
    assert set(lattice.before.tolist()) == {0}
    assert lattice.skip.tolist() == []


EN = (("En",), ("n",))


def test_a_pause_between_two_equal_vowels_has_a_slot_that_costs_to_skip() -> None:
    lattice = build(
        [EN, EN, HAO], STAY, Penalties(skip=9.0, pause=14.0), breaks=TextBreaks(frozenset({0, 1, 2}))
    )
    assert lattice.skip.tolist() == [9.0, 14.0, 9.0, 18.0]
    pause = lattice.first[lattice.first_slot == 1]
    assert (lattice.column[pause].tolist(), lattice.token[pause].tolist()) == ([SILENT], [NO_TOKEN])
    assert lattice.before[pause].tolist() == [1]


@pytest.mark.parametrize("tokens", [[HAO, HAO], [EN, HAO], [EN, (("E",),)]])
def test_other_tokens_have_no_pause_slot(tokens: list[tuple[tuple[str, ...], ...]]) -> None:
    assert len(build(tokens, STAY, Penalties(), breaks=TextBreaks(frozenset({1}))).skip) == 2


def test_a_filler_inside_a_word_costs_more() -> None:
    penalties = Penalties(filler=12, filler_inside_word=20)
    lattice = build([HAO, HAO, HAO], STAY, penalties, TextBreaks(inside_words=frozenset({1})))
    fillers = lattice.column[lattice.first] == FILLER
    assert lattice.first_cost[fillers].tolist() == [12, 32, 12, 12]
