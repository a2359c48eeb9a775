"""Names for voices, with their evidence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from align.core.types import NameProposal, Span
from align.speakers.name_proposals import (
    Evidence,
    conflicts_by_introductions,
    evidence_in,
    evidence_of_user,
    propose,
    with_names,
)
from align.speakers.participants import NOBODY, Participants
from align.transcript.cleaning.apply_rules import Cleaning
from align.transcript.cleaning.chinese_script import AS_IS
from align.transcript.cleaning.glossary import read_glossary
from align.transcript.read import read_transcript
from tests.speakers.made import spoken

SEEDS = Path(__file__).parents[2] / "seeds"

OPENING = (
    "V1：大家好，我是硅谷101的联合创始人陈倩。首先是Ethan徐，Ethan要不要跟大家打个招呼？",
    "V2：好的，大家好，很高兴参加。",
    "V1：对。Bruce，来跟我们大家打个招呼吧。",
    "V3：大家好，硅谷101的老朋友了。",
    "V1：最后一名嘉宾是ro，也是老朋友。",
    "V4：感谢陈倩的邀请。",
)


def proposals(*lines: str, participants: Participants = NOBODY) -> dict[tuple[str, str], bool]:
    """Voice and name to whether it is applied."""
    return {(one.voice, one.name): one.applied for one in listed(*lines, participants=participants)}


def listed(*lines: str, participants: Participants = NOBODY) -> tuple[NameProposal, ...]:
    tokens, turns = spoken(*lines)
    evidence = (*evidence_of_user(participants, tokens), *evidence_in(tokens, turns, participants))
    return propose(evidence, tokens, participants)


def test_introduced_speakers_get_their_names_and_cut_off_names_are_only_listed() -> None:
    assert proposals(*OPENING) == {
        ("V1", "陈倩"): True,
        ("V2", "Ethan"): True,
        ("V3", "Bruce"): True,
        ("V4", "Ro"): False,
    }


def test_each_proposal_has_reasons_and_a_time() -> None:
    one, two, *_ = listed(*OPENING)
    assert one.reasons[0] == "The voice says of itself: “我是硅谷101的联合创始人陈倩”."
    assert one.span.start == pytest.approx(0.75)
    assert two.reasons[-1] == "The speaker before says: “Ethan要不要跟大家打个招呼”."
    assert one.score > 0.8


def test_applied_names_are_set_on_the_tokens() -> None:
    tokens, turns = spoken(*OPENING)
    named = with_names(tokens, propose(evidence_in(tokens, turns, NOBODY), tokens, NOBODY))
    assert list(dict.fromkeys(one.speaker for one in named)) == ["陈倩", "Ethan", "Bruce", "V4"]


def test_one_voice_with_two_names_gets_neither() -> None:
    applied_names = proposals("V1：大家好，我是陈倩。", "V2：我是李明。", "V1：我是王建国。")
    assert applied_names == {("V1", "王建国"): False, ("V1", "陈倩"): False, ("V2", "李明"): True}


def test_a_voice_that_has_a_name_keeps_it() -> None:
    assert proposals("Bruce：大家好，我是李明。") == {("Bruce", "李明"): False}
    assert proposals("SPEAKER_00：大家好，我是李明。") == {("SPEAKER_00", "李明"): True}


def test_one_name_for_two_voices_is_applied_to_neither() -> None:
    applied_names = proposals("V1：大家好，我是李明。", "V2：大家好，我是李明。")
    assert applied_names == {("V1", "李明"): False, ("V2", "李明"): False}


def test_a_voice_that_mentions_a_person_is_not_that_person() -> None:
    applied_names = proposals("V1：我是陈倩。谢谢大家。", "V2：好。", "V1：谢谢陈倩的分享。")
    assert applied_names[("V1", "陈倩")] is False


def test_of_two_announced_people_the_later_one_speaks_next() -> None:
    applied_names = proposals("V1：欢迎Ethan，也欢迎Bruce，Bruce跟大家打个招呼。", "V2：大家好。")
    assert applied_names == {("V2", "Bruce"): True}


def test_an_announced_voice_that_spoke_before_scores_less() -> None:
    first = listed("V1：Bruce跟大家打个招呼。", "V2：好。")
    again = listed("V2：好。", "V1：Bruce跟大家打个招呼。", "V2：好。")
    assert first[0].score > again[0].score


def test_a_voice_that_begins_much_later_was_not_announced() -> None:
    tokens, turns = spoken("V1：Bruce跟大家打个招呼。", "V2：大家好。", pause=40.0)
    assert propose(evidence_in(tokens, turns, NOBODY), tokens, NOBODY) == ()


def test_the_file_of_names_overrides_and_restricts_proposals() -> None:
    participants = Participants({"Robert": ("ro",), "陈倩": ()}, {"V3": "Robert"})
    applied_names = proposals(*OPENING, participants=participants)
    assert applied_names[("V3", "Robert")] is True
    assert applied_names[("V1", "陈倩")] is True
    assert applied_names[("V2", "Ethan")] is False
    assert not any(applied for (voice, _), applied in applied_names.items() if voice == "V4")


def test_unplaced_tokens_and_tokens_without_a_voice_are_accepted() -> None:
    tokens, turns = spoken(*OPENING)
    lost = tuple(
        replace(one, span=None, speaker=None if k % 9 == 0 else one.speaker) for k, one in enumerate(tokens)
    )
    assert propose(evidence_in(lost, turns, NOBODY), lost, NOBODY)
    assert evidence_in((), (), NOBODY) == ()


def test_evidence_combines() -> None:
    tokens, _ = spoken("V1：好。", "V2：好。")
    some = [Evidence("V1", "Bruce刘", 0.6, Span(0, 1), "a"), Evidence("V1", "Bruce", 0.5, Span(0, 1), "b")]
    (one,) = propose(some, tokens, NOBODY)
    assert one.score == pytest.approx(0.8)
    assert one.reasons == ("a", "b")
    assert one.name == "Bruce刘"


BEGINNINGS = (
    *("好了，大家好", "对，伊than", "唉，大家好", "对，。然后", "哎，hello"),
    *("好的，。那最后", "感谢感谢那", "?好的，。那我们"),
)
"""Where the speaker of the raw transcript's opening changes, by hand."""

VOICES = ("陈倩", "Ethan", "陈倩", "Bruce", "陈倩", "任洋", "陈倩", "Rob", "陈倩")


def test_the_names_of_the_raw_opening_are_right(tmp_path: Path) -> None:
    raw = (SEEDS / "livestream.zh.txt").read_text("utf-8")[:2400].replace("\n", " ")
    for beginning in BEGINNINGS:
        before, after = raw.split(beginning, 1)
        raw = f"{before}\n\n{beginning}{after}"
    path = tmp_path / "opening.txt"
    path.write_text(raw, "utf-8")
    cleaning = Cleaning("light", AS_IS, read_glossary(SEEDS / "glossary.toml"))
    turns = read_transcript(path, cleaning).turns
    assert len(turns) == len(VOICES)
    numbers = {name: f"Speaker {k}" for k, name in enumerate(dict.fromkeys(VOICES), 1)}
    applied_names = proposals(
        *(f"{numbers[name]}：{turn.spoken}" for name, turn in zip(VOICES, turns, strict=True))
    )
    assert applied_names == {
        (numbers["陈倩"], "陈倩"): True,
        (numbers["Ethan"], "Ethan徐"): True,
        (numbers["Bruce"], "Bruce刘"): True,
        (numbers["任洋"], "任洋"): True,
        (numbers["Rob"], "Ro"): False,
    }


def test_two_labels_that_are_swapped_throughout_contradict_the_introductions() -> None:
    right = ("陈倩：大家好，我是陈倩。", "Bruce：大家好，我是Bruce。", "陈倩：我们开始吧。", "Bruce：好的。")
    names = {"陈倩": "Bruce", "Bruce": "陈倩"}
    swapped = [f"{names[line.partition('：')[0]]}：{line.partition('：')[2]}" for line in right]
    assert conflicts_by_introductions(*spoken(*right), NOBODY) == ()
    found = conflicts_by_introductions(*spoken(*swapped), NOBODY)
    assert [(conflict.label, conflict.voice) for conflict in found] == [("Bruce", "陈倩"), ("陈倩", "Bruce")]
    assert "我是陈倩" in found[0].evidence


def test_a_name_that_no_label_has_contradicts_none() -> None:
    lines = ("Host：大家好，我是陈倩。", "Guest：大家好，我是Bruce。", "Host：开始吧。")
    assert conflicts_by_introductions(*spoken(*lines), NOBODY) == ()
