"""Where a text may be broken, and what each break costs a reader."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from align.core.types import Turn
from align.pronounce.lexicon import Lexicon
from align.pronounce.sound_key import HAN
from align.subtitles.rules import is_spaced

TORN = math.inf
"""Inside a grapheme: a letter and its accent, the parts of an emoji."""
FORBIDDEN = 100.0
"""Inside a Latin word or a number, or with a mark on the wrong side."""
IN_WORD = 60.0
"""Inside a Han word, a spelled-out number, a name, or a Latin phrase in Han text. From here on, a break is
made only where the whole is too long for a cue."""
CLINGING = 9.0
"""With a function word on the wrong side: 的 | 人, the | man, 3 | 个."""
PLAIN = 5.0
"""Between any two words."""
INVITED = 2.5
"""After 、 or before a word that begins a clause."""
CLAUSE = 1.0
"""After a comma."""
SENTENCE = 0.0
"""After the end of a sentence."""


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
_HAN_CHARACTER = re.compile(f"[{HAN}]")
_LONGEST_PHRASE = 32
"""Latin words in Han text of up to this many characters are one name or term; longer ones are a sentence."""
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
"""Words that are capitalised only at the start of a sentence."""


def given_names(turns: Sequence[Turn], lexicon: Lexicon) -> tuple[str, ...]:
    """The speakers' names and the lexicon's words, each of two characters or more."""
    names = {turn.speaker for turn in turns if turn.speaker}
    for first, *others in lexicon.entries:
        word = first
        for token in others:
            word += token if _HAN_CHARACTER.match(word[-1]) or _HAN_CHARACTER.match(token) else f" {token}"
        names.add(word)
    return tuple(sorted(name for name in names if len(name) > 1))


def break_costs(text: str, language: str, names: Sequence[str] = ()) -> tuple[float, ...]:
    """The cost of breaking `text` before each of its characters.

    Args:
        names: texts that are not broken, in any case, besides recognised words, numbers and names.

    Returns:
        one cost per character, from SENTENCE (a good place) to TORN (never); a break is after a space, not
        before it. The first is 0.
    """
    spaced = is_spaced(language)
    words: list[str] = []  # a space belongs to the word before it
    if spaced:
        words = re.findall(r"\S+\s*|\s+", text)
    else:
        import rjieba

        for word in rjieba.cut(text.encode("utf-8", "replace").decode("utf-8")):
            if words and word.isspace():
                words[-1] += word
            else:
                words.append(word)
    costs = [0.0, *(_cost_of_marks(text, index) for index in range(1, len(text)))][: len(text)]
    position = 0
    for before, after in pairwise(words):
        position += len(before)
        if math.isnan(costs[position]):
            costs[position] = _cost_between_words(before, after, spaced)
    for start, end in _unbreakable_spans(text, spaced, names):
        for index in range(start + 1, end):
            costs[index] = IN_WORD if math.isnan(costs[index]) else max(costs[index], IN_WORD)
    between_wide = CLINGING if spaced else IN_WORD  # Han characters in English are not split into words
    return tuple(between_wide if math.isnan(cost) else cost for cost in costs)


def _unbreakable_spans(text: str, spaced: bool, names: Sequence[str]) -> list[tuple[int, int]]:
    """Where `text` has numbers, names, and Latin phrases in Han text."""
    matches = list(_NUMBER.finditer(text))
    if not spaced:
        matches += _DOTTED.finditer(text)
        matches += (match for match in _PHRASE.finditer(text) if len(match.group()) <= _LONGEST_PHRASE)
    for name in names:
        matches += re.finditer(re.escape(name), text, re.IGNORECASE)
    spans = [match.span() for match in matches]
    words = list(re.finditer(r"[^\W\d_][\w'’&-]*", text)) if spaced else []
    if sum(word.group()[0].isupper() for word in words) > len(words) / 2:
        return spans  # a headline, whose capitals say nothing
    capitalised: list[tuple[int, int]] = []  # names such as Silicon Valley
    for before, after in pairwise(words):
        parts = (before.group(), after.group())
        is_name = all(part[0].isupper() and part.lower() not in _SMALL for part in parts)
        if is_name and text[before.end() : after.start()] == " ":
            joins = bool(capitalised) and capitalised[-1][1] == before.end()
            capitalised.append((capitalised.pop()[0] if joins else before.start(), after.end()))
    return spans + capitalised


def _cost_of_marks(text: str, index: int) -> float:
    """The cost by the characters around the break alone; NaN where the words decide."""
    left, right = text[index - 1], text[index]
    flag = "\U0001f1e6" <= left <= "\U0001f1ff" and "\U0001f1e6" <= right <= "\U0001f1ff"
    skin_tone = "\U0001f3fb" <= right <= "\U0001f3ff"
    right_category = unicodedata.category(right)
    if flag or skin_tone or left == "\u200d" or right_category in ("Mn", "Me", "Mc", "Cf"):
        return TORN
    before = text[max(0, index - 8) : index].rstrip()
    last = before[-1:] or left
    opens = last in _OPENING or unicodedata.category(last) in ("Ps", "Pi", "Sc")
    closes = right not in _OPENING and right_category in ("Pe", "Pf", "Po", "Pd", "So", "Sm", "Sk")
    if right.isspace() or opens or closes:
        return FORBIDDEN
    spaced = left.isspace()
    if not spaced and not _is_wide(left) and not _is_wide(right):
        return FORBIDDEN
    end = before.rstrip(_CLOSING_QUOTES)[-1:]
    if end in _SENTENCE_END or (end == "." and spaced):
        return SENTENCE
    if end in _CLAUSE_END:
        return CLAUSE
    if end == "、":
        return INVITED
    if spaced and index >= 2 and _is_wide(text[index - 2]) and _is_wide(right):
        return CLAUSE
    return math.nan


def _is_wide(character: str) -> bool:
    """Whether lines may break beside `character` without a space: Han, kana and their marks."""
    return unicodedata.east_asian_width(character) in "WF" or character in "“”‘’…—"


def _cost_between_words(before: str, after: str, spaced: bool) -> float:
    """The cost of a break between two words, in a language with or without spaces."""
    if spaced:  # first and last name
        name = before[:1].isupper() and after[:1].isupper() and before.strip().isalpha()
    else:  # English phrase in Chinese text
        name = before[-1:].isspace() and before.strip().isascii() and after.isascii()
    before, after = before.strip().lower(), after.strip().lower()
    begins, leans_on, leans_back = _ENGLISH if spaced else _CHINESE
    if spaced and after in begins:
        return INVITED
    number = before.isdigit() or after.isdigit()
    if name or number or before in begins or before in leans_on or after in leans_back:
        return CLINGING
    return INVITED if before in _ENDS_WELL or after in begins else PLAIN
