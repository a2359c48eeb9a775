"""Introductions in the text: of oneself, of the next speaker, and thanks to the one before.

    我是硅谷101的联合创始人陈倩，          My name is Sarah Chen      of the voice that says it
    那Bruce来跟我们大家打个招呼吧          please welcome Bruce       of the next voice
    谢谢任洋的分享                        thank you, Bruce           of the voice before

A name counts only with such words around it. A name may be in Latin letters, begin with one of the usual
surnames, or be one that the user gave. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from align.pronounce.sound_key import HAN
from align.transcript.speaker_names import (
    DISTINCT_SURNAMES,
    NICKNAME_PREFIXES,
    TWO_CHARACTER_SURNAMES,
    is_name,
    is_person,
)


class NameRefersTo(str, Enum):
    """Whose voice a name belongs to."""

    SELF = "of the voice that says it"
    NEXT = "of the next voice"
    BEFORE = "of the voice before"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in words that say whose it is.

    Attributes:
        name: as it is displayed.
        weight: 0 to 1, how sure it is when nothing contradicts it.
        start, end: characters of the text, including the words around the name.
    """

    name: str
    refers_to: NameRefersTo
    weight: float
    start: int
    end: int


MIN_LETTERS = 3
"""Of a Latin name; a shorter one is likely cut off, and weighs half as much."""

_WORDS = """
    a about after all also am an and any are as at back be been but by can could did do does doing done ever
    everybody everyone first for from get go going good great guys happy has have he hello her here hey hi
    him his how i if in into is it its just know like me my never new no not now of off oh ok okay on one or
    our out over really right say see she so some sorry still such sure thank thanks than that the their them
    then there these they this those to today too u uh um up us very was we welcome well were what when where
    which who why will with wow yeah yes you your ai ceo cto cfo gpu cpu app ppt pm am qa api tv pe vc
    chinese american english british german french indian japanese korean asian european
"""
_COMMON = frozenset(_WORDS.split())
"""Words in the place of names that are no names."""
_NO_NAME = re.compile(
    r"(?:ish|ese|ist|ative|ical|ious|ful|less|tion|ment|ship|ness|ing|eous)$"
    r"|^(?i:chief|vice|executive|president|director|manager|officer|professor|doctor|senior|head|founder|chairman"
    r"|chair|editor|engineer|partner|inc|corp|llc|ltd|group|bank|capital|media|labs?|university|institute|company"
    r"|the|muslim|catholic|gay|black|white|latino|latina|native|republican|democrat|buddhist)$"
)
"""Endings of adjectives and nouns that few first names have, titles, and what companies are called."""

_LATIN = r"[A-Za-z][A-Za-z'’\-]{1,24}(?: [A-Z][A-Za-z'’\-]{1,24}){0,2}"
_CAPITAL = r"[A-Z][a-zA-Z'’\-]{1,24}(?: (?!And\b|From\b)[A-Z][A-Za-z'’\-]{1,24}){0,2}"
_BEHIND = r"(?=\s*(?:[，。！？、；：…,.!?;:“”\"]|$)|\s*(?:也是|来自|老师|哈|啊|呀|呢|吧))"
_TITLED = (
    r"[^，。！？,.!?]{0,20}?(?:[的人师家官员长裁事理播编总监席授士友伴东]|嘉宾|记者|主持|老板|同事|搭档)"
)
_GREETING = (
    r"(?:打(?:个|一下|一个|声)?招呼|问(?:个|声|一下)?好|[Ss]ay (?:[Hh]i|[Hh]ello)|"
    r"介绍(?:一下)?(?:你|您)?自己|自我介绍)"
)
_NOT_REAL = "".join(
    f"(?<!{word})" for word in ("如果", "假如", "要是", "以为", "觉得", "好像", "说", "当", "像")
)


@dataclass(frozen=True)
class Introductions:
    """Finds introductions; `known` maps case-folded spellings to the display names of the user."""

    known: Mapping[str, str]

    def find(self, text: str) -> tuple[Mention, ...]:
        """Every introduction, in order; of two at one place for one person, the stronger."""
        mentions: list[Mention] = []
        for refers_to, weight, pattern in self._patterns:
            for match in pattern.finditer(text):
                name = self.known.get(match["name"].casefold()) or _display_name(match["name"])
                if name:
                    short = name.isascii() and len(name) < MIN_LETTERS
                    goes_on = name.endswith("ian") and text.startswith((", and", " and"), match.end())
                    own_weight = weight / 2 if short or goes_on else weight  # I'm Italian, and I
                    mentions.append(Mention(name, refers_to, own_weight, match.start(), match.end()))
        mentions.sort(key=lambda mention: (mention.start, -mention.weight))
        strongest: list[Mention] = []
        open_mentions: list[Mention] = []
        for mention in mentions:
            open_mentions = [other for other in open_mentions if other.end > mention.start]
            if not any(
                mention.refers_to is other.refers_to and same_person(mention.name, other.name)
                for other in open_mentions
            ):
                open_mentions.append(mention)
                strongest.append(mention)
        return tuple(strongest)

    @cached_property
    def _patterns(self) -> Sequence[tuple[NameRefersTo, float, re.Pattern[str]]]:
        spellings = sorted(self.known, key=lambda spelling: (-len(spelling), spelling))
        known = "".join(f"(?i:{re.escape(spelling)})|" for spelling in spellings)
        short_surname = f"[{''.join(sorted(DISTINCT_SURNAMES))}]"
        surname = f"(?:{'|'.join(sorted(TWO_CHARACTER_SURNAMES))}|{short_surname})"
        han = f"(?:{surname}[{HAN}]{{1,2}}?|[{''.join(sorted(NICKNAME_PREFIXES))}]{short_surname})"
        latin = rf"(?<![A-Za-z]){_LATIN}(?![A-Za-z])(?:{surname}(?![{HAN}]))?"
        name = f"(?P<name>{known}{latin}|{han})"
        english = rf"(?P<name>{known}\b{_CAPITAL}\b)"
        return [
            (refers_to, weight, re.compile(text.replace("NAME", pattern)))
            for pattern, rows in ((name, _MANDARIN), (english, _ENGLISH))
            for refers_to, weight, text in rows
        ]


_SELF, _NEXT, _BEFORE = NameRefersTo
_MANDARIN = (
    (_SELF, 0.9, rf"{_NOT_REAL}我(?:就)?(?:是|叫|名字叫|的名字是|的名字叫)(?:{_TITLED})?\s*NAME{_BEHIND}"),
    (_SELF, 0.9, rf"(?:这里|这边)是(?:{_TITLED})?\s*NAME{_BEHIND}"),
    (
        _NEXT,
        0.85,
        rf"NAME(?:老师)?[，,\s]?(?:[你您也就再先来请给跟和向]|要不要|能不能|可以){{1,4}}[^。！？!?]{{0,14}}?{_GREETING}",
    ),
    (
        _NEXT,
        0.6,
        r"(?:欢迎|有请|请出|请到了?|邀请到了?|介绍的[也就]?是|(?:嘉宾|朋友|主持人)呢?[，,]?(?:首先|[就则也])?是)"
        rf"(?:{_TITLED})?[，,]?\s*NAME{_BEHIND}",
    ),
    (_NEXT, 0.5, r"NAME(?:老师)?[，,\s]?[你您](?:怎么看|觉得|先来|来说|来讲|来聊|怎么想|先说)"),
    (_NEXT, 0.5, r"(?:先从|我们从|有请|请|听听|问问)NAME(?:老师)?(?:开始|先|来|说|讲|的看法|的观点)"),
    (_BEFORE, 0.4, rf"(?:谢谢|感谢|多谢)(?!谢)NAME(?:老师)?(?:{_BEHIND}|的)"),
)
_ENGLISH = (
    (_SELF, 0.9, r"\b[Mm]y name(?: is|['’]s) NAME"),
    (
        _SELF,
        0.8,
        r"\bI(?: am|['’]m) NAME(?=[.!?]|$|,? (?:and (?:I|this|welcome|you)\b|from|with|your|here|at)\b"
        r"|, (?:I|the|a|an|your|host|co-host|and (?:I|this|welcome|you))\b)",
    ),
    (_SELF, 0.85, r"\bI(?: am|['’]m) your (?:co-?)?hosts?,? NAME"),
    (_SELF, 0.6, r"(?<![A-Za-z] )\b[Tt]his is NAME(?=,? (?:in|from|at|with|here|speaking|calling|again)\b)"),
    (
        _NEXT,
        0.85,
        r"NAME,? (?:would|could|can|will|please|why don['’]t you|do you)\b[^.?!]{0,40}?"
        r"(?:[Ss]ay (?:[Hh]i|[Hh]ello)|introduce yourself)",
    ),
    (
        _NEXT,
        0.6,
        r"(?:[Ww]elcome|[Jj]oined by|[Jj]oining (?:us|me)(?: today| now| here)* is|[Ii]ntroduce|"
        r"[Oo]ver to you,|[Hh]ear from|over to|guest(?: today)? is),? NAME",
    ),
    (
        _NEXT,
        0.7,
        r"NAME,? (?:please )?(?:take it away|go ahead|you(?:['’]re| are) (?:on|up)\b|the floor is yours)",
    ),
    (_NEXT, 0.6, r"(?:[Tt]ake it away|[Gg]o ahead|[Yy]ou(?:['’]re| are) (?:on|up)),? NAME(?=[.!?,]|$)"),
    (_NEXT, 0.5, r"NAME,? (?:what do you think|what['’]s your (?:take|view)|how do you see|your thoughts)"),
    (_BEFORE, 0.4, r"\b[Tt]hank(?:s| you)(?: so much| very much)?,? NAME"),
)
"""NAME stands for a name. The weights are estimates: people nearly always get their own name right, and
whoever is asked to greet the audience nearly always does; who is welcomed, asked or thanked is less often the
next, or the last, to speak."""


def _display_name(written: str) -> str | None:
    """A name as it is displayed, None where it is hardly a person's."""
    name = written.strip()
    if name[0].isascii():
        words = re.findall(r"[A-Za-z'’\-]+", name)
        if any(word.casefold() in _COMMON or _NO_NAME.search(word) for word in words):
            return None
        return name[0].upper() + name[1:]
    if not (is_name(name) and is_person(name)):
        return None
    import rjieba

    common_word = rjieba.has_word(name) and not all(tag.startswith("nr") for _, tag in rjieba.tag(name))
    return None if common_word else name  # 高兴 is a word


def person(name: str) -> str:
    """What a person's names have in common: the Latin first name in lower case, else the whole name.

    >>> person("Bruce刘"), person("Bruce Liu"), person("陈倩")
    ('bruce', 'bruce', '陈倩')
    """
    latin = re.match(r"[A-Za-z'’\-]+", name)
    return latin[0].casefold() if latin else name


def same_person(name: str, other: str) -> bool:
    """Whether two names are likely one person's."""
    return person(name) == person(other)
