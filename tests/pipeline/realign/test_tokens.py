"""A changed stretch is aligned where its neighbours leave it room, and its words have speakers."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.alignment.lattice import Penalties
from align.alignment.text_diff import find_changes, same_tokens
from align.core.types import Alignment, Result, Span, TimedToken, Token, Turn
from align.pipeline.realign.tokens import Realigned, realign_change, realign_speakers, realigned_tokens
from align.speakers.rename import merge_speakers, rename_speakers, with_speaker_names
from tests.alignment.phones import HEAD, QUIET, posteriors, spoken, words
from tests.results import sample, tokens_of

SPOKEN = words(30)
LOG_POSTERIORS = posteriors([QUIET, *spoken(SPOKEN), QUIET]).astype(np.float16)
EDGES = np.cumsum([30, *(6 * len(word) for word in SPOKEN)]) / 100


def true(k: int) -> Span:
    """Where a word is said."""
    return Span(float(EDGES[k]), float(EDGES[k + 1]))


def realigned(
    text: list[int | None], old: list[Span | None], unspoken: frozenset[int] = frozenset()
) -> tuple[list[TimedToken], list[Realigned]]:
    """The tokens of a text of words of SPOKEN, None a word that nobody says, after an alignment of some."""
    names = [str(k) if k is not None else "x" for k in text]
    before = [str(k) for k, span in enumerate(old) if span]
    origin = same_tokens(names, before)
    placed = [span for span in old if span]
    foreign = words(1, seed=9)[0]
    readings = [(SPOKEN[k],) if k is not None else (foreign,) for k in text]
    tokens = [Token(name, name, 0, k, k + 1) for k, name in enumerate(names)]
    kept = [None if k is None else placed[k] for k in origin]
    timed = [TimedToken(token, span, 1.0) for token, span in zip(tokens, kept, strict=True)]
    results = []
    for change in find_changes(origin, placed, len(LOG_POSTERIORS) / 100):
        results.append(realign_change(change, LOG_POSTERIORS, readings, HEAD, Penalties()))
        own = unspoken & frozenset(range(*change.tokens))
        timed[slice(*change.tokens)] = realigned_tokens(results[-1], tokens, kept, own)
    return timed, results


def test_added_words_are_placed_where_they_are_said() -> None:
    old = [None if 10 <= k < 14 else true(k) for k in range(30)]
    timed, _ = realigned(list(range(30)), old)
    for k, token in enumerate(timed):
        assert token.span is not None
        assert token.span.start == pytest.approx(true(k).start, abs=0.02)
        assert token.score > 0.5


def test_added_words_at_the_ends_are_placed_where_they_are_said() -> None:
    old = [true(k) if 3 <= k < 27 else None for k in range(30)]
    timed, _ = realigned(list(range(30)), old)
    assert all(token.span and abs(token.span.start - true(k).start) < 0.02 for k, token in enumerate(timed))


def test_a_word_whose_audio_a_neighbour_keeps_is_squeezed() -> None:
    old: list[Span | None] = [true(k) for k in range(30)]
    old[9] = Span(true(9).start, true(10).end)
    old[10] = None
    timed, (result,) = realigned(list(range(30)), old)
    assert result.squeezed == (10,)
    assert timed[9].span == old[9]
    assert timed[10].span == Span(true(10).end, true(10).end)
    assert timed[10].score == 0


def test_an_unspoken_word_has_no_time() -> None:
    old = [None if k == 10 else true(k) for k in range(30)]
    timed, _ = realigned(list(range(30)), old, frozenset({10}))
    assert timed[10].span is None


def test_untranscribed_speech_is_limited_to_the_room() -> None:
    text: list[int | None] = [*range(10), *range(16, 30)]
    _, (result,) = realigned(text, [true(k) for k in range(30)])
    (other,) = result.placement.others
    assert other.behind == 0
    assert other.span.start >= true(9).end
    assert other.span.end <= true(16).start
    assert other.span.duration > 0.8 * (true(15).end - true(10).start)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(0, 29) | st.none(), max_size=36),
    st.sets(st.integers(0, 29)),
    st.sets(st.integers(0, 36)),
)
def test_times_stay_in_order_and_unchanged_times_stay(
    text: list[int | None], unplaced: set[int], gone: set[int]
) -> None:
    old = [None if k in unplaced else true(k) for k in range(30)]
    timed, results = realigned(text, old, frozenset(gone))
    inside = {k for result in results for k in range(*result.change.tokens)}
    spans = [token.span for token in timed if token.span]
    assert all(left.end <= right.start + 1e-9 for left, right in pairwise(spans))
    for k, token in enumerate(timed):
        if k not in inside:
            assert token.span == old[int(token.token.text)]
        elif k in gone:
            assert token.span is None


# Speakers

OLD = (Turn("陈倩", "今天天气很好", 1), Turn("Bruce", "我们开始直播", 2))


def result(turns: tuple[Turn, ...], speakers: dict[int, str] | None = None) -> Result:
    """A token a second; whoever speaks is told by the label, or by the number of the token."""
    timed = tuple(
        TimedToken(token, Span(k, k + 0.5), 0.9, (speakers or {}).get(k, turns[token.turn].speaker))
        for k, token in enumerate(tokens_of(turns))
    )
    return replace(sample(300), turns=turns, alignment=Alignment(timed, ()))


def speakers(old: Result, new: tuple[Turn, ...]) -> list[str | None]:
    """Of each token; new ones are placed in the middle of their old neighbours."""
    tokens, before = tokens_of(new), old.alignment.tokens
    origin = same_tokens([one.text for one in tokens], [one.token.text for one in before])
    timed = [
        TimedToken(token, None, 0.0) if k is None else replace(before[k], token=token)
        for token, k in zip(tokens, origin, strict=True)
    ]
    done = realign_speakers(timed, new, old, origin, [k is not None for k in origin])
    return [one.speaker for one in done]


def test_a_new_word_is_said_by_whom_the_label_names() -> None:
    new = (OLD[0], replace(OLD[1], text="我们现在开始直播"))
    assert speakers(result(OLD), new) == ["陈倩"] * 6 + ["Bruce"] * 8


def test_what_was_mended_by_hand_stays() -> None:
    assert speakers(result(OLD, {2: "Ethan"}), OLD)[:4] == ["陈倩", "陈倩", "Ethan", "陈倩"]


def test_another_label_is_another_speaker() -> None:
    new = (OLD[0], replace(OLD[1], speaker="Ethan"))
    assert speakers(result(OLD), new) == ["陈倩"] * 6 + ["Ethan"] * 6


@pytest.mark.parametrize("label", ["Bruce", "Bo"])
def test_a_renamed_person_stays_one_whether_the_text_has_the_old_name_or_the_new(label: str) -> None:
    old = rename_speakers(result(OLD), [("Bruce", "Bo")])
    new = (OLD[0], Turn(label, "我们现在开始直播", 2))
    assert speakers(old, new) == ["陈倩"] * 6 + ["Bo"] * 8


def test_a_person_with_both_names_in_the_text_is_one() -> None:
    old = rename_speakers(result(OLD), [("Bruce", "Rob"), ("Rob", "Bo")])
    new = (*OLD, Turn("Bo", "谢谢", 3), Turn("Bruce", "再见", 4))
    assert speakers(old, new) == ["陈倩"] * 6 + ["Bo"] * 10


def test_merged_people_stay_one() -> None:
    old = merge_speakers(result(OLD), [("陈倩", "Bruce")])
    new = (replace(OLD[0], text="今天的天气很好"), replace(OLD[1], text="我们现在开始直播"))
    assert set(speakers(old, new)) == {"Bruce"}


def test_two_who_changed_names_keep_them_with_the_old_text_and_with_the_new() -> None:
    old = with_speaker_names(result(OLD), {"陈倩": "Bruce", "Bruce": "陈倩"})
    longer = (replace(OLD[0], text="今天的天气很好"), replace(OLD[1], text="我们现在开始直播"))
    swapped = (replace(longer[0], speaker="Bruce"), replace(longer[1], speaker="陈倩"))
    assert speakers(old, longer) == speakers(old, swapped) == ["Bruce"] * 7 + ["陈倩"] * 8


def test_what_was_mended_by_hand_stays_under_a_new_name_of_its_turn() -> None:
    old = rename_speakers(result(OLD, {2: "Ethan"}), [("陈倩", "Qian")])
    assert speakers(old, OLD)[:4] == ["Qian", "Qian", "Ethan", "Qian"]


def test_a_label_counts_on_until_the_next() -> None:
    new = (OLD[0], replace(OLD[1], speaker=None))
    assert speakers(result(OLD), new) == ["陈倩"] * 12


def test_labels_that_were_taken_out_leave_the_names() -> None:
    new = tuple(replace(turn, speaker=None) for turn in OLD)
    assert speakers(result(OLD), new) == ["陈倩"] * 6 + ["Bruce"] * 6


def test_without_labels_a_new_word_is_said_by_whoever_speaks_at_its_time() -> None:
    bare = tuple(replace(turn, speaker=None) for turn in OLD)
    old = result(bare, dict.fromkeys(range(6), "A") | dict.fromkeys(range(6, 12), "B"))
    new = (bare[0], replace(bare[1], text="我们就开始直播"))
    assert speakers(old, new) == ["A"] * 6 + ["B"] * 7
    tokens, before = tokens_of(new), old.alignment.tokens
    origin = same_tokens([one.text for one in tokens], [one.token.text for one in before])
    timed = [TimedToken(token, Span(5.2, 5.3), 0.0) for token in tokens]
    done = realign_speakers(timed, new, old, [None] * len(tokens), [False] * len(tokens))
    assert {one.speaker for one in done} == {"A"}
    assert origin[8] is None


def test_nobody_is_named_where_nobody_was() -> None:
    bare = tuple(replace(turn, speaker=None) for turn in OLD)
    assert set(speakers(result(bare), (bare[0], replace(bare[1], text="我们都开始直播")))) == {None}
