"""Sounds and words that fill a pause: they are spoken, and nobody wants to read them.

呃 always goes, and so does 嗯 unless it asks (嗯？). 啊, 哦, 唉 and the like go where they stand alone
between marks; behind a word they are particles of the sentence ("好啊") and stay. 那个, 这个 and 就是 go only
between two commas. um, uh, erm and hmm go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from align.pronounce.sound_key import HAN
from align.transcript.text_edits import Found

_MARK = "，。！？、；：,.!?;:…"
_HESITATION = re.compile(r"(?<!打)呃(?!逆)(?:呃|啊(?=[，。、]))*|嗯+(?![嗯？?哼])")
_ALONE = re.compile(rf"(?:(?<=[{_MARK}])|^)[啊哦噢喔唉哎诶欸额]+(?=[，。、,])")
_PARTICLE = re.compile(r"(?<=[^\W\d_])啊(?=啊)(?:啊(?=啊))*")
_BETWEEN_COMMAS = re.compile(r"(?<=，)(?:那个|这个|就是说?)(?=，)")
_LATIN = re.compile(r"(?<![A-Za-z0-9À-ɏ'’-])(?:[Uu]m+|[Uu]h+m?|[Ee]rm+|[Hh]mm+)(?![A-Za-z0-9À-ɏ'’-])")
_LETTER = re.compile(rf"(?![{HAN}\u3041-\u30ff])[^\W_]")
_JOINING = re.compile(r"['’&＆‐‑.．,:/-]")
"""Marks inside of words and numbers."""


def fillers(text: str) -> Iterator[Found]:
    """Fillers go; a space takes their place between two Latin words, which would run into one."""
    found = [
        match
        for pattern in (_HESITATION, _ALONE, _BETWEEN_COMMAS, _LATIN)
        for match in pattern.finditer(text)
    ]
    end = 0
    for match in sorted(found, key=lambda match: match.start()):
        if match.start() >= end:
            end = match.end()
            yield match.start(), end, gap(text, match.start(), end)


def drawn_out(text: str) -> Iterator[Found]:
    """A particle that is said twice, as in 好啊啊, is shown once."""
    return ((match.start(), match.end(), "") for match in _PARTICLE.finditer(text))


def gap(text: str, start: int, end: int) -> str:
    """What keeps the words around a stretch apart when it goes: a space between two that are not Chinese."""
    beside = text[max(0, start - 1) : start], text[end : end + 1]
    letters = sum(_LETTER.fullmatch(one) is not None for one in beside)
    marks = sum(_JOINING.fullmatch(one) is not None for one in beside)
    return " " if letters and letters + marks == len(beside) else ""
