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
from align.subtitles.break_model import BreakChance, break_chances
from align.subtitles.rules import is_spaced

TORN = math.inf
"""Inside a grapheme: a letter and its accent, the parts of an emoji."""
FORBIDDEN = 100.0
"""Inside a Latin word or a number, or with a mark on the wrong side."""
IN_WORD = 60.0
"""Inside a Han word, a spelled-out number, a name, or a Latin phrase in Han text. From here on, a break is
made only where the whole is too long for a cue."""
STICKY = 14.0
"""With a word on the wrong side: the | man, of | it, not | now, 3 | people, 科技 | 的. Chosen only where
no rule of reading or timing can be kept otherwise."""
CLINGING = 9.0
"""The most that words alone cost, and the least after most function words."""
INVITED = 2.5
"""After 、."""
CLAUSE = 1.0
"""After a comma in Chinese; in English it depends on what follows."""
SENTENCE = 0.0
"""After the end of a sentence."""
_BEST = 2.3
"""The logarithm of the odds that people break at the end of a sentence, by the break model."""
_BETWEEN_WORDS = 1.5
"""The least between two words without a mark."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_SENTENCE_END = frozenset("。！？!?…")
_CLAUSE_END = frozenset("，；：,;:—")
_OPENING = frozenset("¿¡#@")
_NEVER_FIRST = frozenset(",.!?;:…%‰，。！？、；：％")
_CLOSING_QUOTES = "\"'”’」』》〉）】〕〗)]}"

_LEANS_BACK = _set(
    "的 了 着 过 得 地 们 吗 呢 吧 啊 嘛 呀 啦 哈 哦 里 上 下 中 之后 之前 时候 的话 也好 "
    "来说 而言 以上 以下 左右"
)
_LEANS_ON = _set(
    "在 把 被 对 跟 "
    "和 与 从 向 给 为 以 第 不 没 没有 很 非常 最 更 太 一个 这个 那个 一 对于 关于 为了 通过 "
    "根据 由于 随着 作为 比 让 叫 用 到"
)
_PARTICLES = _set("的 地 得")
_ENGLISH_LEANS_BACK = _set("of than ago")
_ENGLISH_LEANS_ON = _set(
    "a an the my your his her its our their these no every each any some several such another other "
    "same only whole own first second third fourth fifth next two three four five six seven eight nine "
    "ten twenty thirty forty fifty sixty seventy eighty ninety hundred thousand very too not than to of "
    "at from with into for as without within between among across toward towards during against per via "
    "upon onto despite don't doesn't didn't isn't aren't wasn't weren't can't won't couldn't wouldn't "
    "shouldn't haven't hasn't hadn't"
)
"""Articles and the like, numbers, prepositions that end no clause, negations: their word follows."""
_ENGLISH_HELPS = _set(
    "is are was were be been am has have had will would can could should may might must do does did i "
    "you he she it we they who in on by about this that and or but because if when while which where "
    "just like really more most all both last new old good great little one before after though "
    "although until"
)
_CONTRACTED = re.compile("[a-z]+'(?:s|re|ve|ll|d|m)")
"""With those above: auxiliaries, subjects and words that begin a clause; theirs most often follows."""
_BEGINS_CLAUSE = _set("and but or so because that which who if when while where")
"""Words after which no comma ends a clause."""
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
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)(?:\.|[a-z]+)?"
_ENGLISH_WHOLE = re.compile(
    r"(?<![A-Za-z])(?:(?:Mr|Mrs|Ms|Dr|Prof|St|Mt|Ft|Gov|Sen|Rep|Gen|Capt|Lt|Col|Rev|Hon|Pres)\.? +"
    r"[A-Z][\w'’-]*"
    r"|(?:[A-Z]\. +)+[A-Z][\w'’-]*|No\. +\d+"
    rf"|{_MONTH} +\d{{1,4}}(?:st|nd|rd|th)?(?:,? +\d{{4}})?(?!\d)"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? +{_MONTH}(?: +\d{{4}})?"
    r"|\d[\d:.]* +(?:[AaPp]\.?[Mm]\b\.?|o['’]clock))|\S+ +[&+=×] +\S+(?: +[&+=×] +\S+)*"
)
"""Titles with names, initials, dates, times and sums."""
_DOTTED = re.compile(r"[㐀-鿿]+(?:[·・][㐀-鿿]+)+")
"""A foreign name in Han characters: 马克·扎克伯格."""
_SMALL = _ENGLISH_HELPS | _ENGLISH_LEANS_ON | _set("yes yeah so well now then today oh okay ok hi hello")
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
    costs = [0.0, *(_cost_of_marks(text, index, spaced) for index in range(1, len(text)))][: len(text)]
    for place in break_chances(text, language):
        if math.isnan(costs[place.position]):
            costs[place.position] = _cost_between_words(place, spaced)
    for start, end in _unbreakable_spans(text, spaced, names):
        for index in range(start + 1, end):
            costs[index] = IN_WORD if math.isnan(costs[index]) else max(costs[index], IN_WORD)
    between_wide = CLINGING if spaced else IN_WORD  # Han characters in English are not split into words
    return tuple(between_wide if math.isnan(cost) else cost for cost in costs)


def _unbreakable_spans(text: str, spaced: bool, names: Sequence[str]) -> list[tuple[int, int]]:
    """Where `text` has numbers, names, and Latin phrases in Han text."""
    matches = list(_NUMBER.finditer(text))
    if spaced:
        matches += _ENGLISH_WHOLE.finditer(text)
    else:
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


def _cost_of_marks(text: str, index: int, spaced_language: bool) -> float:
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
    alone = not left.isspace() or text[index + 1 : index + 2].strip() == ""
    closes = right_category in ("Pe", "Pf") or right in _NEVER_FIRST
    closes |= alone and right not in _OPENING and right_category in ("Po", "Pd", "So", "Sm", "Sk")
    if right.isspace() or opens or closes:
        return FORBIDDEN
    spaced = left.isspace()
    if not spaced and not _is_wide(left) and not _is_wide(right):
        return FORBIDDEN
    if spaced_language:
        return math.nan
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


def _cost_between_words(place: BreakChance, spaced: bool) -> float:
    """The cost of a break between two words: less the more often people break."""
    if place.mark == ".":
        return SENTENCE
    cost = min(max(_BEST - place.log_odds, CLAUSE / 2), CLINGING)
    if place.mark:
        return CLINGING if spaced and place.left in _BEGINS_CLAUSE else cost
    number = place.after_number and place.right not in _SMALL
    leans_on, leans_back = (_ENGLISH_LEANS_ON, _ENGLISH_LEANS_BACK) if spaced else (_LEANS_ON, _LEANS_BACK)
    if number or place.left in leans_on or place.right in leans_back:
        return max(cost, STICKY)
    before_number = not spaced and place.right[:1].isdigit()
    helps = place.left in (_ENGLISH_HELPS if spaced else _PARTICLES) or _CONTRACTED.fullmatch(place.left)
    if place.in_name or before_number or helps:
        return CLINGING
    return max(cost, _BETWEEN_WORDS)
