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
from align.transcript.lines import Line
from align.transcript.tables import columns_of, table_lines

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _TABLE, _ROW, _CELL = _W + "p", _W + "tbl", _W + "tr", _W + "tc"
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


def read_word(data: bytes, path: Path) -> list[Line]:
    """Paragraphs of a document, counted as Word does; a line break inside one begins another.

    A table with a column of text beside times or speakers is read by rows. python-docx gives the package and
    the styles; the text is taken from the XML, since its own `Paragraph.text` loses insertions under review,
    fields and text boxes.

    Raises:
        InputError: the archive or the XML in it is damaged, or it unpacks to more than any text needs.
    """
    import docx

    _check_room(data, path)
    try:
        document = docx.Document(io.BytesIO(data))
    except Exception as error:  # python-docx lets through whatever zipfile and lxml raise
        raise InputError(path, f"is a damaged Word document ({error}); save it again in Word") from error
    headings = {
        style.style_id for style in document.styles if (style.name or "").casefold().startswith(_HEADINGS)
    }
    body = document.element.body
    numbers = {element: number for number, element in enumerate(body.iter(_PARAGRAPH), 1)}
    lines: list[Line] = []
    in_tables: set[Any] = set()
    for element, number in numbers.items():
        if element in in_tables or any(above.tag in _GONE for above in element.iterancestors()):
            continue
        table = next(element.iterancestors(_TABLE), None)
        if table is not None and (rows := _table(table, numbers)):
            lines += rows
            in_tables |= set(table.iter(_PARAGRAPH))
            continue
        heading = element.style in headings
        pieces = list(_pieces(element))
        bold = 0
        for text, is_bold in pieces:
            if text.strip() and not is_bold:
                break
            bold += len(text)
        for text in "".join(text for text, _ in pieces).split("\n"):
            if text.strip():
                lead = max(0, min(len(text.rstrip()), bold) - (len(text) - len(text.lstrip())))
                lines.append(Line(text.strip(), number, heading=heading, bold=lead))
            bold -= len(text) + 1
    return lines


def _table(table: Any, numbers: dict[Any, int]) -> list[Line]:
    """The rows of a table that is a transcript, none for another."""
    rows, places = [], []
    for row in table.iter(_ROW):
        if next(row.iterancestors(_TABLE)) is table:
            paragraphs = [list(cell.iter(_PARAGRAPH)) for cell in row.iter(_CELL)]
            texts = [
                "\n".join("".join(text for text, _ in _pieces(paragraph)) for paragraph in cell)
                for cell in paragraphs
            ]
            if any(text.strip() for text in texts):
                rows.append(texts)
                places.append(next(numbers[paragraph] for cell in paragraphs for paragraph in cell))
    columns = columns_of(rows) if len(rows) > 1 else None
    return table_lines(rows, places, columns) if columns else []


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


def _pieces(element: Any, bold: bool = False) -> Iterator[tuple[str, bool]]:
    """Text of one paragraph and whether it is bold, without that of paragraphs (in text boxes) inside it."""
    for child in element:
        if child.tag == _W + "t":
            yield child.text or "", bold
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag], bold
        elif child.tag == _W + "r":
            mark = child.find(f"{_W}rPr/{_W}b")
            yield from _pieces(child, mark is not None and mark.get(_W + "val") not in ("0", "false"))
        elif child.tag not in _GONE and child.tag not in (_PARAGRAPH, _W + "pPr", _W + "rPr"):
            yield from _pieces(child, bold)
