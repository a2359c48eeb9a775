"""Names of people in Latin letters, the same in every line: 陈倩 is Chen Qian."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from align.core.types import Turn
from align.transcript.cleaning.glossary import Glossary, is_latin, term_pattern
from align.transcript.speaker_names import SURNAMES, TWO_CHARACTER_SURNAMES

ROLES = {
    "主持人": "Host", "主持": "Host", "嘉宾": "Guest", "记者": "Reporter", "观众": "Audience",
    "旁白": "Narrator", "说话人": "Speaker", "讲者": "Speaker", "发言人": "Speaker",
}  # fmt: skip
"""Labels that name a role; they are translated, not spelled."""

TITLES = {
    "教授": "Professor", "博士": "Dr.", "医生": "Dr.", "先生": "Mr.", "女士": "Ms.", "小姐": "Ms.",
}  # fmt: skip
"""Titles after a surname; they stand before it in English."""
_UNTRANSLATED_TITLES = ("老师", "总", "哥", "姐", "导")
"""Titles that English has no word for; the translator finds one for each sentence."""
_FAMILIAR = "小老阿"
"""Characters before a surname or a name among friends: 小何 is Xiao He."""

SURNAME_PINYIN = {
    "曾": "Zeng", "单": "Shan", "查": "Zha", "仇": "Qiu", "解": "Xie", "任": "Ren", "区": "Ou", "朴": "Piao",
    "盖": "Ge", "乐": "Yue", "覃": "Qin", "缪": "Miao", "尉迟": "Yuchi", "令狐": "Linghu",
}  # fmt: skip
"""Surnames that are pronounced differently from the character alone."""

_HAN = re.compile(r"[\u3400-\u9fff]+")
_LATIN_NAME = re.compile(r"[A-Z][A-Za-zÀ-ÿ'’-]+")
_LATIN_NAME_WITH_SURNAME = re.compile(r"([A-Z][A-Za-z]+)([\u3400-\u9fff])(?![\u3400-\u9fff])")


def latin_name(name: str) -> str:
    """A name or a label in Latin letters; what is in Latin letters already stays.

    >>> latin_name("陈倩"), latin_name("一鸣"), latin_name("Ethan徐"), latin_name("嘉宾2")
    ('Chen Qian', 'Yiming', 'Ethan Xu', 'Guest 2')
    """
    from pypinyin import lazy_pinyin

    def spell(match: re.Match[str]) -> str:
        han = match[0]
        if han in ROLES:
            return f" {ROLES[han]} "
        for title, english in TITLES.items():
            if han.endswith(title) and 1 <= len(han) - len(title) <= 2:
                return f" {english} {latin_name(han.removesuffix(title))} "
        if len(han) == 2 and han[0] in _FAMILIAR:
            return f" {lazy_pinyin(han[0])[0].capitalize()} {latin_name(han[1])} "
        length = int(han[0] in SURNAMES and len(han) <= 3)  # 0 for a given name alone, as in 一鸣
        length = 2 if han[:2] in TWO_CHARACTER_SURNAMES else length
        surname, given = han[:length], "".join(lazy_pinyin(han[length:]))
        spelled = SURNAME_PINYIN.get(surname) or "".join(lazy_pinyin(surname)).capitalize()
        return f" {spelled} {given.capitalize()} "

    return " ".join(_HAN.sub(spell, name).split())


def name_translations(turns: Sequence[Turn], terms: Glossary, target: str) -> tuple[tuple[str, str], ...]:
    """Pairs (as written, as translated) of the speakers' names and the user's terms, longest first.

    Into Chinese, speakers' names in Latin letters stay, unless the glossary has them. Into English, people's
    names are spelled in Latin letters, also those such as Ethan徐 in the text, a
    speaker's Latin name followed by a surname only. Labels such as 主持人 and single characters are skipped,
    since they are common words in running text, and so are 王总 and the like. The user's glossary takes
    precedence.
    """
    pairs: dict[str, str] = {}
    labels = {turn.speaker for turn in turns if turn.speaker}
    if target.split("-")[0].lower() in ("zh", "yue"):
        titles = {*ROLES.values(), *(title.rstrip(".") for title in TITLES.values())}
        words = {word for label in labels for word in _LATIN_NAME.findall(label)}
        pairs = {word: word for word in words - titles}
    if target == "en":
        matches = [match for turn in turns for match in _LATIN_NAME_WITH_SURNAME.finditer(turn.text)]
        names = labels | {match[0] for match in matches if match[1] in labels and match[2] in SURNAMES}
        for name in names:
            untranslated = name.endswith(_UNTRANSLATED_TITLES) and len(name) <= 4
            if len(name) > 1 and _HAN.search(name) and not untranslated and not any(map(name.count, ROLES)):
                pairs[name] = latin_name(name)
    pairs |= dict(terms.translations(target))
    return tuple(sorted(pairs.items(), key=lambda pair: (-len(pair[0]), pair[0])))


def substitute_names(text: str, names: Iterable[tuple[str, str]]) -> str:
    """`text` with every name as it must appear in the translation.

    >>> substitute_names("的联合创始人陈倩", (("联合创始人", "co-founder"), ("陈倩", "Chen Qian")))
    '的co-founder Chen Qian'
    """
    for written, latin in names:
        if written == latin:  # only to be kept; as a word in small letters it may be another
            continue

        def spaced(match: re.Match[str], latin: str = latin) -> str:
            """The name, with spaces where it would touch other Latin letters."""
            before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
            left = " " if latin and is_latin(before) and is_latin(latin[0]) else ""
            right = " " if latin and is_latin(latin[-1]) and is_latin(after) else ""
            return f"{left}{latin}{right}"

        text = _compiled(written).sub(spaced, text)
    return text


@lru_cache(maxsize=1024)
def _compiled(written: str) -> re.Pattern[str]:
    return re.compile(term_pattern(written), re.IGNORECASE)
