"""What is refused, and what the user says of a format."""

from __future__ import annotations

from pathlib import Path

import pytest

from align.core.errors import InputError
from align.transcript.read import Reading
from tests.transcript.formats import read, said


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        (
            "page.html",
            "<!DOCTYPE html><html><p>Hello</p></html>",
            "is a web page, which is not read; copy its text",
        ),
        ("old.smi", "<SAMI><BODY></BODY></SAMI>", "is a SAMI file, which is not read; save it as SRT"),
        ("frames.sub", "{0}{25}Hello there.\n{25}{50}Bye.\n", "is a MicroDVD file"),
        ("captions.scc", "Scenarist_SCC V1.0\n\n00:00:01:00\t9420", "is an SCC file"),
        ("package.json", '{"name": "align", "version": "1"}', "is JSON without the segments of a transcript"),
        ("broken.json", '{"segments": [', "is damaged JSON"),
        ("feed.xml", '<?xml version="1.0"?><rss><channel/></rss>', "is XML of another kind"),
        (
            "bomb.ttml",
            '<?xml version="1.0"?><!DOCTYPE tt [<!ENTITY a "b">]><tt>&a;</tt>',
            "entities of its own",
        ),
        ("numbers.csv", "a,b,c\n1,2,3\n4,5,6\n", "is a table without a column of text"),
        (
            "elan.eaf",
            '<?xml version="1.0"?>\n<ANNOTATION_DOCUMENT/>',
            "is an ELAN file; export it as TextGrid",
        ),
        (
            "polish.srt",
            "1\n00:00:01,000 --> 00:00:02,000\nDzień dobry, proszę państwa. Żółta łódź.\n".encode("cp1250"),
            "cannot be decoded",
        ),
        (
            "odt.odt",
            b"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.text",
            "is an OpenDocument file",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(
    tmp_path: Path, name: str, content: str | bytes, problem: str
) -> None:
    with pytest.raises(InputError, match=problem):
        read(tmp_path, name, content)


def test_western_letters_in_windows_1252_are_read(tmp_path: Path) -> None:
    text = "Où est le café ? “Très bien”, dit-elle à l’hôtel."
    assert said(read(tmp_path, "a.txt", text.encode("cp1252"))) == [(None, text)]


def test_the_user_names_the_speakers(tmp_path: Path) -> None:
    text = "grid: it is on.\nfirst point: power.\nann: hello.\nann: bye.\n"
    assert said(read(tmp_path, "a.txt", text, Reading(("Grid",)))) == [
        ("grid", "it is on."),
        ("grid", "first point: power."),
        ("grid", "ann: hello."),
        ("grid", "ann: bye."),
    ]
    assert {speaker for speaker, _ in said(read(tmp_path, "a.txt", text, Reading(labels=False)))} == {None}


def test_the_user_names_the_format_and_the_spoken_language(tmp_path: Path) -> None:
    text = "陈倩：大家好。\n00:00:01,000 --> 00:00:02,000\nHello.\n"
    assert said(read(tmp_path, "a.srt", text, Reading(format="txt")))[0] == ("陈倩", "大家好。")
    both = (
        "大家好，欢迎收听。\nHello and welcome.\n我们先聊电力。\nLet us talk about power.\n电力是瓶颈。"
        "\nPower is the bottleneck.\n"
    )
    document = read(tmp_path, "b.txt", both, Reading(language="en"))
    assert said(document)[0] == (None, "Hello and welcome.")
    assert document.translation[0] == "大家好，欢迎收听。"
