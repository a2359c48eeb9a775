"""Plain text: a line is a paragraph, except where prose was wrapped at a margin."""

from __future__ import annotations

import re
from collections.abc import Iterable

from align.transcript.paragraphs import Paragraph

_NEWLINE = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_MARGIN = 50
"""Characters; a line at least as long may have been broken at a margin."""


def read_plain(text: str) -> list[Paragraph]:
    """Paragraphs of a text file; blank lines are none."""
    lines = (Paragraph(line.strip(), number) for number, line in enumerate(_NEWLINE.split(text), 1))
    return unwrap(lines)


def unwrap(lines: Iterable[Paragraph]) -> list[Paragraph]:
    """Join a line to the long line directly above it when it goes on in lower case there.

    A word that a hyphen breaks at the margin keeps its hyphen.
    """
    paragraphs: list[Paragraph] = []
    above: Paragraph | None = None
    for line in lines:
        if above and paragraphs and _goes_on(above, line):
            joint = "" if above.text.endswith("-") else " "
            last = paragraphs[-1]
            paragraphs[-1] = Paragraph(last.text + joint + line.text, last.line, last.speaker, last.heading)
        elif line.text:
            paragraphs.append(line)
        above = line
    return paragraphs


def _goes_on(above: Paragraph, line: Paragraph) -> bool:
    long = len(above.text) >= _MARGIN and above.text[-1] not in ".!?:;。！？：；"
    return long and line.line - above.line <= 1 and line.text[:1].islower() and not line.heading
