"""Mandarin syllables as phones: an initial and a final, without tones. Also for Mandarin in Latin letters."""

from __future__ import annotations

from functools import cache, lru_cache

from align.pronounce.phones import MANDARIN_FINALS, MANDARIN_INITIALS, SHARED, Reading, distinct
from align.pronounce.sound_key import simplified_form

_INITIALS = {phone.lower(): phone for phone in (*MANDARIN_INITIALS, *SHARED)}
_WHOLE = {
    "m": ("m",), "n": ("n",), "ng": ("ng",), "hm": ("H", "m"), "hng": ("H", "ng"),
    "yo": ("I", "O"), "o": ("O",), "ê": ("Ei",), "eh": ("Ei",),
    "wong": ("Ueng",), "nue": ("n", "Ve"), "lue": ("l", "Ve"),
}  # fmt: skip
"""Interjections that are not an initial with a final, and spellings that pypinyin does not split so."""


@lru_cache(maxsize=4_096)
def syllable_phones(syllable: str) -> Reading:
    """Phones of a pinyin syllable, with a tone or without, and with v or ü; () for anything else."""
    from pypinyin.contrib.tone_convert import to_finals, to_initials

    if syllable in _WHOLE:
        return _WHOLE[syllable]
    initial = to_initials(syllable, strict=True)
    final = to_finals(syllable, strict=True, v_to_u=False)
    if syllable[:1] in ("y", "w") and final[:1] not in ("i", "u", "v"):
        return ()
    if final == "i" and initial:
        final = "iz" if initial in ("z", "c", "s") else "ir" if initial in ("zh", "ch", "sh", "r") else "i"
    phone = final.capitalize()
    return (*([_INITIALS[initial]] if initial else []), phone) if phone in MANDARIN_FINALS else ()


def pinyin_phones(syllables: str) -> Reading:
    """Phones of syllables separated by spaces; () where one of them is not pinyin."""
    phones = [syllable_phones(syllable) for syllable in syllables.split(" ")]
    return tuple(phone for part in phones for phone in part) if all(phones) else ()


_FILLERS = {
    "嗯": "en n m", "呣": "m en", "唔": "en n wu", "恩": "en n",
    "啊": "a ya e", "呃": "e en", "额": "e", "诶": "ei ai", "欸": "ei ai", "哎": "ai ei", "唉": "ai ei",
    "哦": "o ou", "噢": "o ou", "喔": "o wo", "哟": "yo you", "咯": "lo ge",
    "哼": "heng hng", "嗨": "hai hei", "呵": "he", "嗐": "hai", "呀": "ya a", "哇": "wa a",
}  # fmt: skip
"""Interjections, whose spelling and sound agree loosely; these replace pypinyin's reading."""

_OTHERS = {
    "得": "de dei", "地": "de di", "了": "le liao", "着": "zhe zhao", "还": "hai huan", "谁": "shei shui",
    "那": "na nei", "哪": "na nei", "这": "zhe zhei", "都": "dou du", "行": "xing hang", "长": "chang zhang",
    "重": "zhong chong", "么": "me ma", "和": "he han", "给": "gei ji", "咱": "zan za", "俩": "lia liang",
    "血": "xue xie", "薄": "bao bo", "削": "xiao xue", "率": "lv shuai", "角": "jiao jue", "色": "se shai",
    "熟": "shu shou", "露": "lu lou", "壳": "ke qiao", "剥": "bo bao", "塞": "sai se", "粘": "zhan nian",
    "乐": "le yue", "调": "diao tiao", "弹": "dan tan", "差": "cha chai", "朝": "chao zhao", "系": "xi ji",
    "藏": "cang zang", "降": "jiang xiang", "觉": "jue jiao", "模": "mo mu", "折": "zhe she",
    "曾": "ceng zeng", "单": "dan shan", "解": "jie xie", "查": "cha zha", "仇": "chou qiu", "区": "qu ou",
    "的": "de", "会": "hui", "翟": "zhai di", "卡": "ka qia", "似": "si shi", "强": "qiang jiang",
}  # fmt: skip
"""Other readings of characters whose context does not always decide, surnames among them; the reading by
context comes first. Where phrases decide reliably, as 会计 from 会议, nothing else is offered."""


@lru_cache(maxsize=16_384)
def character_readings(character: str, sound: str) -> tuple[Reading, ...]:
    """Readings of a Han character whose pinyin in context is `sound`, the likeliest first; () if unknown."""
    simplified = simplified_form(character)
    if simplified in _FILLERS:
        spellings = _FILLERS[simplified].split(" ")
    else:
        spellings = [sound, *_OTHERS.get(simplified, "").split()]
    return distinct((pinyin_phones(spelling) for spelling in spellings), len(spellings))


_LONGEST = 6
"""Letters of a syllable: zhuang."""
_LONGEST_WORD = 4 * _LONGEST


@lru_cache(maxsize=4_096)
def romanised_readings(word: str) -> tuple[Reading, ...]:
    """The reading of a word in lower case that is pinyin of two syllables or more: Xiaomi, Douyin; otherwise
    ().

    A single syllable is too often an English word.
    """
    syllables = _syllables(word) if len(word) <= _LONGEST_WORD else ()
    return (pinyin_phones(" ".join(syllables)),) if syllables else ()


def pinyin_readings(word: str) -> tuple[Reading, ...]:
    """The reading of a word in lower case that is pinyin of one syllable or more; otherwise ()."""
    syllable = pinyin_phones(word) if word in _all_syllables() else ()
    return (syllable,) if syllable else romanised_readings(word)


@lru_cache(maxsize=16_384)
def _syllables(word: str) -> tuple[str, ...]:
    """Two or more syllables of a word, each as long as the others allow; () where it has none."""
    for length in range(min(_LONGEST, len(word) - 1), 0, -1):
        first, rest = word[:length], word[length:]
        if first in _all_syllables():
            others = (rest,) if rest in _all_syllables() else _syllables(rest)
            if others:
                return (first, *others)
    return ()


@cache
def _all_syllables() -> frozenset[str]:
    """All syllables that pypinyin knows, without tones; collected once per process, in 0.1 s."""
    from pypinyin.constants import PINYIN_DICT
    from pypinyin.contrib.tone_convert import to_normal

    toned = {syllable for alternatives in PINYIN_DICT.values() for syllable in alternatives.split(",")}
    plain = {to_normal(syllable) for syllable in toned}
    return frozenset(
        syllable for syllable in plain if syllable.isascii() and (len(syllable) > 1 or syllable in "aeo")
    )
