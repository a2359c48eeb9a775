"""Speakers listed, renamed and merged."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.core.errors import UsageError
from align.core.types import Mismatch, MismatchKind, NameProposal, Result, Severity, Span
from align.speakers.label_check import conflict_reason
from align.speakers.rename import (
    merge_speakers,
    parse_pairs,
    rename_speakers,
    speakers_in,
    with_speaker_names,
)
from tests.results import results, sample

SPEAKERS = ("陈倩", "Ethan", "Bruce")


def names(result: Result) -> list[str]:
    return [one.name for one in speakers_in(result)]


def test_everybody_is_listed_with_what_he_says() -> None:
    result = sample()
    found = speakers_in(result)
    assert [one.name for one in found] == ["陈倩", "Ethan", "Bruce"]
    assert sum(one.tokens for one in found) == len(result.alignment.tokens)
    assert found[0].first == 0.0
    assert sum(one.seconds for one in found) == pytest.approx(0.18 * len(result.alignment.tokens))
    assert all(one.stretches >= 1 for one in found)


def test_who_is_never_heard_has_no_first_moment() -> None:
    result = sample(300)
    lost = tuple(replace(one, span=None) for one in result.alignment.tokens)
    (one, *_) = speakers_in(replace(result, alignment=replace(result.alignment, tokens=lost)))
    assert (one.first, one.seconds) == (None, 0)


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
    told = (conflict_reason("Ethan", "Bruce"), "Likeness to Bruce elsewhere 0.80.")
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
        ("Rob", "Robert", 'nobody is called "Rob"; there are: 陈倩, Ethan, Bruce'),
        ("Ethan", "Bruce", '"Bruce" speaks already; to make one of both, use --merge "Ethan=Bruce"'),
        ("Ethan", "-->", '"-->" cannot name a speaker'),
    ],
)
def test_what_cannot_be_renamed_is_refused(old: str, new: str, problem: str) -> None:
    with pytest.raises(UsageError, match=problem):
        rename_speakers(sample(), [(old, new)])


def test_only_those_who_speak_are_merged() -> None:
    with pytest.raises(UsageError, match='nobody is called "Rob"'):
        merge_speakers(sample(), [("Ethan", "Rob")])
    bare = replace(sample(300), phrases=())
    silent = tuple(replace(one, speaker=None) for one in bare.alignment.tokens)
    with pytest.raises(UsageError, match="there are: nobody, since no speakers were told apart"):
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
    known = [one.name for one in speakers_in(result)]
    if known:
        one, other = data.draw(st.sampled_from(known)), data.draw(st.sampled_from(known))
        after = merge_speakers(result, [(one, other)])
        assert [t.token for t in after.alignment.tokens] == [t.token for t in result.alignment.tokens]
        assert set(names(after)) == set(known) - {one} | {other}
