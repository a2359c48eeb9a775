"""Word documents (DOCX): the text of the body, with its tables, links, fields and text boxes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from align.core.errors import InputError
from align.core.input_files import LARGEST, check_length
from align.transcript.paragraphs import Paragraph

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH = _W + "p"
_GONE = frozenset(
    {_W + "del", _W + "moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
"""Deleted text, text moved elsewhere, and the second copy of a text box for old readers."""
_BREAKS = {_W + "br": "\n", _W + "cr": "\n", _W + "tab": " ", _W + "noBreakHyphen": "-"}
_END, _LARGE_FORM = b"PK\5\6", b"PK\6\7"
_TAIL = (1 << 16) + 42
"""Bytes in which the end of an archive is looked for."""
_LONGEST_LIST = 4 * 2**20
"""Bytes; a list of 40 000 parts, each of which costs ten times as much memory."""
_MARKUP = 64 * 2**20
"""Bytes of all parts of a document but its pictures; read as XML they take up many times that."""
_HEADINGS = ("heading", "title", "subtitle", "toc")


def is_word(data: bytes) -> bool:
    """Whether it is a ZIP archive with the body of a Word document, and no endless list of parts."""
    if not data.startswith(b"PK") or _listed(data) > _LONGEST_LIST:
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "word/document.xml" in archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        # No archive, or one of a kind that no word processor writes: this question has an answer, no error.
        return False


def _listed(data: bytes) -> int:
    """Bytes that the list of an archive's parts takes up, the largest number that its end can be read as.

    An archive in the form for more than 4 GB counts as larger than any document.
    """
    tail = data[-_TAIL:]
    if _LARGE_FORM in tail:
        return len(data) + _LONGEST_LIST
    ends = [found.start() for found in re.finditer(re.escape(_END), tail)]
    return max((int.from_bytes(tail[at + 12 : at + 16], "little") for at in ends), default=0)


def read_word(data: bytes, path: Path) -> list[Paragraph]:
    """Paragraphs of a document, counted as Word does; a line break inside one begins another.

    python-docx gives the package and the styles; the text is taken from the XML, since its own
    `Paragraph.text` loses insertions under review, fields and text boxes.

    Raises:
        InputError: the archive or the XML in it is damaged, or it unpacks to more than any text needs.
    """
    import docx

    _check_room(data, path)
    try:
        document = docx.Document(io.BytesIO(data))
    except Exception as error:  # python-docx lets through whatever zipfile and lxml raise
        raise InputError(path, f"is a damaged Word document ({error}); save it again in Word") from error
    headings = {style.style_id for style in document.styles if _is_heading(style)}
    found: list[Paragraph] = []
    for number, element in enumerate(document.element.body.iter(_PARAGRAPH), 1):
        if not _is_gone(element):
            lines = "".join(_pieces(element)).split("\n")
            heading = element.style in headings
            found += [Paragraph(line.strip(), number, heading=heading) for line in lines if line.strip()]
    return found


def _check_room(data: bytes, path: Path) -> None:
    """Refuse what would fill the memory; no part unpacks to more than the size that the archive names.

    Raises:
        InputError: it is too large.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
    check_length(sum(part.file_size for part in parts), LARGEST, path)
    written = [part.file_size for part in parts if not part.filename.startswith("word/media/")]
    check_length(sum(written), _MARKUP, path)


def _is_heading(style: Any) -> bool:
    return (style.name or "").casefold().startswith(_HEADINGS)


def _is_gone(element: Any) -> bool:
    return any(above.tag in _GONE for above in element.iterancestors())


def _pieces(element: Any) -> Iterator[str]:
    """Text of one paragraph, without that of paragraphs (in text boxes) inside it."""
    for child in element:
        if child.tag == _W + "t":
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag not in _GONE and child.tag not in (_PARAGRAPH, _W + "pPr"):
            yield from _pieces(child)
