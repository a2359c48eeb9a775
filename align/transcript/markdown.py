"""Markdown: its text as it is read aloud.

Headings are kept as headings (labels decide), quotes, lists, tables and links give their text, tables of
times or speakers by their rows; code
blocks, comments, tags, pictures and addresses behind links are left out. Lines indented by four are
text here, since people indent paragraphs; `inline code` is text, since it is spoken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from align.transcript.lines import HEADER, Line
from align.transcript.plain import unwrap
from align.transcript.tables import columns_of, table_lines
from align.transcript.unspoken import is_sentence

if TYPE_CHECKING:
    from markdown_it.token import Token

_SPOKEN = frozenset({"text", "code_inline"})
_SPOKEN_CELLS = 0.2
"""Share of a table's cells that must be sentences for them to be speech."""
_BREAKS = frozenset({"softbreak", "hardbreak"})


def read_markdown(text: str) -> list[Line]:
    """Paragraphs of a Markdown text; a line break inside a paragraph begins another."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table").disable(["code", "html_block"])
    blocks = parser.parse(_without_comments(_without_front_matter(text)))
    lines: list[Line] = []
    rows: list[list[Token]] = []
    for above, block in pairwise(blocks):
        if block.type == "tr_open":
            rows.append([])
        elif block.type == "inline" and above.type in ("td_open", "th_open"):
            rows[-1].append(block)
        elif block.type == "inline":
            lines += _lines(block, heading=above.type == "heading_open")
        if block.type == "table_close":
            lines += _table(rows)
            rows = []
    return unwrap(lines)


def _table(rows: Sequence[Sequence[Token]]) -> list[Line]:
    """A transcript's table by its rows, any other by its cells, which are no speech if few are sentences."""
    texts = [["".join(_spoken(cell.children or [])[0]) for cell in row] for row in rows]
    columns = columns_of(texts)
    cells = [line for row in rows for cell in row for line in _lines(cell, heading=False)]
    is_spoken = sum(is_sentence(line.text) for line in cells) > _SPOKEN_CELLS * len(cells)
    if columns and (is_spoken or columns.header or columns.times):
        return table_lines(texts, [row[0].map[0] + 1 if row and row[0].map else 1 for row in rows], columns)
    return cells if is_spoken else [replace(line, excluded=HEADER) for line in cells]


def _lines(block: Token, *, heading: bool) -> list[Line]:
    first = block.map[0] + 1 if block.map else 1
    text, bold = _spoken(block.children or [])
    lines = []
    for number, (part, is_bold) in enumerate(zip(text, bold, strict=True), first):
        if part.strip():
            lines.append(Line(part.strip(), number, heading=heading, bold=is_bold))
    return lines


def _spoken(children: Sequence[Token]) -> tuple[list[str], list[int]]:
    """The lines of a block, and how many characters at the start of each are emphasised."""
    lines, bold, depth, is_start = [""], [0], 0, True
    for child in children:
        if child.type in _BREAKS:
            lines.append("")
            bold.append(0)
            is_start = True
        elif child.type in ("strong_open", "strong_close", "em_open", "em_close"):
            depth += 1 if child.type.endswith("_open") else -1
        elif child.type in _SPOKEN:
            text = child.content.replace("**", "")
            lines[-1] += text
            is_start = is_start and (depth > 0 or not text.strip())
            bold[-1] += len(text) if is_start else 0
    return lines, bold


def _without_comments(text: str) -> str:
    """`text` with its comments emptied, so that the lines keep their numbers; one without an end is none."""
    kept, end = [], 0
    while (start := text.find("<!--", end)) >= 0 and (closed := text.find("-->", start + 4)) >= 0:
        kept += [text[end:start], "\n" * text.count("\n", start, closed)]
        end = closed + 3
    return "".join((*kept, text[end:]))


def _without_front_matter(text: str) -> str:
    """`text` with the lines of a YAML head emptied, so that the others keep their numbers."""
    lines = text.split("\n")
    if lines[0].strip() != "---":
        return text
    end = next((number for number, line in enumerate(lines[1:], 1) if line.strip() in ("---", "...")), 0)
    return "\n" * (end + 1) + "\n".join(lines[end + 1 :]) if end else text
