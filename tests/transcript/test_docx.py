"""Word documents: tables, comments, tracked changes."""

from __future__ import annotations

import io
from pathlib import Path

import docx
from docx.oxml import parse_xml

from tests.transcript.formats import ENGLISH, TWO, read, said

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _document(document: object) -> bytes:
    content = io.BytesIO()
    document.save(content)  # type: ignore[attr-defined]
    return content.getvalue()


def test_a_table_in_word_is_read_by_rows(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("会议记录")
    table = document.add_table(4, 3)
    rows = [("时间", "说话人", "内容"), *(("00:01", name, text) for name, text in TWO)]
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    assert said(read(tmp_path, "a.docx", _document(document)))[-3:] == TWO


def test_word_with_names_times_and_texts_in_one_paragraph(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Call-20240301_100000-Meeting Recording\nMarch 1, 2024, 10:00AM\n35m 12s")
    for (name, text), time in zip(ENGLISH, ("0:03", "0:09", "1:02:11"), strict=True):
        paragraph = document.add_paragraph()
        paragraph.add_run(name).bold = True
        paragraph.add_run(f"   {time}\n{text}")
    assert said(read(tmp_path, "a.docx", _document(document))) == ENGLISH


def test_comments_and_tracked_changes_in_word(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Ann: Good ")
    paragraph._p.append(parse_xml(f'<w:ins xmlns:w="{W}"><w:r><w:t>morning.</w:t></w:r></w:ins>'))
    paragraph._p.append(parse_xml(f'<w:del xmlns:w="{W}"><w:r><w:delText>night.</w:delText></w:r></w:del>'))
    paragraph._p.append(parse_xml(f'<w:r xmlns:w="{W}"><w:commentReference w:id="0"/></w:r>'))
    document.add_paragraph("Bob: Thanks.")
    assert said(read(tmp_path, "a.docx", _document(document))) == [
        ("Ann", "Good morning."),
        ("Bob", "Thanks."),
    ]
