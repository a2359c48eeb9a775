"""Text from outside as a page may show it: escaped, of bearable length, and without power over its line."""

from __future__ import annotations

import re

from markupsafe import Markup

LONGEST = 1500
"""Characters of one text on the page; three minutes of fast speech."""

NAME = 80
"""Characters of a name."""

_POWER = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
"""What has no shape of its own and changes how others are shown: marks of direction, lines and controls."""

_POWERLESS = Markup('<i class="control" title="a character without a shape of its own">{}</i>')
_CUT = Markup(' <i class="cut" lang="en" dir="ltr">… {} more characters</i>')


def shown(text: str, longest: int = LONGEST) -> Markup:
    """HTML of a text: its beginning when it is too long, with invisible characters named.

    Args:
        text: any.
        longest: characters that are shown; the number of the rest is shown.
    """
    parts, position = [Markup()], 0
    kept = text[:longest]
    for match in _POWER.finditer(kept):
        parts += [Markup.escape(kept[position : match.start()]), _POWERLESS.format(_named(match[0]))]
        position = match.end()
    return Markup().join([*parts, Markup.escape(kept[position:]), cut(text, longest)])


def cut(text: str, longest: int = LONGEST) -> Markup:
    """What tells how much of a text is not shown, nothing when all of it is."""
    return _CUT.format(f"{len(text) - longest:,}") if len(text) > longest else Markup()


def plain(text: str, longest: int = LONGEST) -> str:
    """The same without mark-up, for titles."""
    kept = _POWER.sub(lambda match: f"[{_named(match[0])}]", text[:longest])
    return kept if len(text) <= longest else f"{kept}…"


def _named(character: str) -> str:
    return f"U+{ord(character):04X}"
