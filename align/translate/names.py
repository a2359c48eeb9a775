"""Names of people in Latin letters, the same way in every line: 陈倩 is Chen Qian."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache, partial

from align.core.types import Turn
from align.transcript.cleaning.glossary import Glossary
from align.transcript.speaker_names import TWO_CHARACTER_SURNAMES

ROLES = {
    "主持人": "Host",
    "主持": "Host",
    "嘉宾": "Guest",
    "记者": "Reporter",
    "观众": "Audience",
    "旁白": "Narrator",
    "说话人": "Speaker",
    "讲者": "Speaker",
    "发言人": "Speaker",
}
"""Labels that name what somebody does; they are translated, not spelled."""

SURNAME_SOUNDS = {
    "曾": "Zeng", "单": "Shan", "查": "Zha", "仇": "Qiu", "解": "Xie", "任": "Ren", "区": "Ou", "朴": "Piao",
    "盖": "Ge", "乐": "Yue", "覃": "Qin", "缪": "Miao", "尉迟": "Yuchi", "令狐": "Linghu",
}  # fmt: skip
"""Surnames that are read otherwise than the character alone."""
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭"
    "陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文单查仇解区朴盖"
    "乐缪欧齐庞樊兰殷施洪翟安颜倪牛温芦季俞章鲁葛伍尤毕聂焦柳邢骆岳梅庄辛管祝左涂谷祁时舒耿卜路詹关苗凌费纪靳盛童"
)

_HAN = re.compile(r"[\u3400-\u9fff]+")
_SURNAMED = re.compile(r"([A-Z][A-Za-z]+)([\u3400-\u9fff])(?![\u3400-\u9fff])")


def latin_name(name: str) -> str:
    """A name or a label in Latin letters; what is in Latin letters already stays.

    >>> latin_name("陈倩"), latin_name("一鸣"), latin_name("Ethan徐"), latin_name("嘉宾2")
    ('Chen Qian', 'Yiming', 'Ethan Xu', 'Guest 2')
    """
    parts = _HAN.sub(lambda han: f" {ROLES.get(han[0]) or _spelled(han[0])} ", name)
    return " ".join(parts.split())


def spelled_names(names: Iterable[str | None]) -> tuple[tuple[str, str], ...]:
    """Pairs (as written, in Latin letters) of the people's names among `names`, longest first.

    Labels such as 主持人 are left out, since they are common words in running text; so are single
    characters.
    """
    people = {name for name in names if name and len(name) > 1 and _HAN.search(name)}
    people = {name for name in people if not any(role in name for role in ROLES)}
    return tuple((name, latin_name(name)) for name in sorted(people, key=lambda name: (-len(name), name)))


def surnamed(turns: Iterable[Turn]) -> frozenset[str]:
    """Names such as Ethan徐 in the text: a speaker's Latin name with a surname behind it that ends there."""
    told = list(turns)
    labels = {turn.speaker for turn in told if turn.speaker}
    found = (match for turn in told for match in _SURNAMED.finditer(turn.text))
    return frozenset(match[0] for match in found if match[1] in labels and match[2] in SURNAMES)


def names_to_put(turns: Sequence[Turn], terms: Glossary, target: str) -> tuple[tuple[str, str], ...]:
    """Pairs (as written, as translated) of the speakers' names and of the user's terms, the longest first.

    What the user's glossary says goes before what a name's spelling says.
    """
    names = {*(turn.speaker for turn in turns), *surnamed(turns)}
    pairs = dict(spelled_names(names)) if target == "en" else {}
    pairs |= dict(terms.translations(target))
    return tuple(sorted(pairs.items(), key=lambda pair: (-len(pair[0]), pair[0])))


def put_names(text: str, names: Iterable[tuple[str, str]]) -> str:
    """`text` with every name of the glossary as it is to stand in the translation.

    >>> put_names("的联合创始人陈倩", (("联合创始人", "co-founder"), ("陈倩", "Chen Qian")))
    '的co-founder Chen Qian'
    """
    for written, latin in names:
        text = _pattern(written).sub(partial(_apart, latin), text)
    return text


def _apart(latin: str, found: re.Match[str]) -> str:
    """A name in the place of what was found, with spaces where other Latin letters would touch it."""
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    return f"{' ' * _touch(before, latin[:1])}{latin}{' ' * _touch(latin[-1:], after)}"


def _touch(left: str, right: str) -> bool:
    return bool(left and right) and _latin(left) and _latin(right)


@lru_cache(maxsize=1024)
def _pattern(written: str) -> re.Pattern[str]:
    """A name where it stands; Latin letters in any case, and as words of their own."""
    before = r"(?<![A-Za-z0-9])" if _latin(written[0]) else ""
    after = r"(?![A-Za-z0-9])" if _latin(written[-1]) else ""
    return re.compile(f"{before}{re.escape(written)}{after}", re.IGNORECASE)


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _spelled(han: str) -> str:
    from pypinyin import lazy_pinyin

    length = _surname_length(han)
    surname, given = han[:length], "".join(lazy_pinyin(han[length:]))
    spelled = SURNAME_SOUNDS.get(surname) or "".join(lazy_pinyin(surname)).capitalize()
    return f"{spelled} {given.capitalize()}".strip()


def _surname_length(han: str) -> int:
    """How many characters are the surname; 0 where it is a given name alone, as in 一鸣."""
    if han[:2] in TWO_CHARACTER_SURNAMES:
        return 2
    return 1 if han[0] in SURNAMES and len(han) <= 3 else 0
