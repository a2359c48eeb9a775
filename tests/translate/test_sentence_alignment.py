"""Sentences find their cues whatever was merged, split, left out or put in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from align.translate.sentence_alignment import SentencePair, align_sentences
from align.translate.similarity import Words, words_of

CUES = ["我父亲是工程师。", "他喜欢喝茶，", "不喜欢喝咖啡。", "今天天气很好。", "我们去公园吧。"]


def aligned(cues: list[str], sentences: list[str]) -> list[tuple[range, range]]:
    pairs = align_sentences(words_of(cues, "zh", "en"), words_of(sentences, "en", "zh"))
    return [(range(*one.cues), range(*one.sentences)) for one in pairs]


def test_merged_and_split_sentences() -> None:
    english = [
        "My father is an engineer.",
        "He likes tea, and he doesn't like coffee.",
        "It's a fine day.",
        "Let's go to the park.",
    ]
    spans = [(cues.start, cues.stop, said.start, said.stop) for cues, said in aligned(CUES, english)]
    assert spans == [(0, 1, 0, 1), (1, 3, 1, 2), (3, 4, 2, 3), (4, 5, 3, 4)]


def test_what_is_missing_and_what_is_strange_stand_alone() -> None:
    english = ["My father is an engineer.", "Bring enough water for long trips.", "Let's go to the park."]
    pairs = aligned(CUES, english)
    assert (range(1), range(1)) in pairs
    assert (range(4, 5), range(2, 3)) in pairs
    assert all(not cues for cues, sentences in pairs if 1 in sentences)


@given(st.integers(0, 8), st.integers(0, 8), st.data())
def test_all_cues_and_all_sentences_are_in_order_once(cues: int, sentences: int, data: st.DataObject) -> None:
    def words(count: int, left: bool) -> list[Words]:
        drawn = [data.draw(st.frozensets(st.sampled_from("abcdef"), max_size=3)) for _ in range(count)]
        means = [tuple((frozenset({word}), 1.0) for word in sorted(one)) if left else () for one in drawn]
        has = [{} if left else dict.fromkeys(sorted(one), 1.0) for one in drawn]
        return [
            Words(mean, own, "x" if left else "", frozenset(), frozenset(), 5)
            for mean, own in zip(means, has, strict=True)
        ]

    pairs = align_sentences(words(cues, True), words(sentences, False))
    assert [k for one in pairs for k in range(*one.cues)] == list(range(cues))
    assert [k for one in pairs for k in range(*one.sentences)] == list(range(sentences))
    assert all(one != SentencePair((0, 0), (0, 0)) for one in pairs)


def test_half_an_hour_that_is_missing_breaks_nothing_else() -> None:
    names = [f"{a}{b}" for a in "北南东西上下高大" for b in "京海山川湖门城桥河江"]
    cues = [f"{name}有{k + 100}个人。" for k, name in enumerate(names)]
    english = [f"There are {k + 100} people there." for k in range(len(names)) if not 10 <= k < 60]
    pairs = aligned(cues, english)
    found = {cue.start: said.start for cue, said in pairs if cue and said}
    assert [found.get(k) for k in (0, 9, 30, 60, 79)] == [0, 9, None, 10, 29]
