"""Classified candidates where all speech was recognized."""

from __future__ import annotations

import pytest

from align.alignment.text_comparison import Block, BlockKind, compare
from align.core.types import HeardWord, MismatchKind, Span, TimedToken
from align.mismatch.candidates import Candidate
from align.mismatch.from_recognition import classify_blocks, find_homophones
from align.mismatch.parameters import DEFAULTS
from tests.alignment.spoken import PACE, all_through, heard, written

SAID = "今天我们来聊一聊人工智能和数据中心的电力问题"
NEXT = "首先请两位嘉宾给大家打个招呼介绍一下自己"


def classify(text: str, *said: str | float, longer: float = 0.0) -> tuple[Candidate, ...]:
    """The candidates of a text without placed tokens."""
    tokens, _ = written(text)
    words = heard(*said)
    speech = all_through(words, longer)
    timed = tuple(TimedToken(token, None, 0) for token in tokens)
    return classify_blocks(compare(tokens, words, speech), timed, words, speech)


@pytest.mark.parametrize(
    ("text", "said", "kind", "words"),
    [
        (SAID + NEXT, (SAID, "嗯那个", NEXT), MismatchKind.FILLER, "嗯那个"),
        (SAID + NEXT, (SAID, "天气很冷", NEXT), MismatchKind.MISSING_TEXT, "天气很冷"),
        (SAID + "本节目由一家公司赞助播出" + NEXT, (SAID, NEXT), MismatchKind.UNSPOKEN, ""),
        (SAID + "大概明年" + NEXT, (SAID, "可能后天", NEXT), MismatchKind.DIFFERENT, "可能后天"),
    ],
)
def test_each_block_that_disagrees_is_a_candidate(
    text: str, said: tuple[str, ...], kind: MismatchKind, words: str
) -> None:
    (one,) = classify(text, *said)
    assert (one.kind, "".join(word.text for word in one.heard)) == (kind, words)
    assert one.unspoken is (kind is MismatchKind.UNSPOKEN)
    start = PACE * len(SAID)
    assert one.span == Span(start, start + PACE * len(words))
    assert one.untranscribed == one.span.duration
    first, last = one.tokens
    assert first == len(SAID)
    assert text[first:last] == text[len(SAID) : len(text) - len(NEXT)]


def test_texts_that_sound_the_same_have_no_candidates() -> None:
    assert classify(SAID, "今天我們來聊一聊人工智能和數據中心的店裏問題") == ()
    assert classify(f"{SAID}101{NEXT}", f"{SAID}一零一{NEXT}") == ()


def test_long_speech_without_words_is_missing_text() -> None:
    (one,) = classify(SAID, SAID, longer=2.0)
    end = PACE * len(SAID)
    assert (one.kind, one.heard, one.tokens) == (MismatchKind.MISSING_TEXT, (), (len(SAID), len(SAID)))
    assert one.span == Span(end, end + 2.0)
    assert classify(SAID, SAID, longer=DEFAULTS.min_unread_alone - 0.1) == ()


def test_a_word_that_reaches_into_the_next_stretch_of_speech_covers_it() -> None:
    words = (HeardWord("好", "hao", Span(0, 4), 0.9),)
    assert classify_blocks((), (), words, (Span(0, 1), Span(1.5, 4))) == ()
    (one,) = classify_blocks((), (), words, (Span(0, 1), Span(1.5, 6)))
    assert one.span == Span(4, 6)


def test_a_placed_token_covers_speech_and_says_where_its_text_would_stand() -> None:
    tokens, _ = written("今天")
    timed = (TimedToken(tokens[0], Span(2, 2.5), 1), TimedToken(tokens[1], Span(5, 6), 1))
    classifications = classify_blocks((), timed, (), (Span(0, 6),))
    assert [(one.tokens, one.span) for one in classifications] == [
        ((0, 0), Span(0, 2)), ((1, 1), Span(2.5, 5))
    ]  # fmt: skip


def test_homophones_are_single_tokens_or_passages() -> None:
    tokens, _ = written("比如说缺电等等这些话题")
    words = heard("比如说确电等等这些话题")
    (one,) = find_homophones(compare(tokens, words, all_through(words)), tokens, words)
    assert (one.kind, one.tokens, one.heard[0].text) == (MismatchKind.SAME_SOUND, (3, 4), "确")
    assert one.span == one.heard[0].span
    block = Block(BlockKind.DIFFERENT, (3, 5), (3, 5))
    (one,) = find_homophones((block,), tokens, heard("比如说确店等等"))
    assert (one.tokens, "".join(word.text for word in one.heard)) == ((3, 5), "确店")


def test_what_is_written_alike_and_what_sounds_unlike_are_no_find_homophones() -> None:
    tokens, _ = written("比如说缺电101")
    words = heard("比如说天气一零一")
    blocks = (Block(BlockKind.DIFFERENT, (3, 5), (3, 5)), Block(BlockKind.DIFFERENT, (5, 6), (5, 8)))
    assert list(find_homophones(blocks, tokens, words)) == []
    assert list(find_homophones((Block(BlockKind.UNSPOKEN, (3, 5), (3, 3)),), tokens, words)) == []
