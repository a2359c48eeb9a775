from __future__ import annotations

from dataclasses import replace

from align.core.types import Cue, Span, Track
from align.subtitles.check import check
from align.subtitles.dialogue import with_dialogue
from align.subtitles.options import CueOptions, Dialogue

HURRIED = Track(
    ("zh",),
    (
        Cue(Span(0, 1.6), (("你觉得呢",),), "陈倩"),
        Cue(Span(1.68, 2.2), (("对",),), "Ethan"),
        Cue(Span(2.28, 4), (("好的我们继续",),), "陈倩"),
    ),
)
CALM = Track(
    ("zh",),
    (Cue(Span(0, 1.2), (("对吗",),), "陈倩"), Cue(Span(1.28, 2.4), (("对",),), "Ethan")),
)


def test_a_turn_without_time_shares_a_cue_with_the_one_before() -> None:
    joined = with_dialogue(HURRIED, CueOptions())
    assert joined.cues[0] == Cue(Span(0, 2.2), (("-你觉得呢", "-对"),), None)
    assert joined.cues[1] == HURRIED.cues[2]
    assert check(joined, CueOptions()) == ()


def test_calm_turns_share_one_only_when_that_is_asked_for() -> None:
    assert with_dialogue(CALM, CueOptions()) == CALM
    short = with_dialogue(CALM, CueOptions(two_speaker_cues=Dialogue.SHORT))
    assert [cue.lines for cue in short.cues] == [(("-对吗", "-对"),)]


def test_it_can_be_turned_off() -> None:
    assert with_dialogue(HURRIED, CueOptions(two_speaker_cues=Dialogue.OFF)) == HURRIED


def test_cues_of_one_speaker_or_that_would_break_a_rule_are_not_joined() -> None:
    same = replace(HURRIED, cues=tuple(replace(cue, speaker="陈倩") for cue in HURRIED.cues))
    assert with_dialogue(same, CueOptions()) == same
    wide = replace(HURRIED, cues=(replace(HURRIED.cues[0], lines=(("一" * 16,),)), *HURRIED.cues[1:2]))
    assert with_dialogue(wide, CueOptions()) == wide


def test_each_language_has_its_own_dashes() -> None:
    both = Track(
        ("zh", "en"),
        tuple(replace(cue, lines=(*cue.lines, ("Right.",))) for cue in HURRIED.cues[:2]),
    )
    assert with_dialogue(both, CueOptions()).cues[0].lines == (
        ("-你觉得呢", "-对"),
        ("-Right.", "-Right."),
    )
