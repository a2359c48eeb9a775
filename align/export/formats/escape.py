"""Keep text from being taken for markup, where a format or one of its readers has no way to escape it."""

from __future__ import annotations

import html
import re

INVISIBLE = "\u2060"
"""A word joiner: it parts two characters for a program and changes nothing for the eye."""
BRACES = str.maketrans({"{": "｛", "}": "｝"})
"""Many readers take what stands in braces for a command of ASS and show nothing of it."""

_PARTED = re.compile(r"--(?=>)|\\(?=[Nnh])|\d(?=:\d{1,2}[.,]\d)")
"""Arrows, line breaks of ASS, and times, of which two in a line make pysubs2 take it for those of a cue."""
_TAG = re.compile("<(?=[a-zA-Z0-9/!?])")
_ENTITY = re.compile("&(?=[#a-zA-Z])")


def unmarked(line: str) -> str:
    """`line` without what readers of SRT and of WebVTT take for markup though it is not.

    Braces become full-width ones; an invisible character parts `-->`, `\\N` and 0:00:00.0, and stands before
    a line of digits, which some readers take for the next cue's number.
    """
    line = _PARTED.sub(rf"\g<0>{INVISIBLE}", line.translate(BRACES))
    return INVISIBLE + line if line.isdigit() else line


def unescaped(line: str) -> str:
    """The same for a format that has no escapes: nor is there a tag, an entity, or a hyphen to begin with."""
    line = _TAG.sub(rf"\g<0>{INVISIBLE}", unmarked(line))
    if html.unescape(line) != line:
        line = _ENTITY.sub(rf"\g<0>{INVISIBLE}", line)
    return INVISIBLE + line if line.startswith("-") else line
