"""Write the transcript with times as a Word document, through python-docx."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from align.core.types import Result
from align.core.xml import legal
from align.export.formats.txt import blocks_of
from align.subtitles.options import CueOptions

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of each part in the archive, the first that ZIP has: python-docx would write today's."""
_HAN_FONT = "Microsoft YaHei"
_GREY = (0x80, 0x80, 0x80)
_INDENT = 12
"""Points by which the second language is set in."""


def docx(result: Result, languages: Sequence[str], options: CueOptions) -> bytes:
    """The paragraphs of the plain text under a title; times and names are grey, the second language set in.

    The same result makes the same bytes.

    Args:
        languages: of the result; in two, the second is a paragraph of its own below the first.
    """
    import docx as word

    document = word.Document()
    document.core_properties.title = legal(result.name)[:255]
    document.core_properties.author = "align"
    document.core_properties.comments = ""
    _set_han_font(document)
    document.add_heading(legal(result.name), level=1)
    for head, (first, *others) in blocks_of(result, languages, options):
        paragraph = document.add_paragraph()
        paragraph.add_run(legal(head)).font.color.rgb = word.shared.RGBColor(*_GREY)
        paragraph.add_run(legal(first))
        for other in others:
            paragraph.paragraph_format.keep_with_next = True
            paragraph = document.add_paragraph(legal(other))
            paragraph.paragraph_format.left_indent = word.shared.Pt(_INDENT)
    return _without_dates(document)


def _set_han_font(document: Any) -> None:
    """Name a font for Han characters, since Word's default for them is a Japanese one."""
    from docx.oxml.ns import qn

    fonts = document.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), _HAN_FONT)


def _without_dates(document: Any) -> bytes:
    """The document as a file, with one date for all its parts."""
    written, dated = io.BytesIO(), io.BytesIO()
    document.save(dated)
    with zipfile.ZipFile(dated) as source, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            target.writestr(
                zipfile.ZipInfo(part.filename, _EPOCH), source.read(part), compress_type=zipfile.ZIP_DEFLATED
            )
    return written.getvalue()
