from __future__ import annotations

from dataclasses import replace

from align.core.types import Alignment, Cue, Phrase, Span, Track, Turn
from align.subtitles.check import check
from align.subtitles.frames import FrameRate
from align.subtitles.options import CueOptions, Dialogue
from align.subtitles.tracks import (
    phrases_at,
    segment_translation,
    speech_of,
    track_languages,
    track_of,
    tracks_of,
    with_dialogue,
)
from tests.results import sample
from tests.subtitles.made import aligned


def test_each_language_has_a_track_and_both_together() -> None:
    assert track_languages(sample(), CueOptions()) == (("zh",), ("en",), ("zh", "en"))
    first = CueOptions(translation_first=True)
    assert track_languages(sample(), first) == (("zh",), ("en",), ("en", "zh"))
    assert track_languages(replace(sample(), second_language=None), CueOptions()) == (("zh",),)


def test_both_together_say_the_same_at_the_same_time() -> None:
    result = sample()
    both = track_of(result, ("zh", "en"), CueOptions())
    assert [cue.span for cue in both.cues] == [phrase.span for phrase in phrases_at(result, CueOptions())]


def test_the_second_language_alone_says_all_of_it() -> None:
    result = sample()
    said = " ".join(" ".join(cue.lines[0]) for cue in track_of(result, ("en",), CueOptions()).cues)
    assert said == " ".join(" ".join(phrase.translation.split()) for phrase in result.phrases)


def test_a_language_may_be_held_to_one_line_in_cues_with_both() -> None:
    long = tuple(
        replace(one, translation="Most of you know that we usually make long videos.")
        for one in sample().phrases
    )
    result = replace(sample(), phrases=long)
    two, one = (
        track_of(result, ("zh", "en"), CueOptions(max_lines=lines)).cues[0].lines[1] for lines in (2, 1)
    )
    assert (len(two), len(one)) == (2, 1)


def test_times_go_to_the_frames_that_are_asked_for() -> None:
    fps = FrameRate.of("23.976")
    for track in tracks_of(sample(), CueOptions(fps=fps)):
        edges = [edge for cue in track.cues for edge in (cue.span.start, cue.span.end)]
        assert all(abs(fps.seconds(fps.frame(edge)) - edge) < 1e-9 for edge in edges)


def test_times_that_are_on_frames_stay_as_they_are() -> None:
    result = replace(sample(), phrases=phrases_at(sample(), CueOptions(fps=FrameRate.of("24"))))
    assert phrases_at(result, CueOptions(fps=FrameRate.of("24"))) == result.phrases


def test_a_time_changed_by_hand_goes_to_the_nearest_frame_and_leaves_the_others() -> None:
    options = CueOptions(fps=FrameRate.of("24"))
    made = phrases_at(sample(), options)
    first = replace(made[0], span=Span(made[0].span.start, made[0].span.end - 0.09))
    mended = phrases_at(replace(sample(), phrases=(first, *made[1:])), options)
    assert mended[1:] == made[1:]
    assert abs(mended[0].span.end - (made[0].span.end - 2 / 24)) < 1e-9


def test_cues_near_a_shot_change_move_to_it() -> None:
    result = replace(sample(), phrases=phrases_at(sample(), CueOptions(fps=FrameRate.of("24"))))
    begin = result.phrases[3].span.start
    shots = (begin + 0.125,)
    moved = phrases_at(result, CueOptions(fps=FrameRate.of("24"), shots=shots))
    assert moved[3].span.start == shots[0]


def phrases(*pairs: tuple[str, str], seconds: float = 0.25) -> tuple[tuple[Phrase, ...], Alignment]:
    """A phrase for each pair of Mandarin and English, one behind the other in one turn."""
    turns = [Turn("陈倩", "".join(han for han, _ in pairs), 1)]
    alignment = aligned(turns, seconds)
    made, first = [], 0
    for han, english in pairs:
        last = first + len(han)
        sounds = [one.span for one in alignment.tokens[first:last] if one.span]
        made.append(Phrase(Span(sounds[0].start, sounds[-1].end - 0.08), (first, last), han, english, "陈倩"))
        first = last
    return tuple(made), alignment


def alone(*pairs: tuple[str, str], seconds: float = 0.25) -> list[str]:
    made, alignment = phrases(*pairs, seconds=seconds)
    cues = segment_translation(made, alignment, 60, "en", CueOptions(lines=2))
    assert " ".join(cue.text for cue in cues) == " ".join(english for _, english in pairs)
    return [cue.text for cue in cues]


def test_phrases_of_one_sentence_become_one_cue_where_it_fits() -> None:
    assert alone(("我们今天", "Today we"), ("来聊一聊数据", "talk about data.")) == [
        "Today we talk about data."
    ]


def test_sentences_stay_apart() -> None:
    assert alone(
        ("我们今天来聊一聊人工智能", "Today we talk about artificial intelligence."),
        ("这是一个很大的题目", "It is quite a large subject."),
    ) == ["Today we talk about artificial intelligence.", "It is quite a large subject."]


def test_a_line_too_long_for_a_cue_is_split_in_proportion() -> None:
    long = (
        "We wanted to try this because most of you know that we make long videos, "
        "and a single script takes at least a week to write and another to cut."
    )
    cues = alone(("我们想做这个尝试是因为大家都知道我们平时做长视频写稿需要一个多星期", long), seconds=0.3)
    assert len(cues) > 1
    assert cues[0].endswith(",")


def test_words_share_the_time_of_their_own_phrase() -> None:
    made, alignment = phrases(("我们今天", "Today."), ("来聊一聊数据", "We talk about data."))
    cues = segment_translation(made, alignment, 60, "en", CueOptions())
    assert abs(cues[-1].span.start - speech_of(made[1], alignment).start) <= 4 / 25


def test_a_phrase_without_a_translation_is_no_cue() -> None:
    made, alignment = phrases(("我们今天", ""), ("来聊一聊数据", "We talk about data."))
    assert [cue.text for cue in segment_translation(made, alignment, 60, "en", CueOptions())] == [
        "We talk about data."
    ]


def test_chinese_is_the_second_language_too() -> None:
    turns = [Turn(None, "We talk about data today.", 1)]
    alignment = aligned(turns, 0.4)
    phrase = Phrase(Span(0, 2), (0, 5), turns[0].text, "我们今天聊 AI 数据。", None)
    (cue,) = segment_translation([phrase], alignment, 60, "zh", CueOptions())
    assert cue.text == "我们今天聊 AI 数据。"


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
