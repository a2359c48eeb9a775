"""Repeated words: "就就就是" is 就是. The last copy stays, since the sentence continues from it.

The text is segmented into words (rjieba), so that 天天, 慢慢 and 谢谢 are words of their own, and 可能能够 is
可能 and 能够. Only small words are removed of which nobody means two (我, 就, 这个, 因为), or three (一个).
What may be meant stays: 非常非常, 一个一个, 买买买, 看看, 要要求.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, pairwise

from align.pronounce.sound_key import HAN
from align.transcript.cleaning.fillers import gap
from align.transcript.cleaning.parameters import DEFAULTS, CleaningParameters
from align.transcript.text_edits import Replacement

SMALL_CHARACTERS = frozenset(
    "我你他她它您咱这那就都也在是有的了和跟与把被从不没很会能要又再先还但而因所只才该向给让为其得地着中去来到比并或却更由对"
    "這個們後為對從還讓給會"
)
"""Single characters of which two in a row are rarely meant."""
_SMALL_WORDS_TEXT = """
    很多 我们 你们 他们 她们 它们 咱们 大家 这个 这些 这样
    这种 这里 这边 这么 这是 那个 那些 那样 那种 那里 那边 那么 那是 就是 就是说
    都是 也是 也许 不是 不会 不能 不要 不用 不仅 不过 不太 是不是 有没有 有些 有点
    有的 没有 因为 所以 但是 而且 还是 还有 只是 只有 只能 其实 其他 其中 可能
    可以 如果 为什么 现在 觉得 能够 能不能 会不会 一些 一样 一种 一下 一个 或者 比如
    比如说 比较 然后 来说 到底 对于 在于 随着 通过 关于 基本上 什么 怎么 怎么样 我們
    你們 他們 這個 這些 這樣 這種 那個 還是 還有 因為 為什麼 現在 覺得 沒有 對於
    然後 什麼 怎麼
"""
_SMALL_WORDS = frozenset(_SMALL_WORDS_TEXT.split())
"""Words that are begun twice: 这这个 is 这个."""
_MEANT_TWICE = "很多 一个 一样 一下 一些 没有 沒有 不是 可以 大家 有些 还有 還有 有的 不要 比较"
_NEVER_TWICE = _SMALL_WORDS.difference(_MEANT_TWICE.split())
_ANSWERS = frozenset("对好是行来不嗯啊哈呵嘿笑哦對來")
"""Repeated by themselves they are an answer or a laugh."""
_RUN = re.compile(f"[{HAN}]+")
_YEAR = re.compile(r"(?<![\d.])([12]\d{0,2}) (?=\1\d+年)(?=(?:19|20)\d\d年)")
"""A repeated beginning of a year, as in "2 2000年"."""


def stutters(text: str, parameters: CleaningParameters = DEFAULTS) -> Iterator[Replacement]:
    """Remove all but the last copy of a repeated word."""
    import rjieba

    for run in _RUN.finditer(text):
        start = run.start()
        words = [(word, len(list(copies))) for word, copies in groupby(rjieba.cut(run[0], False))]
        for (word, count), (following, _) in pairwise([*words, ("", 0)]):
            end = start + count * len(word)
            # A single character may be only the beginning of the next word: 这 of 这个.
            if len(word) == 1 < len(following) and following[0] == word and following in _SMALL_WORDS:
                yield start, end, gap(text, start, end)
            elif count > 1 and not (word in _ANSWERS and start == run.start()):
                often = count >= parameters.min_copies and word in _SMALL_WORDS
                if often or word in SMALL_CHARACTERS or word in _NEVER_TWICE:
                    yield start, end - len(word), gap(text, start, end - len(word))
            start = end
    for match in _YEAR.finditer(text):
        yield match.start(), match.end(), ""
