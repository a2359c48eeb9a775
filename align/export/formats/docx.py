"""Write the transcript with times as a Word document, through python-docx."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from align.core.types import Result
from align.core.xml import legal
from align.export.formats.txt import blocks_of
from align.subtitles.options import CueOptions

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of each part in the archive, the earliest in ZIP; python-docx would write today's."""
_HAN_FONT = "Microsoft YaHei"
"""Word's default for Han characters is a Japanese font."""
_GREY = (0x80, 0x80, 0x80)
_INDENT = 12
"""Points by which the second language is indented."""


def docx(result: Result, languages: Sequence[str], options: CueOptions) -> bytes:
    """The paragraphs of the plain text under a title; times and names are grey, the second language indented.

    The same result gives the same bytes.

    Args:
        languages: of the result; if two, the second is a paragraph of its own below the first.
    """
    import docx as word
    from docx.oxml.ns import qn

    document = word.Document()
    document.core_properties.title = legal(result.name)[:255]
    document.core_properties.author = "align"
    document.core_properties.comments = ""
    fonts = document.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), _HAN_FONT)
    document.add_heading(legal(result.name), level=1)
    for head, (first, *others) in blocks_of(result, languages, options):
        paragraph = document.add_paragraph()
        paragraph.add_run(legal(head)).font.color.rgb = word.shared.RGBColor(*_GREY)
        paragraph.add_run(legal(first))
        for other in others:
            paragraph.paragraph_format.keep_with_next = True
            paragraph = document.add_paragraph(legal(other))
            paragraph.paragraph_format.left_indent = word.shared.Pt(_INDENT)
    dated, undated = io.BytesIO(), io.BytesIO()
    document.save(dated)
    with zipfile.ZipFile(dated) as source, zipfile.ZipFile(undated, "w") as target:
        for part in source.infolist():
            info = zipfile.ZipInfo(part.filename, _EPOCH)
            target.writestr(info, source.read(part), compress_type=zipfile.ZIP_DEFLATED)
    return undated.getvalue()
