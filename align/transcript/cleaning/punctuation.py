"""Punctuation, character width and spaces. No word is changed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from align.pronounce.sound_key import HAN
from align.transcript.text_edits import Replacement, substitution

_CJK = HAN + "\u3000-\u303f\u3040-\u30ff\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
_INVISIBLE = re.compile(
    "[\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
    "|[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]"
    "|(?<=[\x00-\u02ff\u3000-\u9fff])[\u200c\u200d]|[\u200c\u200d](?=[\x00-\u02ff\u3000-\u9fff])"
)
"""Zero-width and control characters; joiners stay inside emoji and inside words of scripts that need them."""
_LATIN = r"A-Za-z0-9À-ɏ"
_BETWEEN_CJK = re.compile(f"(?<=[{_CJK}]) (?=[{_CJK}])")
_BESIDE_LATIN = re.compile(f"(?<=[{HAN}]) (?=[{_LATIN}$#@])|(?<=[{_LATIN}%]) (?=[{HAN}])")
_BESIDE_CJK = re.compile(f"[{_CJK}]")
_BEFORE_MARK = re.compile(r" (?=[，。？！、；：])|(?<=[，。？！、；：]) | (?=[,.?!;:](?:\s|$))")
_MARK_BEFORE_WORD = re.compile(rf"(?<=[{_LATIN}%)\"”]) ([,;!?])(?=[{_LATIN}])")
_STRENGTH = "、,，:：;；.。!！?？"
_WIDE = dict(zip(",:;.!?", "，：；。！？", strict=True))
_MARKS = re.compile(r"[，。？！、；：,.?!;:](?:\s*(?:[，。？！、；：,?!;:]|\.(?!\d)))+")
_LEADING = re.compile(r"^(?:[，。、；：！？,;:!?\s]|\.(?![\w.]))+")
_STRAY = re.compile(r"[,.?!;:]+")
_WIDE_LETTERS = re.compile(r"[Ａ-Ｚａ-ｚ０-９％＄＃＠＆＋]+|(?<=[0-9０-９])．(?=[0-9０-９])")
_NARROW_MARK = re.compile(rf"(?<=[{HAN}])[,?!;:](?=[{HAN}]|$)|(?<=[{_LATIN}%])[,?!;:](?=[{HAN}])")
_STOP = re.compile(rf"(?<=[{HAN}])\.(?=[{HAN}]|$)|(?<=[{_LATIN}%])\.(?=[{HAN}])")
_ACRONYM = re.compile(r"(?<![A-Za-z])[A-Z]{2,5}$")
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ]+")
_HAN = re.compile(f"[{HAN}]")


invisible = substitution((_INVISIBLE, ""))
"""The rule that removes zero-width and control characters."""
spaces = substitution(
    (re.compile(r"^\s+|\s+$"), ""),
    (re.compile(r"(?<!\s)(?<!^)\s+(?=\S)"), " "),
    (_MARK_BEFORE_WORD, r"\1 "),
)
"""The rule for one space between words, none at the ends."""
wide_letters = substitution((_WIDE_LETTERS, lambda match: unicodedata.normalize("NFKC", match[0])))
"""The rule that makes full-width letters, digits and signs ASCII, as in ＡＩ and １０％."""
leading_marks = substitution((_LEADING, ""))
"""The rule that removes marks at the very beginning."""


def narrow_marks(text: str) -> Iterator[Replacement]:
    """Make half-width marks beside Chinese full width; remove the full stop of "AI.基建"."""
    for match in _NARROW_MARK.finditer(text):
        yield match.start(), match.end(), _WIDE[match[0]]
    for match in _STOP.finditer(text):
        stray = _ACRONYM.search(text, max(0, match.start() - 8), match.start()) and match.end() < len(text)
        yield match.start(), match.end(), "" if stray else "。"


def spaces_beside(text: str) -> Iterator[Replacement]:
    """Remove single spaces between Han characters and beside full-width marks.

    In mostly Chinese text also between Han characters and Latin words: "聊 AI 这件事" is "聊AI这件事",
    since a line holds only sixteen characters.
    """
    patterns = [_BEFORE_MARK, _BETWEEN_CJK]
    if len(_HAN.findall(text)) >= len(_LATIN_WORD.findall(text)):
        patterns.append(_BESIDE_LATIN)
    places = {match.start() for pattern in patterns for match in pattern.finditer(text)}
    return ((place, place + 1, "") for place in sorted(places))


def marks(text: str) -> Iterator[Replacement]:
    """Of several marks in a row keep the strongest (？ over ！ over 。 over ； ： ， 、).

    It is full width if one of them was. "...", "……", "?!" and ".," stay. A half-width mark after a space, at
    the beginning of what follows, is ignored.
    """
    for match in _MARKS.finditer(text):
        groups = match[0].split()
        if len(groups) > 1 and _STRAY.fullmatch(groups[-1]) and not _STRAY.fullmatch(groups[0]):
            groups.pop()
        run = "".join(groups)
        if any(mark in "，。？！、；：" for mark in run):
            strongest = max(run, key=_STRENGTH.index)
            yield match.start(), match.end(), _WIDE.get(strongest, strongest)
        elif set(run) != {"."} and (len(set(run)) == 1 or run != match[0]):
            yield match.start(), match.end(), max(run, key=_STRENGTH.index)


def joint(above: str, text: str) -> str:
    """The separator of two consecutive texts: a space only if neither is Chinese."""
    return "" if _BESIDE_CJK.search(above[-1:] + text[:1]) else " "
