"""The transcript compared with a recognition: each kind of block, and that nothing is left out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from align.alignment.text_comparison import Block, BlockKind, compare
from align.core.types import HeardWord, Span
from tests.alignment.spoken import all_through, heard, written

SAID = "今天我们来聊一聊人工智能和数据中心的电力问题"
NEXT = "首先请两位嘉宾给大家打个招呼介绍一下自己"


def blocks(text: str, words: tuple[HeardWord, ...], longer: float = 0.0) -> list[tuple[str, str, str]]:
    """Kind, written and heard of each block."""
    tokens, _ = written(text)
    return [
        (
            block.kind.value,
            "".join(token.text for token in tokens[slice(*block.written)]),
            "".join(word.text for word in words[slice(*block.heard)]),
        )
        for block in compare(tokens, words, all_through(words, longer))
    ]


def test_homophones_and_traditional_forms_are_the_same() -> None:
    assert blocks(SAID, heard("今天我們來聊一聊人工智能和數據中心的店裏問題")) == [
        ("same", SAID, "今天我們來聊一聊人工智能和數據中心的店裏問題")
    ]


def test_commonly_confused_sounds_are_the_same() -> None:
    assert blocks("我是陈倩我们是硅谷的", heard("我四城倩我们四硅谷的"))[0][0] == "same"


def test_a_replaced_word_is_different() -> None:
    said = f"{SAID}大概明年开始{NEXT}"
    assert ("different", "大概明年", "可能后天") in blocks(said, heard(f"{SAID}可能后天开始{NEXT}"))


def test_fillers_absent_from_the_text_are_missing() -> None:
    assert blocks(SAID + NEXT, heard(SAID, "嗯那个", NEXT)) == [
        ("same", SAID, SAID),
        ("missing", "", "嗯那个"),
        ("same", NEXT, NEXT),
    ]


def test_a_sentence_that_nobody_speaks_is_unspoken() -> None:
    put_in = "本节目由一家与此无关的公司赞助播出"
    assert ("unspoken", put_in, "") in blocks(SAID + put_in + NEXT, heard(SAID, NEXT))


def test_an_unrecognized_sentence_with_room_for_it_is_unheard() -> None:
    unheard = "我自己之前在研究所"
    assert ("unheard", unheard, "") in blocks(SAID + unheard + NEXT, heard(SAID, 2.5, NEXT))


def test_a_long_unrecognized_passage_with_room_for_it_is_unheard() -> None:
    unheard = "我自己之前一开始是在卖方的研究所也是负责研究半导体行业的现在主要的研究工作的方向也是在这一方面"
    assert len(unheard) > 40
    assert ("unheard", unheard, "") in blocks(SAID + unheard + NEXT, heard(SAID, 11.0, NEXT))


def test_a_pause_is_no_room_for_text() -> None:
    tokens, _ = written(SAID + "我自己之前在研究所" + NEXT)
    words = heard(SAID, 2.5, NEXT)
    pause = words[len(SAID)].span.start
    speech = (Span(0, pause - 2.5), Span(pause, words[-1].span.end))
    assert BlockKind.UNSPOKEN in [block.kind for block in compare(tokens, words, speech)]


def test_a_long_text_beside_other_speech_is_both_unspoken_and_missing() -> None:
    text = "这里是一段很长的没有人说过的文字" * 4
    other = "天空中飘着朵朵白云麻雀扑向山坡" * 4
    kinds = [kind for kind, _, _ in blocks(SAID + text + NEXT, heard(SAID, other, NEXT))]
    assert kinds == ["same", "unspoken", "missing", "same"]


def test_a_number_in_digits_and_in_characters_is_spoken_either_way() -> None:
    for digits, characters in (("100", "一百"), ("101", "一零一"), ("1350", "一千三百五十")):
        compared = blocks(f"{SAID}{digits}{NEXT}", heard(SAID, characters, NEXT))
        assert compared[1] == ("different", digits, characters)
        assert [kind for kind, _, _ in compared] == ["same", "different", "same"]


def test_without_recognized_words_all_is_unspoken() -> None:
    assert blocks(SAID, (), 5.0) == [("unspoken", SAID, "")]


def test_without_text_all_is_missing() -> None:
    assert blocks("", heard(SAID)) == [("missing", "", SAID)]


SPOKEN = st.text(st.sampled_from("今天我们聊一聊人工智能电力问题的了AB 1，"), max_size=70)


@given(SPOKEN, st.lists(SPOKEN | st.floats(0, 9), max_size=6), st.floats(0.1, 30))
def test_blocks_cover_both_sides_in_order(text: str, parts: list[str | float], longer: float) -> None:
    tokens, _ = written(text)
    words = heard(*parts)
    result = compare(tokens, words, all_through(words, longer))
    assert [k for block in result for k in range(*block.written)] == list(range(len(tokens)))
    assert [k for block in result for k in range(*block.heard)] == list(range(len(words)))
    assert all(is_consistent(block) for block in result)


def is_consistent(block: Block) -> bool:
    """Whether the sizes of a block's two sides fit its kind."""
    texts, words = (end - start for start, end in (block.written, block.heard))
    consistent = {
        BlockKind.SAME: texts == words > 0,
        BlockKind.DIFFERENT: texts > 0 and words > 0,
        BlockKind.UNHEARD: texts > 0 and words == 0,
        BlockKind.UNSPOKEN: texts > 0 and words == 0,
        BlockKind.MISSING: texts == 0 and words > 0,
    }
    return consistent[block.kind]
