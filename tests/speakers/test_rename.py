"""Speakers renamed and merged, and whom a label names afterwards."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.core.errors import UsageError
from align.core.types import (
    Alignment,
    Mismatch,
    MismatchKind,
    NameProposal,
    Result,
    Severity,
    Span,
    TimedToken,
    Turn,
)
from align.review.decisions.apply import with_names
from align.speakers.label_check import conflict_reason
from align.speakers.rename import (
    merge_speakers,
    names_in_result,
    names_of_turns,
    parse_pairs,
    rename_speakers,
    speakers_of,
    updated_speaker_names,
    with_speaker_names,
)
from tests.results import results, sample, tokens_of

SPEAKERS = ("陈倩", "Ethan", "Bruce")


def names(result: Result) -> list[str]:
    return speakers_of(result)


def test_a_new_name_is_on_tokens_and_cues_and_nothing_else_changes() -> None:
    before = sample()
    after = rename_speakers(before, [("Ethan", " Ethan徐 ")])
    assert names(after) == ["陈倩", "Ethan徐", "Bruce"]
    assert {one.speaker for one in after.phrases} == {"陈倩", "Ethan徐", "Bruce"}
    assert rename_speakers(after, [("Ethan徐", "Ethan")]) == before


def test_two_names_change_places_at_once() -> None:
    assert names(with_speaker_names(sample(), {"Ethan": "Bruce", "Bruce": "Ethan"})) == [
        "陈倩",
        "Bruce",
        "Ethan",
    ]


def test_a_doubted_label_has_the_new_names_until_both_are_one() -> None:
    told = (conflict_reason("Ethan", "Bruce"), "Similarity to Bruce elsewhere 0.80.")
    candidate = Mismatch(MismatchKind.SPEAKER, Span(0, 1), (0, 1), "", "", Severity.MEDIUM, 0.9, told)
    doubted = replace(sample(), mismatches=(candidate,))
    assert with_speaker_names(doubted, {"陈倩": "倩"}).mismatches == (candidate,)
    (again,) = with_speaker_names(doubted, {"Bruce": "Rob"}).mismatches
    assert again.reasons == (conflict_reason("Ethan", "Rob"),)
    assert merge_speakers(doubted, [("Bruce", "Ethan")]).mismatches == ()


def test_two_voices_of_one_person_become_one() -> None:
    after = merge_speakers(sample(), [("Ethan", "Bruce")])
    assert names(after) == ["陈倩", "Bruce"]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("Rob", "Robert", 'there is no speaker "Rob"; choose from 陈倩, Ethan, Bruce'),
        ("Ethan", "Bruce", 'there is already a speaker "Bruce"; to merge the two, use --merge "Ethan=Bruce"'),
        ("Ethan", "-->", '"-->" cannot name a speaker'),
    ],
)
def test_what_cannot_be_renamed_is_refused(old: str, new: str, problem: str) -> None:
    with pytest.raises(UsageError, match=problem):
        rename_speakers(sample(), [(old, new)])


def test_only_those_who_speak_are_merged() -> None:
    with pytest.raises(UsageError, match='there is no speaker "Rob"'):
        merge_speakers(sample(), [("Ethan", "Rob")])
    bare = replace(sample(300), phrases=())
    silent = tuple(replace(one, speaker=None) for one in bare.alignment.tokens)
    with pytest.raises(UsageError, match="the result names nobody"):
        merge_speakers(replace(bare, alignment=replace(bare.alignment, tokens=silent)), [("A", "B")])


def test_proposals_say_what_is_applied_now() -> None:
    def proposal(name: str, applied: bool) -> NameProposal:
        return NameProposal("Ethan", name, 0.6, applied, Span(0, 1), ("Somebody says so.",))

    before = replace(sample(), name_proposals=(proposal("Bo", False), proposal("Rob", False)))
    after = rename_speakers(before, [("Ethan", "Rob")])
    assert after.name_proposals == (proposal("Bo", False), proposal("Rob", True))
    assert rename_speakers(after, [("Rob", "Rob Li")]).name_proposals[1] == proposal("Rob Li", True)
    assert rename_speakers(after, [("Rob", "Bo")]).name_proposals == (
        proposal("Bo", True),
        proposal("Rob", False),
    )


@pytest.mark.parametrize("given", ["Bruce", "=Bruce", "Speaker 1=", ""])
def test_a_pair_needs_two_names(given: str) -> None:
    with pytest.raises(UsageError, match='write --rename "Speaker 1=Bruce"'):
        parse_pairs([given], "--rename")


def test_pairs_are_read_with_spaces_around_the_sign() -> None:
    assert parse_pairs(["Speaker 1 = Bruce", "a=b=c"], "--rename") == (("Speaker 1", "Bruce"), ("a=b", "c"))


@given(results(), st.data())
def test_merging_loses_no_token(result: Result, data: st.DataObject) -> None:
    known = speakers_of(result)
    if known:
        one, other = data.draw(st.sampled_from(known)), data.draw(st.sampled_from(known))
        after = merge_speakers(result, [(one, other)])
        assert [t.token for t in after.alignment.tokens] == [t.token for t in result.alignment.tokens]
        assert set(names(after)) == set(known) - {one} | {other}


TURNS = (Turn("A", "今天天气很好", 1), Turn("B", "我们开始直播", 2), Turn("C", "大家好", 3))


def talk(turns: tuple[Turn, ...] = TURNS, voices: tuple[str, ...] = ()) -> Result:
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
    done = rename_speakers(talk(), [("A", "Ann")])
    assert dict(done.speaker_names) == {"A": "Ann"}
    assert named(done, "A", "Ann", "B") == ["Ann", "Ann", "B"]


def test_a_second_new_name_takes_the_place_of_the_first() -> None:
    done = rename_speakers(talk(), [("A", "Ann"), ("Ann", "Anna")])
    assert named(done, "A", "Anna", "B") == ["Anna", "Anna", "B"]


def test_a_name_that_is_taken_back_leaves_nothing() -> None:
    assert rename_speakers(talk(), [("A", "Ann"), ("Ann", "A")]) == talk()


def test_two_who_were_merged_stay_one_under_any_later_name() -> None:
    one = merge_speakers(talk(), [("A", "B")])
    assert named(one, "A", "B", "C") == ["B", "B", "C"]
    assert named(rename_speakers(one, [("B", "Bo")]), "A", "B", "C") == ["Bo", "Bo", "C"]


def test_voices_have_no_labels_and_are_remembered_too() -> None:
    bare = tuple(replace(turn, speaker=None) for turn in TURNS)
    done = merge_speakers(talk(bare, ("Speaker 1", "Speaker 2", "Speaker 3")), [("Speaker 1", "Speaker 2")])
    done = rename_speakers(done, [("Speaker 2", "Bo")])
    assert named(done, "Speaker 1", "Speaker 2", "Speaker 3") == ["Bo", "Bo", "Speaker 3"]


def test_a_name_that_is_free_again_may_go_to_another() -> None:
    done = rename_speakers(talk(), [("A", "X"), ("B", "A"), ("A", "Z")])
    assert named(done, "A", "B", "C") == ["X", "Z", "C"]


def test_after_two_change_names_the_words_tell_whether_the_text_has_the_old_names_or_the_new() -> None:
    done = with_speaker_names(talk(), {"A": "B", "B": "A"})
    assert names_in_result(done) == ["B", "A", "C"]
    shown = [(one.token.turn, one.speaker) for one in done.alignment.tokens]
    swapped = (replace(TURNS[0], speaker="B"), replace(TURNS[1], speaker="A"), TURNS[2])
    assert names_of_turns(swapped, shown, dict(done.speaker_names)) == ["B", "A", "C"]
    assert names_of_turns(TURNS, shown, dict(done.speaker_names)) == ["B", "A", "C"]


def test_a_label_that_is_changed_after_two_changed_names_means_what_its_fellows_do() -> None:
    turns = (*TURNS, Turn("A", "后来", 4))
    done = with_speaker_names(talk(turns), {"A": "B", "B": "A"})
    shown = [(one.token.turn, one.speaker) for one in done.alignment.tokens]
    changed = (*turns[:3], replace(turns[3], speaker="B"))
    assert names_of_turns(changed, shown, dict(done.speaker_names)) == ["B", "A", "C", "A"]


def test_after_a_review_the_text_of_before_and_the_corrected_one_name_the_same() -> None:
    done = with_names(talk(), {"A": "Ann", "B": "A"})
    assert names_in_result(done) == ["Ann", "A", "C"]
    shown = [(one.token.turn, one.speaker) for one in done.alignment.tokens]
    assert names_of_turns(TURNS, shown, dict(done.speaker_names)) == ["Ann", "A", "C"]
    again = rename_speakers(done, [("A", "Bo")])
    assert names_in_result(again) == ["Ann", "Bo", "C"]


@given(st.lists(st.dictionaries(st.sampled_from("ABCX"), st.sampled_from("ABCXY"), max_size=3), max_size=5))
def test_whatever_changes_each_label_names_whoever_says_its_words(changes: list[dict[str, str]]) -> None:
    done = talk()
    for names in changes:
        done = with_speaker_names(done, names)
        said = {one.token.turn: one.speaker for one in done.alignment.tokens}
        assert names_in_result(done) == [said[turn] for turn in range(len(TURNS))]
        assert named(done, *"ABC") == [said[turn] for turn in range(len(TURNS))]
        assert updated_speaker_names(done, {}) == done.speaker_names
