"""Where a text may be cut, and what each cut costs a reader."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from align.subtitles.rules import is_spaced

TORN = math.inf
"""A cut inside one character as it is seen (a letter and its accent, the parts of an emoji)."""
FORBIDDEN = 100.0
"""A cut inside a Latin word or a number, or one that puts a mark on the wrong side."""
IN_WORD = 60.0
"""A cut inside a word of several Han characters, a written out number, a name, or a Latin phrase in Han text.
Whoever cuts does so from here on only where the whole is too long for a cue."""
CLINGING = 9.0
"""A cut that leaves a small word on the wrong side: 的 | 人, the | man, 3 | 个."""
PLAIN = 5.0
"""A cut between two words that nothing speaks for or against."""
INVITED = 2.5
"""A cut after 、 or before a word that begins a clause."""
CLAUSE = 1.0
"""A cut after a comma."""
SENTENCE = 0.0
"""A cut after the end of a sentence."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_SENTENCE_END = frozenset("。！？!?…")
_CLAUSE_END = frozenset("，；：,;:—")
_OPENING = frozenset("¿¡#@")
_CLOSING_QUOTES = "\"'”’」』》〉）】〕〗)]}"

_ENDS_WELL = _set("呢 吗 吧 啊 嘛 呀 啦 哈 哦 了")
_LEANS_BACK = _set("的 了 着 过 得 地 们 吗 呢 吧 啊 嘛 呀 啦 哈 哦 里 上 下 中 之后 之前 时候 的话")
_LEANS_ON = _set(
    "的 我 你 他 她 它 我们 你们 他们 这 那 这个 那个 一个 一 在 把 被 对 跟 和 与 从 向 给 为 以 "
    "还是 或者是 不管 不管是 无论 对于 关于 为了 通过 根据 由于 随着 作为 "
    "是 不 没 很 非常 最 更 太 也 都 就 还 又 再 才 要 会 能 可以 可能 到 比 让 叫 用 第"
)
_BEGINS_CLAUSE = _set(
    "但是 但 然后 所以 因为 而且 而 如果 就是 其实 不过 那么 可是 虽然 或者 还有 比如 包括 以及 "
    "因此 于是 只是 当 同时 另外 首先 其次 最后 并且 是因为 甚至 除了 那"
)
_ENGLISH_BEGINS = _set(
    "and but or so because that which who when while if although though where since unless until then"
)
_ENGLISH_LEANS_BACK = _set("of than ago too")
_ENGLISH_LEANS_ON = _set(
    "a an the of to in on at by for from with as into about my your his her its our their this "
    "these those is are was were be been am has have had will would can could should may might "
    "must not no very mr. mrs. ms. dr. i you he she it we they i'm it's"
)
_LONGEST_PHRASE = 32
"""Characters of Latin words in Han text that are one name or term; more are a sentence and may be cut."""
_LATIN, _INNER = "A-Za-z0-9À-ɏ", "A-Za-z0-9À-ɏ'’&.+_/-"
_PHRASE = re.compile(rf"(?<![{_INNER}])[{_LATIN}][{_INNER}]*(?: +[{_LATIN}][{_INNER}]*)+")
_HAN_DIGIT = "〇零一二三四五六七八九十百千万亿两点几0-9.%"
_NUMBER = re.compile(
    r"\d[\d.,]*(?: +\d[\d.,]*)+|\d[\d.,]* +(?:%|(?:percent|hundred|thousand|million|billion|trillion)\b)"
    rf"|第?[{_HAN_DIGIT}]+(?:分之[{_HAN_DIGIT}]+)?"
)
_DOTTED = re.compile(r"[㐀-鿿]+(?:[·・][㐀-鿿]+)+")
"""A foreign name in Han characters: 马克·扎克伯格."""
_CHINESE = (_BEGINS_CLAUSE, _LEANS_ON, _LEANS_BACK)
_ENGLISH = (_ENGLISH_BEGINS, _ENGLISH_LEANS_ON, _ENGLISH_LEANS_BACK)
_SMALL = _ENGLISH_BEGINS | _ENGLISH_LEANS_ON | _set("yes yeah so well now then today oh okay ok hi hello")
"""Words that have a capital only where a sentence begins with them."""


def break_costs(text: str, language: str, names: Sequence[str] = ()) -> tuple[float, ...]:
    """What it costs to cut `text` before each of its characters.

    Args:
        names: texts that are not cut, whatever the case of their letters, besides what is found to be a word,
            a number or a name.

    Returns:
        one figure a character, from SENTENCE (a good place) to TORN (never); after a space, not
        before it. The first is 0.
    """
    spaced = is_spaced(language)
    costs = [0.0] * len(text)
    for index in range(1, len(text)):
        costs[index] = _marks(text, index)
    position = 0
    for before, after in pairwise(_words(text, language)):
        position += len(before)
        if math.isnan(costs[position]):
            costs[position] = _between(before, after, spaced)
    for start, end in _wholes(text, spaced, names):
        costs[start + 1 : end] = [
            IN_WORD if math.isnan(cost) else max(cost, IN_WORD) for cost in costs[start + 1 : end]
        ]
    between_wide = CLINGING if spaced else IN_WORD  # Han characters inside English are not parted into words
    return tuple(between_wide if math.isnan(cost) else cost for cost in costs)


def _wholes(text: str, spaced: bool, names: Sequence[str]) -> list[tuple[int, int]]:
    """Where in `text` something stands that is read as one: numbers, names, Latin phrases in Han text."""
    found = [match.span() for match in _NUMBER.finditer(text)]
    if spaced:
        found += _capitalised(text)
    else:
        found += [match.span() for match in _DOTTED.finditer(text)]
        found += [match.span() for match in _PHRASE.finditer(text) if len(match.group()) <= _LONGEST_PHRASE]
    for name in names:
        found += [match.span() for match in re.finditer(re.escape(name), text, re.IGNORECASE)]
    return found


def _capitalised(text: str) -> list[tuple[int, int]]:
    """Names in English: words with capitals one after the other, such as Silicon Valley; not in headlines."""
    words = list(re.finditer(r"[^\W\d_][\w'’&-]*", text))
    if sum(word.group()[0].isupper() for word in words) > len(words) / 2:
        return []
    found: list[tuple[int, int]] = []
    for before, after in pairwise(words):
        if text[before.end() : after.start()] == " " and _named(before.group()) and _named(after.group()):
            start = found.pop()[0] if found and found[-1][1] == before.end() else before.start()
            found.append((start, after.end()))
    return found


def _named(word: str) -> bool:
    """Whether the word may be a part of a name."""
    return word[0].isupper() and word.lower() not in _SMALL


def _words(text: str, language: str) -> list[str]:
    """`text` in words that join to it again; a space belongs to the word before it."""
    if is_spaced(language):
        return re.findall(r"\S+\s*|\s+", text)
    import rjieba

    words: list[str] = []
    for word in rjieba.cut(text.encode("utf-8", "replace").decode("utf-8")):
        if words and word.isspace():
            words[-1] += word
        else:
            words.append(word)
    return words


def _marks(text: str, index: int) -> float:
    """The cost by the characters around the cut alone; NaN where the words decide."""
    left, right = text[index - 1], text[index]
    if _is_joined(left, right):
        return TORN
    last = text[max(0, index - 8) : index].rstrip()[-1:] or left
    if right.isspace() or _opens(last) or _closes(right):
        return FORBIDDEN
    if not left.isspace() and not _is_wide(left) and not _is_wide(right):
        return FORBIDDEN
    return _after_marks(text, index)


def _after_marks(text: str, index: int) -> float:
    """SENTENCE, CLAUSE or INVITED when a mark stands before the cut, else NaN."""
    spaced = text[index - 1].isspace()
    end = text[max(0, index - 8) : index].rstrip().rstrip(_CLOSING_QUOTES)[-1:]
    if end in _SENTENCE_END or (end == "." and spaced):
        return SENTENCE
    if end in _CLAUSE_END and end:
        return CLAUSE
    if end == "、":
        return INVITED
    if spaced and index >= 2 and _is_wide(text[index - 2]) and _is_wide(text[index]):
        return CLAUSE
    return math.nan


def _is_joined(left: str, right: str) -> bool:
    """Whether the two are parts of one character as it is seen."""
    regional = "\U0001f1e6" <= left <= "\U0001f1ff" and "\U0001f1e6" <= right <= "\U0001f1ff"
    skin = "\U0001f3fb" <= right <= "\U0001f3ff"
    return regional or skin or left == "\u200d" or unicodedata.category(right) in ("Mn", "Me", "Mc", "Cf")


def _opens(character: str) -> bool:
    return character in _OPENING or unicodedata.category(character) in ("Ps", "Pi", "Sc")


def _closes(character: str) -> bool:
    """Whether no line should begin with `character`."""
    if character in _OPENING:
        return False
    return unicodedata.category(character) in ("Pe", "Pf", "Po", "Pd", "So", "Sm", "Sk")


def _is_wide(character: str) -> bool:
    """Whether lines may break beside `character` without a space: Han, kana and their marks."""
    return unicodedata.east_asian_width(character) in "WF" or character in "“”‘’…—"


def _between(before: str, after: str, in_spaced: bool) -> float:
    """The cost of a cut between two words, in a language with or without spaces."""
    names = _is_capital(before, after) if in_spaced else _is_latin(before, after)
    before, after = before.strip().lower(), after.strip().lower()
    begins, leans_on, leans_back = _ENGLISH if in_spaced else _CHINESE
    if in_spaced and after in begins:
        return INVITED
    number = before.isdigit() or after.isdigit()
    if names or number or before in begins or before in leans_on or after in leans_back:
        return CLINGING
    return INVITED if before in _ENDS_WELL or after in begins else PLAIN


def _is_latin(before: str, after: str) -> bool:
    """Whether a cut would part an English phrase inside Chinese text."""
    return before[-1:].isspace() and before.strip().isascii() and after.isascii()


def _is_capital(before: str, after: str) -> bool:
    """Whether a cut would part a first name from its last."""
    return before[:1].isupper() and after[:1].isupper() and before.strip().isalpha()
