"""Keep text from being read as markup, where a format or one of its readers has no way to escape it.

Such a character is written in its full-width form, which looks alike: nothing is added and nothing left out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace

from align.core.types import Track

LOOK_ALIKES = {ord(sign): ord(sign) + 0xFEE0 for sign in "{}<>&\\:"}
"""Each sign that may be markup and its full-width form, for `str.translate`."""
BRACES = {code: LOOK_ALIKES[code] for code in map(ord, "{}")}
"""Many readers take text in braces for an ASS command and do not show it."""

_BREAK = re.compile(r"\\(?=[Nnh])")
_TIME = re.compile(r"\d:\d{1,2}[.,]\d")
_ARROW = re.compile("(?<=--)>")
_TAG = re.compile("<(?=[a-zA-Z0-9/!?])")
_ENTITY = re.compile("&(?=[#a-zA-Z])")


def unmarked(line: str) -> str:
    """`line` without what readers of SRT and of WebVTT take for markup though it is not.

    Braces, the backslash of `\\N` and, in a line with two times, which pysubs2 takes for those of a cue,
    their colons become full-width.
    """
    line = _BREAK.sub(_full_width, line.translate(BRACES))
    return _TIME.sub(_full_width, line) if len(_TIME.findall(line)) > 1 else line


def unescaped(line: str) -> str:
    """The same for a format without escapes: also the `>` of `-->` and what begins a tag or an entity."""
    line = _TAG.sub(_full_width, _ARROW.sub(_full_width, unmarked(line)))
    return _ENTITY.sub(_full_width, line) if html.unescape(line) != line else line


def _full_width(match: re.Match[str]) -> str:
    return match[0].translate(LOOK_ALIKES)


def with_lines(track: Track, change: Callable[[str], str]) -> Track:
    """The track with every line of its cues changed."""
    return replace(
        track,
        cues=tuple(
            replace(cue, lines=tuple(tuple(map(change, lines)) for lines in cue.lines)) for cue in track.cues
        ),
    )
