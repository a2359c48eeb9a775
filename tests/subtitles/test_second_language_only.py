from __future__ import annotations

from align.core.types import Alignment, Phrase, Span, Turn
from align.subtitles.options import CueOptions
from align.subtitles.second_language_only import segment_translation, speech_of
from tests.subtitles.made import aligned


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
