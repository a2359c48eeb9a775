from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from align.core.types import Phrase, Span
from align.translate.batches import adjacent_in_sentence, split_into_batches
from align.translate.parameters import DEFAULTS


def phrases(texts: list[str], speakers: list[str] | None = None) -> tuple[Phrase, ...]:
    named = speakers or ["陈倩"] * len(texts)
    spoken = zip(texts, named, strict=True)
    return tuple(
        Phrase(Span(2.0 * n, 2.0 * n + 2), (n, n + 1), text, "", who) for n, (text, who) in enumerate(spoken)
    )


@given(
    st.lists(st.tuples(st.sampled_from(["好，", "大家好。", "hello", "对吧？"]), st.booleans()), max_size=60)
)
def test_every_phrase_that_is_wanted_is_in_one_batch_in_order(given_texts: list[tuple[str, bool]]) -> None:
    wanted = [k for k, (_, there) in enumerate(given_texts) if there]
    cut = split_into_batches(phrases([text for text, _ in given_texts]), wanted)
    assert [k for batch in cut for k in batch] == wanted
    assert all(1 <= len(batch) <= DEFAULTS.max_batch for batch in cut)


def test_a_batch_ends_with_a_sentence_where_there_is_one() -> None:
    texts = ["我们想"] * 20
    texts[5] = "就是这样。"
    assert split_into_batches(phrases(texts), range(20))[0] == range(6)


def test_a_batch_ends_with_a_speaker_where_no_sentence_ends() -> None:
    speakers = ["陈倩"] * 7 + ["任洋"] * 13
    assert split_into_batches(phrases(["我们想"] * 20, speakers), range(20))[0] == range(7)


def test_without_any_hint_there_are_eight_to_a_batch() -> None:
    assert [len(batch) for batch in split_into_batches(phrases(["我们想"] * 24), range(24))] == [8, 8, 8]


def test_a_phrase_knows_the_parts_of_its_sentence_beside_it() -> None:
    said = phrases(["大家好。", "今天，", "我们聊", "芯片。", "好的"], ["陈倩"] * 4 + ["任洋"])
    assert [adjacent_in_sentence(said, k) for k in range(5)] == [
        ("", ""), ("", "我们聊"), ("今天，", "芯片。"), ("我们聊", ""), ("", "")
    ]  # fmt: skip
