"""Sounds and words that fill a pause: they are spoken, but nobody wants to read them.

呃 is always removed, and so is 嗯 unless it asks (嗯？). 啊, 哦, 唉 and the like are removed where they stand
alone between punctuation; after a word they are particles of the sentence ("好啊") and stay. 那个, 这个 and
就是 are removed only between two commas. English ones are in english_speech.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from align.pronounce.sound_key import HAN
from align.transcript.text_edits import Replacement, substitution

_MARK = "，。！？、；：,.!?;:…"
_FILLERS = (
    re.compile(r"(?<!打)呃(?!逆)(?:呃|啊(?=[，。、]))*|嗯+(?![嗯？?哼])"),
    re.compile(rf"(?:(?<=[{_MARK}])|^)[啊哦噢喔唉哎诶欸额]+(?=[，。、,])"),
    re.compile(r"(?<=，)(?:那个|这个|就是说?)(?=，)"),
)
repeated_particles = substitution((re.compile(r"(?<=[^\W\d_])啊(?=啊)(?:啊(?=啊))*"), ""))
"""The rule that shows a repeated particle, as in 好啊啊, once."""
_LETTER = re.compile(rf"(?![{HAN}\u3041-\u30ff])[^\W_]")
_INSIDE_WORD = re.compile(r"['’&＆‐‑.．,:/-]")


def fillers(text: str) -> Iterator[Replacement]:
    """Remove fillers; a space replaces one between two Latin words."""
    end = 0
    matches = (match for pattern in _FILLERS for match in pattern.finditer(text))
    for match in sorted(matches, key=lambda match: match.start()):
        if match.start() >= end:
            end = match.end()
            yield match.start(), end, gap(text, match.start(), end)


def gap(text: str, start: int, end: int) -> str:
    """What separates the words around a removed stretch: a space between two that are not Chinese."""
    beside = text[max(0, start - 1) : start], text[end : end + 1]
    letters = sum(_LETTER.fullmatch(character) is not None for character in beside)
    marks = sum(_INSIDE_WORD.fullmatch(character) is not None for character in beside)
    return " " if letters and letters + marks == len(beside) else ""
