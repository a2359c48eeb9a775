from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from align.translate.batches import LARGEST, NEIGHBOURS, batches
from align.values import Phrase, Span


def phrases(texts: list[str], speakers: list[str] | None = None) -> tuple[Phrase, ...]:
    named = speakers or ["陈倩"] * len(texts)
    spoken = zip(texts, named, strict=True)
    return tuple(
        Phrase(Span(2.0 * n, 2.0 * n + 2), (n, n + 1), text, "", who) for n, (text, who) in enumerate(spoken)
    )


@given(st.lists(st.sampled_from(["好，", "大家好。", "hello", "对吧？"]), max_size=60))
def test_every_phrase_is_in_one_batch_in_order(texts: list[str]) -> None:
    given_phrases = phrases(texts)
    cut = batches(given_phrases)
    assert tuple(phrase for batch in cut for phrase in batch.phrases) == given_phrases
    assert all(1 <= len(batch.phrases) <= LARGEST for batch in cut)


@given(st.integers(min_value=1, max_value=60))
def test_a_batch_knows_the_lines_around_it(count: int) -> None:
    texts = [f"第{n}句" for n in range(count)]
    for batch in batches(phrases(texts)):
        first, last = texts.index(batch.phrases[0].text), texts.index(batch.phrases[-1].text)
        assert list(batch.before) == texts[max(0, first - NEIGHBOURS) : first]
        assert list(batch.after) == texts[last + 1 : last + 1 + NEIGHBOURS]


def test_a_batch_ends_with_a_sentence_where_there_is_one() -> None:
    texts = ["我们想"] * 20
    texts[5] = "就是这样。"
    assert len(batches(phrases(texts))[0].phrases) == 6


def test_a_batch_ends_with_a_speaker_where_no_sentence_ends() -> None:
    speakers = ["陈倩"] * 7 + ["任洋"] * 13
    assert len(batches(phrases(["我们想"] * 20, speakers))[0].phrases) == 7


def test_without_any_hint_there_are_eight_to_a_batch() -> None:
    assert [len(batch.phrases) for batch in batches(phrases(["我们想"] * 24))] == [8, 8, 8]
