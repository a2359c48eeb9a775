from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given

from align.core.types import Alignment, Phrase, Result, Span, Turn
from align.export.formats.txt import paragraphs_of, text
from align.subtitles.layout import plain
from align.subtitles.options import CueOptions, SpeakerLabels
from align.transcript.cleaning.apply_rules import Cleaning
from align.transcript.read import read_transcript
from tests.results import results, sample
from tests.subtitles.made import aligned

TURNS = (Turn("陈倩", "大家好，我们 <x>开始</x> & 说 {x}。", 1), Turn("Ethan", "好的 \\X 42 --> 开始吧。", 2))


def result() -> Result:
    phrases = (Phrase(Span(0, 1), (0, 3), "大家好", "Hello.", "陈倩"),)
    return replace(sample(), turns=TURNS, alignment=aligned(TURNS, 10), phrases=phrases, mismatches=())


def test_each_paragraph_has_its_time_and_its_speaker() -> None:
    assert text(result(), ("zh",), CueOptions()) == (
        "[00:00:00] 陈倩：大家好，我们 <x>开始</x> & 说 {x}。\n\n[00:01:50] Ethan：好的 \\X 42 --> 开始吧。\n"
    )


def test_a_second_language_is_a_line_below() -> None:
    assert text(result(), ("zh", "en"), CueOptions()).startswith(
        "[00:00:00] 陈倩：大家好，我们 <x>开始</x> & 说 {x}。\nHello.\n\n[00:01:50] "
    )
    assert text(result(), ("en",), CueOptions()) == "[00:00:00] 陈倩: Hello.\n"


def test_names_can_be_left_out() -> None:
    assert "Ethan" not in text(result(), ("zh",), CueOptions(labels=SpeakerLabels.OFF))


def test_align_reads_it_again(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text(text(result(), ("zh",), CueOptions()), "utf-8")
    read = read_transcript(path, Cleaning("off")).turns
    assert [(turn.speaker, turn.text) for turn in read] == [(turn.speaker, turn.text) for turn in TURNS]


def result_of(*turns: Turn, pauses: dict[str, float] | None = None) -> Result:
    return replace(sample(), turns=turns, alignment=aligned(turns, 0.5, pauses), phrases=(), mismatches=())


def test_a_turn_is_a_paragraph_with_the_time_of_its_first_word() -> None:
    found = paragraphs_of(result_of(Turn("陈倩", "大家好。", 1), Turn("Ethan", "“你好，我是Ethan。", 2)))
    assert [(one.start, one.speaker, one.text) for one in found] == [
        (0.0, "陈倩", "大家好。"),
        (1.5, "Ethan", "“你好，我是Ethan。"),
    ]


def test_a_long_turn_is_cut_behind_a_sentence_and_a_longer_one_behind_a_clause() -> None:
    sentence = "一" * 40 + "。”"
    found = paragraphs_of(result_of(Turn("陈倩", sentence * 4, 1)))
    assert [(one.start, one.text) for one in found] == [(0.0, sentence * 2), (40.0, sentence * 2)]
    clause = "一" * 40 + "，"
    found = paragraphs_of(result_of(Turn("陈倩", clause * 4, 1)))
    assert [(one.start, one.text) for one in found] == [(0.0, clause * 3), (60.0, clause)]


def test_voices_part_a_turn_that_names_nobody() -> None:
    turn = Turn(None, "你好我很好", 1)
    tokens = aligned([turn]).tokens
    voices = ("Speaker 1", "Speaker 1", "Speaker 2", "Speaker 2", None)
    named = tuple(replace(timed, speaker=voice) for timed, voice in zip(tokens, voices, strict=True))
    found = paragraphs_of(replace(result_of(turn), alignment=Alignment(named, ())))
    assert [(one.speaker, one.text) for one in found] == [("Speaker 1", "你好"), ("Speaker 2", "我很好")]


def test_a_translation_stands_with_the_words_it_is_shown_with() -> None:
    result = result_of(Turn("陈倩", "大家好。", 1), Turn("Ethan", "你好。", 2))
    phrases = (
        Phrase(Span(0, 0.9), (0, 2), "大家", "Everybody,", "陈倩"),
        Phrase(Span(1, 1.4), (2, 3), "好。", "hello.", "陈倩"),
        Phrase(Span(1.4, 2.4), (3, 5), "你好。", "Hi.", "Ethan"),
    )
    found = paragraphs_of(replace(result, phrases=phrases))
    assert [one.translation for one in found] == ["Everybody, hello.", "Hi."]


def test_text_that_nobody_says_has_no_time_and_is_there() -> None:
    turns = (Turn("陈倩", "大家好。", 1), Turn("陈倩", "没人说。", 2))
    alignment = aligned(turns, unspoken="没 人 说")
    found = paragraphs_of(replace(result_of(*turns), alignment=alignment))
    assert [(one.start, one.text) for one in found] == [(0.0, "大家好。"), (None, "没人说。")]


@given(results())
def test_no_text_is_lost(result: Result) -> None:
    found = "".join(one.text for one in paragraphs_of(result))
    wanted = "".join(plain(turn.text) for turn in result.turns)
    assert "".join(found.split()) == "".join(wanted.split())
