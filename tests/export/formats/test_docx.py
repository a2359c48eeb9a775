from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import docx as word
from hypothesis import given, settings

from align.core.types import Result
from align.export.formats.docx import docx
from align.subtitles.options import CueOptions
from align.transcript.cleaning.apply_rules import Cleaning
from align.transcript.read import read_transcript
from tests.export.formats.test_txt import TURNS, result
from tests.results import results


def paragraphs(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in word.Document(io.BytesIO(content)).paragraphs]


def test_python_docx_reads_times_names_and_both_languages() -> None:
    assert paragraphs(docx(result(), ("zh", "en"), CueOptions())) == [
        "livestream",
        "[00:00:00] 陈倩：大家好，我们 <x>开始</x> & 说 {x}。",
        "Hello.",
        "[00:01:50] Ethan：好的 \\X 42 --> 开始吧。",
    ]


def test_align_reads_it_again(tmp_path: Path) -> None:
    path = tmp_path / "talk.docx"
    path.write_bytes(docx(result(), ("zh",), CueOptions()))
    read = read_transcript(path, Cleaning("off")).turns
    assert [(turn.speaker, turn.text) for turn in read] == [(turn.speaker, turn.text) for turn in TURNS]


def test_the_bytes_do_not_depend_on_the_day() -> None:
    content = docx(result(), ("zh",), CueOptions())
    assert content == docx(result(), ("zh",), CueOptions())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert word.Document(io.BytesIO(content)).core_properties.title == "livestream"


@settings(max_examples=15, deadline=None)
@given(results())
def test_any_text_and_any_name_make_a_document(made: Result) -> None:
    assert paragraphs(docx(replace(made, name="\x00\uffffa"), ("zh", "en"), CueOptions()))[0] == "a"
