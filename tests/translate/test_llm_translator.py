"""What the memory has is not asked for; what it does not have is asked for by sentence, and remembered."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from align.core.types import Phrase, Span
from align.translate.llm_translator import LLMTranslator
from align.translate.memory import Memory
from align.translate.parameters import DEFAULTS
from tests.translate.made import PhraseBook, job, phrases

BOOK = {"大家好。": "Hello everyone.", "我是Chen Qian。": "I'm Chen Qian.", "开始吧。": "Let's start."}
NAMES = (("陈倩", "Chen Qian"),)


def translated(book: PhraseBook, given_phrases: tuple[Phrase, ...], path: Path) -> tuple[str, ...]:
    told: list[float] = []
    lines = LLMTranslator(book, Memory(path)).translate(
        given_phrases, range(len(given_phrases)), job(NAMES), told.append
    )
    assert told[-1] == len(given_phrases)
    assert told == sorted(told)
    return lines


def test_every_phrase_gets_its_own_line(tmp_path: Path) -> None:
    said = phrases("大家好。", "我是陈倩。", "OK。", "开始吧。")
    lines = translated(PhraseBook(BOOK), said, tmp_path / "m")
    assert lines == ("Hello everyone.", "I'm Chen Qian.", "OK.", "Let's start.")


def test_a_sentence_is_translated_as_a_whole_and_split_over_its_cues(tmp_path: Path) -> None:
    book = PhraseBook(
        {"我们平时做长视频，所以今天想试一下直播。": "we make long videos, so today we want to go live"}
    )
    lines = translated(book, phrases("我们平时做长视频，", "所以今天想试一下直播。"), tmp_path / "m")
    assert lines == ("We make long videos,", "so today we want to go live.")


def test_fillers_are_not_translated(tmp_path: Path) -> None:
    assert translated(PhraseBook(BOOK), phrases("嗯，大家好。"), tmp_path / "m") == ("Hello everyone.",)


def test_a_second_run_asks_nothing(tmp_path: Path) -> None:
    book = PhraseBook(BOOK)
    first = translated(book, phrases(*BOOK), tmp_path / "m")
    count = len(book.asked)
    assert translated(book, phrases(*BOOK), tmp_path / "m") == first
    assert len(book.asked) == count


def test_a_changed_cue_costs_only_its_sentence(tmp_path: Path) -> None:
    texts = [f"第{n}句话。" for n in range(40)]
    book = PhraseBook(
        {text: f"Sentence {text[1:-3]}." for text in texts} | {"新的一句。": "New."}, uses_context=False
    )
    translated(book, phrases(*texts), tmp_path / "m")
    book.asked.clear()
    changed = phrases(*texts[:20], "新的一句。", *texts[21:])
    later = tuple(replace(one, span=Span(one.span.start + 5, one.span.end + 5)) for one in changed)
    assert translated(book, later, tmp_path / "m")[20] == "New."
    assert book.texts == [("新的一句。",)]


def test_a_cue_whose_neighbours_keep_their_lines_is_translated_by_itself(tmp_path: Path) -> None:
    said = phrases("我们平时做长视频，", "所以今天想试一下直播。")
    said = (replace(said[0], translation="We make long videos,"), said[1])
    book = PhraseBook({"所以今天想试一下直播。": "So today we want to go live."})
    lines = LLMTranslator(book, Memory(tmp_path / "m")).translate(said, [1], job(), lambda _: None)
    assert lines == ("so today we want to go live.",)


def test_a_model_that_uses_context_gets_the_speaker_and_the_cues_before(tmp_path: Path) -> None:
    texts = [f"第{n}句话。" for n in range(6)]
    book = PhraseBook({text: f"Sentence {text[1:-3]}." for text in texts})
    translated(book, phrases(*texts), tmp_path / "m")
    last = book.asked[-1][-1]
    assert last.speaker == "陈倩"
    assert last.before == tuple(texts[5 - DEFAULTS.context_cues : 5])


def test_a_run_that_is_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    texts = [f"第{n}句话。" for n in range(30)]
    known = {text: f"Sentence {text[1:-3]}." for text in texts}

    def stop(sentence: object) -> str:
        raise KeyboardInterrupt

    stopped = PhraseBook({**known, texts[17]: stop})
    with suppress(KeyboardInterrupt):
        translated(stopped, phrases(*texts), tmp_path / "m")
    book = PhraseBook(known)
    translated(book, phrases(*texts), tmp_path / "m")
    assert book.texts[0][0] == texts[16]


def test_a_sentence_for_a_longer_cue_is_asked_for_again_where_it_must_be_shorter(tmp_path: Path) -> None:
    book = PhraseBook(
        {"大家好。": lambda one: "Hello, everyone here." if one.max_width > 20 else "Hello, all."}
    )
    assert translated(book, phrases("大家好。", seconds=3), tmp_path / "m") == ("Hello, everyone here.",)
    assert translated(book, phrases("大家好。", seconds=0.9), tmp_path / "m") == ("Hello, all.",)
    count = len(book.asked)
    assert translated(book, phrases("大家好。", seconds=0.9), tmp_path / "m") == ("Hello, all.",)
    assert len(book.asked) == count


def test_what_nobody_can_translate_is_marked_and_not_remembered(tmp_path: Path) -> None:
    assert translated(PhraseBook({}), phrases("谁也懂。"), tmp_path / "m") == ("[not translated]",)
    later = PhraseBook({"谁也懂。": "Everybody understands."})
    assert translated(later, phrases("谁也懂。"), tmp_path / "m") == ("Everybody understands.",)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(
    texts=st.lists(st.sampled_from(["大家好。", "开始吧。", "谁也不懂", "OK", "…"]), min_size=1, max_size=30)
)
def test_no_phrase_is_ever_left_blank(tmp_path: Path, texts: list[str]) -> None:
    lines = translated(PhraseBook(BOOK), phrases(*texts), tmp_path / "m")
    assert len(lines) == len(texts)
    assert all(line.strip() for line in lines)
