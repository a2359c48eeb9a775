"""Keep text from being read as markup, where a format or one of its readers has no way to escape it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace

from align.core.types import Track

INVISIBLE = "\u2060"
"""A word joiner: it separates two characters for a program and nobody sees it."""
BRACES = str.maketrans({"{": "｛", "}": "｝"})
"""Many readers take text in braces for an ASS command and do not show it."""

_SPLIT = re.compile(r"--(?=>)|\\(?=[Nnh])|\d(?=:\d{1,2}[.,]\d)")
"""Arrows, ASS line breaks, and times: pysubs2 takes a line with two of them for a cue's."""
_TAG = re.compile("<(?=[a-zA-Z0-9/!?])")
_ENTITY = re.compile("&(?=[#a-zA-Z])")


def unmarked(line: str) -> str:
    """`line` without what readers of SRT and of WebVTT take for markup though it is not.

    Braces become full-width ones; an invisible character splits `-->`, `\\N` and 0:00:00.0, and precedes
    a line of digits, which some readers take for the next cue's number.
    """
    line = _SPLIT.sub(rf"\g<0>{INVISIBLE}", line.translate(BRACES))
    return INVISIBLE + line if line.isdigit() else line


def unescaped(line: str) -> str:
    """The same for a format without escapes: also breaks tags and entities, and a hyphen at the start."""
    line = _TAG.sub(rf"\g<0>{INVISIBLE}", unmarked(line))
    if html.unescape(line) != line:
        line = _ENTITY.sub(rf"\g<0>{INVISIBLE}", line)
    return INVISIBLE + line if line.startswith("-") else line


def with_lines(track: Track, change: Callable[[str], str]) -> Track:
    """The track with every line of its cues changed."""
    return replace(
        track,
        cues=tuple(
            replace(cue, lines=tuple(tuple(map(change, lines)) for lines in cue.lines)) for cue in track.cues
        ),
    )
