"""Plain text: a line is a paragraph, except where text was wrapped at a margin."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from align.transcript.line_forms import Form, line_forms
from align.transcript.lines import Line
from align.transcript.speaker_names import PERSON
from align.transcript.stamps import stamp_at

_NEWLINE = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_HEADING = re.compile(
    r"#{1,6}\s+\S|([-=~—])\1+\s*(?![a-z])[^-=~—.!?。！？].{0,60}?[^-=~—.!?。！？]\s*\1{2,}\s*$"
)
"""A heading of Markdown, or a title between rules, such as --- Part One ---."""
_NUMBERED = re.compile(r"\s{0,12}(\d{1,2})(?:\s{1,12}|$)")
_MARGIN = 50
"""Characters; a line at least as long may have been broken at a margin."""
_NARROWEST, _WIDEST = 24, 130
"""Columns of a page; a Han character takes two."""
_RAGGED = 0.85
"""Share of the margin that a line in Chinese reaches, since marks and words in Latin letters hang over."""
_FULL = 0.6
"""Share of the lines that must reach the margin for a text to be wrapped at it."""
_MARKED = 0.5
"""Share of these that end in a mark above which they are verses or sentences."""
_ENDS = ".!?:;。！？：；…"
_SPACED_ENDS = ".!?:;。！？：；"


def split_lines(text: str) -> list[str]:
    """The lines of a text, however they end: LF, CR LF or CR alone."""
    return _NEWLINE.split(text)


def read_plain(text: str) -> list[Line]:
    """Paragraphs of a text file; blank lines are none."""
    lines = [Line(line.strip(), number) for number, line in enumerate(_without_numbers(split_lines(text)), 1)]
    lines = [replace(line, heading=True) if _HEADING.match(line.text) else line for line in lines]
    return unwrap(lines)


def _without_numbers(lines: list[str]) -> list[str]:
    """Lines without the numbers 1 to 25 at the margin of a court reporter's page."""
    numbers = [int(match[1]) if (match := _NUMBERED.match(line)) else None for line in lines if line.strip()]
    known = [number for number in numbers if number is not None]
    steps = sum(later in (earlier + 1, 1) for earlier, later in pairwise(known))
    if len(known) < 10 or len(known) < 0.8 * len(numbers) or steps < 0.9 * (len(known) - 1):
        return lines
    return [_NUMBERED.sub("", line, count=1) for line in lines]


def unwrap(lines: Iterable[Line]) -> list[Line]:
    """Join the lines that a program broke at a margin; blank ones are left out.

    A margin is where the next word, or Han character, would not have had room in most lines. Where there is
    none, a long line goes on in one directly below it that begins in lower case. A word that a hyphen breaks
    keeps its hyphen.
    """
    given = list(lines)
    heads = [line for line in given if line.text and _is_head(line)]
    margin = _margin(given, frozenset(line.number for line in heads))
    numbers = frozenset(line.number for line in heads) if margin else frozenset()
    labels = (
        Counter(
            each.name
            for line in given
            if line.text
            for each in line_forms(line).candidates
            if each.form is Form.COLON
        )
        if margin
        else Counter()
    )
    groups: list[list[Line]] = []
    above: Line | None = None
    for line in given:
        if (
            above
            and groups
            and above.text
            and line.text
            and _goes_on(above, line, margin, labels)
            and not {above.number, line.number} & numbers
        ):
            groups[-1].append(line)
        elif line.text:
            groups.append([line])
        above = line
    return [replace(group[0], text=_joined(group)) for group in groups]


def _is_head(line: Line) -> bool:
    """Whether a line begins or is a label with a time, so that it is not a part of another."""
    forms = line_forms(line)
    timed = (Form.TIMED, Form.AFTER_TIME, Form.ARROWS)
    return bool(forms.lead) or any(each.form in timed for each in forms.candidates)


@dataclass(frozen=True, slots=True)
class _Margin:
    """Where lines end, in columns or in characters."""

    place: int
    measure: Callable[[str], int]


def display_width(text: str) -> int:
    """Columns that a text takes, two for a Han character."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _is_full(above: str, below: str, margin: _Margin) -> bool:
    """Whether the beginning of the next line would not have had room."""
    if unicodedata.east_asian_width(below[0]) in "WF":
        return margin.measure(above) >= _RAGGED * margin.place
    return margin.measure(above) + 1 + len(below.split(maxsplit=1)[0]) > margin.place


def _margin(lines: Sequence[Line], heads: frozenset[int]) -> _Margin | None:
    """Where the text was wrapped, None where it was not."""
    pairs = [
        (above.text, below.text)
        for above, below in pairwise(lines)
        if above.text and below.text and below.number - above.number == 1
        if not above.heading and not below.heading and not {above.number, below.number} & heads
    ]
    if len(pairs) < 3:
        return None
    for measure in (display_width, len):
        lengths = sorted(measure(above) for above, _ in pairs)
        margin = _Margin(lengths[-1 - len(lengths) // 50], measure)
        full = [above for above, below in pairs if _is_full(above, below, margin)]
        columns = sorted(display_width(above) for above, _ in pairs)[-1 - len(lengths) // 50]
        marked = sum(above[-1] in _ENDS for above in full)
        if (
            _NARROWEST <= columns <= _WIDEST
            and len(full) >= _FULL * len(pairs)
            and marked <= _MARKED * len(full)
        ):
            return margin
    return None


def _goes_on(above: Line, line: Line, margin: _Margin | None, labels: Counter[str | None]) -> bool:
    """Whether `line` is the rest of the line above it."""
    if line.number - above.number > 1 or line.heading or above.heading:
        return False
    if not margin:
        return len(above.text) >= _MARGIN and above.text[-1] not in _SPACED_ENDS and line.text[0].islower()
    if (
        not _is_full(above.text, line.text, margin)
        or stamp_at(line.text, 0)
        or line.text.startswith(("-", ">>", "•"))
    ):
        return False
    names = [each for each in line_forms(line).candidates if each.form is Form.COLON]
    return not any(labels[each.name] > 1 or each.quality >= PERSON for each in names)


def _joined(lines: Sequence[Line]) -> str:
    """The text of lines that are one paragraph."""
    text = lines[0].text
    for line in lines[1:]:
        both = text[-1] + line.text[0]
        tight = text.endswith("-") or all(unicodedata.east_asian_width(char) in "WF" for char in both)
        text += line.text if tight else f" {line.text}"
    return text
