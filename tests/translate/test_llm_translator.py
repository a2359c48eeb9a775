"""What the memory has is not asked for; what it does not have is asked for in batches, and remembered."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from align.core.types import Phrase, Span
from align.translate.llm_translator import LLMTranslator, adjacent_in_sentence, split_into_batches
from align.translate.memory import Memory
from align.translate.parameters import DEFAULTS
from tests.translate.made import PhraseBook, job, phrases

BOOK = {"大家好。": "Hello everyone", "我是Chen Qian。": "I'm Chen Qian", "开始吧。": "Let's start"}
NAMES = (("陈倩", "Chen Qian"),)


def translated(book: PhraseBook, given_phrases: tuple[Phrase, ...], path: Path) -> tuple[str, ...]:
    told: list[float] = []
    lines = LLMTranslator(book, Memory(path)).translate(
        given_phrases, range(len(given_phrases)), job(NAMES), told.append
    )
    assert told[-1] == len(given_phrases)
    return lines


def test_every_phrase_gets_its_own_line(tmp_path: Path) -> None:
    lines = translated(
        PhraseBook(BOOK), phrases("大家好。", "我是陈倩。", "OK，", "开始吧。"), tmp_path / "m"
    )
    assert lines == ("Hello everyone", "I'm Chen Qian", "OK,", "Let's start")


def test_a_second_run_asks_nothing(tmp_path: Path) -> None:
    book = PhraseBook(BOOK)
    first = translated(book, phrases(*BOOK), tmp_path / "m")
    count = len(book.asked)
    assert translated(book, phrases(*BOOK), tmp_path / "m") == first
    assert len(book.asked) == count


def test_a_changed_cue_costs_only_itself(tmp_path: Path) -> None:
    texts = [f"第{n}句话。" for n in range(40)]
    book = PhraseBook(
        {text: f"Sentence {text[1:-3]}" for text in [*texts, "新的一句。"]} | {"新的一句。": "New"}
    )
    translated(book, phrases(*texts), tmp_path / "m")
    book.asked.clear()
    changed = phrases(*texts[:20], "新的一句。", *texts[21:])
    later = tuple(replace(one, span=Span(one.span.start + 5, one.span.end + 5)) for one in changed)
    assert translated(book, later, tmp_path / "m")[20] == "New"
    assert book.texts == [("新的一句。",)]
    assert book.asked[0][1].before == ("第18句话。", "第19句话。")


def test_inside_a_sentence_its_other_parts_count(tmp_path: Path) -> None:
    book = PhraseBook(
        {"因为天冷，": "Because it's cold", "所以我走了。": "I left", "因为天热，": "Because it's hot"}
    )
    translated(book, phrases("因为天冷，", "所以我走了。"), tmp_path / "m")
    book.asked.clear()
    translated(book, phrases("因为天热，", "所以我走了。"), tmp_path / "m")
    assert book.texts == [("因为天热，", "所以我走了。")]


def test_a_run_that_is_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    texts = [f"第{n}句话。" for n in range(30)]
    known = {text: f"Sentence {text[1:-3]}" for text in texts}

    def stop(line: object) -> str:
        raise KeyboardInterrupt

    stopped = PhraseBook({**known, texts[17]: stop})
    with suppress(KeyboardInterrupt):
        translated(stopped, phrases(*texts), tmp_path / "m")
    book = PhraseBook(known)
    translated(book, phrases(*texts), tmp_path / "m")
    assert book.texts[0][0] == texts[16]


def test_a_line_for_a_longer_cue_is_asked_for_again_where_it_must_be_shorter(tmp_path: Path) -> None:
    book = PhraseBook(
        {"大家好。": lambda line: "Hello, everyone here" if line.max_width > 20 else "Hello, all"}
    )
    assert translated(book, phrases("大家好。", seconds=3), tmp_path / "m") == ("Hello, everyone here",)
    assert translated(book, phrases("大家好。", seconds=0.9), tmp_path / "m") == ("Hello, all",)
    count = len(book.asked)
    assert translated(book, phrases("大家好。", seconds=0.9), tmp_path / "m") == ("Hello, all",)
    assert len(book.asked) == count


def test_what_nobody_can_translate_is_marked_and_not_remembered(tmp_path: Path) -> None:
    assert translated(PhraseBook({}), phrases("谁也不懂。"), tmp_path / "m") == ("[not translated]",)
    later = PhraseBook({"谁也不懂。": "Nobody understands"})
    assert translated(later, phrases("谁也不懂。"), tmp_path / "m") == ("Nobody understands",)


def test_the_summary_is_of_the_section_before_and_made_once(tmp_path: Path) -> None:
    texts = [f"第{n}句话。" for n in range(2 * DEFAULTS.summary_cues)]
    book = PhraseBook({text: f"Sentence {text[1:-3]}" for text in texts})
    translated(book, phrases(*texts), tmp_path / "m")
    summaries = {context.summary for _, context in book.asked}
    assert summaries == {"", f"{DEFAULTS.summary_cues} lines from 第0句话。"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(
    texts=st.lists(st.sampled_from(["大家好。", "开始吧。", "谁也不懂", "OK", "…"]), min_size=1, max_size=30)
)
def test_no_phrase_is_ever_left_blank(tmp_path: Path, texts: list[str]) -> None:
    lines = translated(PhraseBook(BOOK), phrases(*texts), tmp_path / "m")
    assert len(lines) == len(texts)
    assert all(line.strip() for line in lines)


def spoken_phrases(texts: list[str], speakers: list[str] | None = None) -> tuple[Phrase, ...]:
    named = speakers or ["陈倩"] * len(texts)
    return tuple(
        Phrase(Span(2.0 * n, 2.0 * n + 2), (n, n + 1), text, "", speaker)
        for n, (text, speaker) in enumerate(zip(texts, named, strict=True))
    )


@given(
    st.lists(st.tuples(st.sampled_from(["好，", "大家好。", "hello", "对吧？"]), st.booleans()), max_size=60)
)
def test_every_phrase_that_is_wanted_is_in_one_batch_in_order(given_texts: list[tuple[str, bool]]) -> None:
    wanted = [k for k, (_, there) in enumerate(given_texts) if there]
    cut = split_into_batches(spoken_phrases([text for text, _ in given_texts]), wanted)
    assert [k for batch in cut for k in batch] == wanted
    assert all(1 <= len(batch) <= DEFAULTS.max_batch for batch in cut)


def test_a_batch_ends_with_a_sentence_where_there_is_one() -> None:
    texts = ["我们想"] * 20
    texts[5] = "就是这样。"
    assert split_into_batches(spoken_phrases(texts), range(20))[0] == range(6)


def test_a_batch_ends_with_a_speaker_where_no_sentence_ends() -> None:
    speakers = ["陈倩"] * 7 + ["任洋"] * 13
    assert split_into_batches(spoken_phrases(["我们想"] * 20, speakers), range(20))[0] == range(7)


def test_without_any_hint_there_are_eight_to_a_batch() -> None:
    assert [len(batch) for batch in split_into_batches(spoken_phrases(["我们想"] * 24), range(24))] == [
        8,
        8,
        8,
    ]


def test_a_phrase_knows_the_parts_of_its_sentence_beside_it() -> None:
    said = spoken_phrases(["大家好。", "今天，", "我们聊", "芯片。", "好的"], ["陈倩"] * 4 + ["任洋"])
    assert [adjacent_in_sentence(said, k) for k in range(5)] == [
        ("", ""), ("", "我们聊"), ("今天，", "芯片。"), ("我们聊", ""), ("", "")
    ]  # fmt: skip
