"""Tidy the text that the viewer reads; words are never altered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from align.pronounce.sound import HAN

_CJK = HAN + "\u3000-\u303f\u3040-\u30ff\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
_INVISIBLE = re.compile(
    "[\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
    "|[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]"
    "|(?<=[\x00-\u02ff\u3000-\u9fff])[\u200c\u200d]|[\u200c\u200d](?=[\x00-\u02ff\u3000-\u9fff])"
)
"""Zero-width and control characters; joiners stay inside emoji and inside words of scripts that need them."""
_SPACES = re.compile(r"\s+")
_BETWEEN_CJK = re.compile(f"(?<=[{_CJK}]) (?=[{_CJK}])")
_BESIDE_CJK = re.compile(f"[{_CJK}]")
_BEFORE_MARK = re.compile(r" (?=[，。？！、；：])|(?<=[，。？！、；：]) | (?=[,.?!;:](?:\s|$))")
_STRENGTH = "、,，:：;；.。!！?？"
_WIDE = dict(zip(",:;.!?", "，：；。！？", strict=True))
_MARKS = re.compile(r"[，。？！、；：,.?!;:](?:\s*(?:[，。？！、；：,?!;:]|\.(?!\d)))+")
_LEADING = re.compile(r"^(?:[，。、；：！？,;:!?\s]|\.(?![\w.]))+")


def tidy(text: str) -> str:
    """One line: single spaces, none between Han characters or beside full-width marks, one mark in a row.

    Of several marks in a row the strongest stays (？ over ！ over 。 over ； ： ， 、), full width where
    one of them was. Marks at the very beginning go. "...", "……", "?!" and ".," stay as they are.
    """
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()
    text = _MARKS.sub(_strongest, text)
    text = _BEFORE_MARK.sub("", text)
    text = _BETWEEN_CJK.sub("", text)
    return _LEADING.sub("", text)


def join(texts: Sequence[str]) -> str:
    """Tidy text of tidy texts that follow each other: with a space only between two that are not Chinese."""
    pieces = list(texts[:1])
    for above, text in pairwise(texts):
        pieces += ["" if _BESIDE_CJK.search(above[-1:] + text[:1]) else " ", text]
    return tidy("".join(pieces))


def _strongest(run: re.Match[str]) -> str:
    marks = "".join(run[0].split())
    wide = any(mark in "，。？！、；：" for mark in marks)
    if not wide and (set(marks) == {"."} or (len(set(marks)) > 1 and marks == run[0])):
        return run[0]
    mark = max(marks, key=_STRENGTH.index)
    return _WIDE.get(mark, mark) if wide else mark
