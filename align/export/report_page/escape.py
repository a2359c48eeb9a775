"""Text from outside made safe to show on a page: escaped, shortened, without invisible control characters."""

from __future__ import annotations

import re

from markupsafe import Markup

LONGEST = 1500
"""Characters of one text on the page; three minutes of fast speech."""

NAME = 80
"""Characters of a name."""

_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Invisible characters that change how others are shown: direction marks, line separators, controls."""

_NAMED_CONTROL = Markup('<i class="control" title="a character without a shape of its own">{}</i>')
_CUT = Markup(' <i class="cut" lang="en" dir="ltr">… {} more characters</i>')


def shown(text: str, longest: int = LONGEST) -> Markup:
    """HTML of a text: at most `longest` characters and the number of the rest, invisible characters named."""
    parts, position = [Markup()], 0
    kept = text[:longest]
    for match in _CONTROL.finditer(kept):
        parts += [Markup.escape(kept[position : match.start()]), _NAMED_CONTROL.format(_named(match[0]))]
        position = match.end()
    return Markup().join([*parts, Markup.escape(kept[position:]), cut(text, longest)])


def cut(text: str, longest: int = LONGEST) -> Markup:
    """HTML of how much of a text is not shown; empty if all of it is."""
    return _CUT.format(f"{len(text) - longest:,}") if len(text) > longest else Markup()


def plain(text: str, longest: int = LONGEST) -> str:
    """The text as `shown` has it but without markup, for titles."""
    kept = _CONTROL.sub(lambda match: f"[{_named(match[0])}]", text[:longest])
    return kept if len(text) <= longest else f"{kept}…"


def _named(character: str) -> str:
    return f"U+{ord(character):04X}"
