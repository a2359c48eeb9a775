"""Plain text: a line is a paragraph, except where prose was wrapped at a margin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

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
    groups: list[list[Paragraph]] = []
    above: Paragraph | None = None
    for line in lines:
        if above and groups and _goes_on(above, line):
            groups[-1].append(line)
        elif line.text:
            groups.append([line])
        above = line
    return [replace(group[0], text=_joined(group)) for group in groups]


def _joined(lines: Sequence[Paragraph]) -> str:
    """The text of lines that are one paragraph."""
    parts = [line.text if line.text.endswith("-") else f"{line.text} " for line in lines[:-1]]
    return "".join((*parts, lines[-1].text))


def _goes_on(above: Paragraph, line: Paragraph) -> bool:
    long = len(above.text) >= _MARGIN and above.text[-1] not in ".!?:;。！？：；"
    return long and line.line - above.line <= 1 and line.text[:1].islower() and not line.heading
