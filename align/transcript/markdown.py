"""Markdown: its text as it is read aloud.

Headings are kept as headings (labels decide), quotes, lists, tables and links give their text; code
blocks, comments, tags, pictures and addresses behind links are left out. Lines indented by four are
text here, since people indent paragraphs; `inline code` is text, since it is spoken.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from align.transcript.paragraphs import Paragraph
from align.transcript.plain import unwrap

if TYPE_CHECKING:
    from markdown_it.token import Token

_SPOKEN = frozenset({"text", "code_inline"})
_BREAKS = frozenset({"softbreak", "hardbreak"})


def read_markdown(text: str) -> list[Paragraph]:
    """Paragraphs of a Markdown text; a line break inside a paragraph begins another."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table").disable(["code", "html_block"])
    blocks = parser.parse(_without_comments(_without_front_matter(text)))
    lines: list[Paragraph] = []
    for above, block in pairwise(blocks):
        if block.type == "inline":
            lines += _lines(block, heading=above.type == "heading_open")
    return unwrap(lines)


def _lines(block: Token, *, heading: bool) -> list[Paragraph]:
    first = block.map[0] + 1 if block.map else 1
    texts = _spoken(block.children or []).split("\n")
    return [
        Paragraph(text.strip(), number, heading=heading)
        for number, text in enumerate(texts, first)
        if text.strip()
    ]


def _spoken(children: Sequence[Token]) -> str:
    return "".join(
        "\n" if child.type in _BREAKS else child.content.replace("**", "") if child.type in _SPOKEN else ""
        for child in children
    )


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
