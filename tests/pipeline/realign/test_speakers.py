"""Who says the words of a changed text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from align.alignment.text_diff import same_tokens
from align.core.types import Alignment, Result, Span, TimedToken, Turn
from align.pipeline.realign.speakers import realign_speakers
from align.speakers.rename import merge_speakers, rename_speakers, with_speaker_names
from tests.results import sample, tokens_of

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
