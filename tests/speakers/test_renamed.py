"""Whom a label names once people were renamed or merged."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from align.core.types import Alignment, Result, Span, TimedToken, Turn
from align.review.decisions.apply import with_names
from align.speakers.rename import merge_speakers, rename_speakers, with_speaker_names
from align.speakers.renamed import names_in_result, names_of_turns, updated_speaker_names
from tests.results import sample, tokens_of

TURNS = (Turn("A", "今天天气很好", 1), Turn("B", "我们开始直播", 2), Turn("C", "大家好", 3))


def result(turns: tuple[Turn, ...] = TURNS, voices: tuple[str, ...] = ()) -> Result:
    """A token a second, said by whom the label names, or by the voice of the turn."""
    timed = tuple(
        TimedToken(token, Span(k, k + 0.5), 0.9, (voices or [turn.speaker for turn in turns])[token.turn])
        for k, token in enumerate(tokens_of(turns))
    )
    return replace(sample(300), turns=turns, alignment=Alignment(timed, ()), phrases=(), mismatches=())


def named(done: Result, *labels: str) -> list[str | None]:
    """Whom these labels of a new text name, where it has nothing in common with the old one."""
    return names_of_turns([Turn(label, "好", 1) for label in labels], (), dict(done.speaker_names))


def test_a_label_names_whoever_was_renamed_and_the_new_name_does_as_well() -> None:
    done = rename_speakers(result(), [("A", "Ann")])
    assert dict(done.speaker_names) == {"A": "Ann"}
    assert named(done, "A", "Ann", "B") == ["Ann", "Ann", "B"]


def test_a_second_new_name_takes_the_place_of_the_first() -> None:
    done = rename_speakers(result(), [("A", "Ann"), ("Ann", "Anna")])
    assert named(done, "A", "Anna", "B") == ["Anna", "Anna", "B"]


def test_a_name_that_is_taken_back_leaves_nothing() -> None:
    assert rename_speakers(result(), [("A", "Ann"), ("Ann", "A")]) == result()


def test_two_who_were_merged_stay_one_under_any_later_name() -> None:
    one = merge_speakers(result(), [("A", "B")])
    assert named(one, "A", "B", "C") == ["B", "B", "C"]
    assert named(rename_speakers(one, [("B", "Bo")]), "A", "B", "C") == ["Bo", "Bo", "C"]


def test_voices_have_no_labels_and_are_remembered_too() -> None:
    bare = tuple(replace(turn, speaker=None) for turn in TURNS)
    done = merge_speakers(result(bare, ("Speaker 1", "Speaker 2", "Speaker 3")), [("Speaker 1", "Speaker 2")])
    done = rename_speakers(done, [("Speaker 2", "Bo")])
    assert named(done, "Speaker 1", "Speaker 2", "Speaker 3") == ["Bo", "Bo", "Speaker 3"]


def test_a_name_that_is_free_again_may_go_to_another() -> None:
    done = rename_speakers(result(), [("A", "X"), ("B", "A"), ("A", "Z")])
    assert named(done, "A", "B", "C") == ["X", "Z", "C"]


def test_after_two_change_names_the_words_tell_whether_the_text_has_the_old_names_or_the_new() -> None:
    done = with_speaker_names(result(), {"A": "B", "B": "A"})
    assert names_in_result(done) == ["B", "A", "C"]
    shown = [(one.token.turn, one.speaker) for one in done.alignment.tokens]
    swapped = (replace(TURNS[0], speaker="B"), replace(TURNS[1], speaker="A"), TURNS[2])
    assert names_of_turns(swapped, shown, dict(done.speaker_names)) == ["B", "A", "C"]
    assert names_of_turns(TURNS, shown, dict(done.speaker_names)) == ["B", "A", "C"]


def test_a_label_that_is_changed_after_two_changed_names_means_what_its_fellows_do() -> None:
    turns = (*TURNS, Turn("A", "后来", 4))
    done = with_speaker_names(result(turns), {"A": "B", "B": "A"})
    shown = [(one.token.turn, one.speaker) for one in done.alignment.tokens]
    changed = (*turns[:3], replace(turns[3], speaker="B"))
    assert names_of_turns(changed, shown, dict(done.speaker_names)) == ["B", "A", "C", "A"]


def test_after_a_review_the_text_of_before_and_the_corrected_one_name_the_same() -> None:
    done = with_names(result(), {"A": "Ann", "B": "A"})
    assert names_in_result(done) == ["Ann", "A", "C"]
    shown = [(one.token.turn, one.speaker) for one in done.alignment.tokens]
    assert names_of_turns(TURNS, shown, dict(done.speaker_names)) == ["Ann", "A", "C"]
    again = rename_speakers(done, [("A", "Bo")])
    assert names_in_result(again) == ["Ann", "Bo", "C"]


@given(st.lists(st.dictionaries(st.sampled_from("ABCX"), st.sampled_from("ABCXY"), max_size=3), max_size=5))
def test_whatever_changes_each_label_names_whoever_says_its_words(changes: list[dict[str, str]]) -> None:
    done = result()
    for names in changes:
        done = with_speaker_names(done, names)
        said = {one.token.turn: one.speaker for one in done.alignment.tokens}
        assert names_in_result(done) == [said[turn] for turn in range(len(TURNS))]
        assert named(done, *"ABC") == [said[turn] for turn in range(len(TURNS))]
        assert updated_speaker_names(done, {}) == done.speaker_names
