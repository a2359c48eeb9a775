"""Alignments made from plain text, and text that breaks careless readers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from align.core.types import Alignment, Cue, Span, TimedToken, Token, Track, Turn

HOSTILE = (
    "<v Bob>a & b <3 a<b",
    "{\\an8}花括号 C:\\new \\N 好",
    "--> 箭头",
    "42",
    "- 减号",
    "Tom & Jerry",
    "👨‍👩‍👧 你好 🇨🇳",
    "مرحبا بالعالم",
    "x" * 200,
    "<i>斜体</i> &amp; &lt;好",
    "好 {y:i} 好",
    "NOTE 这",
    "第一行\n\n1\n00:00:01,000 --> 00:00:02,000\n假的",
    "\ufeff零\x00宽\ud800",
    "\u2060",
)


def track_of(texts: Sequence[str], languages: tuple[str, ...] = ("zh",)) -> Track:
    """A cue every three seconds, each with one of `texts` as it is, in the first language."""
    rest = ((),) * (len(languages) - 1)
    return Track(
        languages, tuple(Cue(Span(3 * n, 3 * n + 2), ((t,), *rest), None) for n, t in enumerate(texts))
    )


def aligned(
    turns: Sequence[Turn], seconds: float = 0.2, pauses: dict[str, float] | None = None, unspoken: str = ""
) -> Alignment:
    """Each Han character or Latin word of `turns` in `seconds`, one after the other from 0.

    Args:
        pauses: seconds of silence after each mark.
        unspoken: tokens that no audio owns.
    """
    time, tokens = 0.0, []
    for number, turn in enumerate(turns):
        for match in re.finditer(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+", turn.text):
            text = match.group()
            token = Token(text, text.lower(), number, *match.span())
            spoken = text not in unspoken.split()
            tokens.append(TimedToken(token, Span(time, time + seconds) if spoken else None, 1.0))
            time += (seconds if spoken else 0) + (pauses or {}).get(turn.text[match.end() :][:1], 0.0)
    return Alignment(tuple(tokens), ())
