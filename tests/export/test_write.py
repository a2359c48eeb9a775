"""Which files a result becomes, and that they are the same from the document as from the run."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.core.errors import InputError, UsageError
from align.core.types import Result
from align.core.written_files import safe_name
from align.export.options import FileOptions
from align.export.outputs import outputs
from align.export.write import check_folder, write_all
from align.result.alignment_json import load
from align.subtitles.options import CueOptions
from tests.folders import files_in
from tests.results import sample

TRACKS = ("zh.srt", "en.srt", "zh-en.srt", "zh.vtt", "en.vtt", "zh-en.vtt", "zh-en.ass")
REPORTS = ("mismatches.json", "mismatches.csv", "mismatches.html")


OTHERS = (
    *("zh.ttml", "en.ttml", "zh-en.ttml", "zh.bcc", "en.bcc"),
    *("zh.karaoke.vtt", "zh-en.karaoke.vtt", "zh-en.karaoke.ass"),
    *("zh.txt", "en.txt", "zh-en.txt", "zh.docx", "en.docx", "zh-en.docx"),
    *("words.json", "words.csv", "TextGrid"),
    *("mismatches.edl", "mismatches.xml", "mismatches.fcpxml", "mismatches.ass", "mismatches.labels.txt"),
)


def endings_of(result: Result) -> tuple[str, ...]:
    return tuple(output.ending for output in outputs(result, CueOptions(), FileOptions()))


def usual(result: Result) -> tuple[str, ...]:
    found = outputs(result, CueOptions(), FileOptions())
    return tuple(output.ending for output in found if "usual" in output.kinds)


def names(paths: tuple[Path, ...]) -> list[str]:
    return [path.name for path in paths]


def test_a_mandarin_result_with_english_becomes_eleven_files(tmp_path: Path) -> None:
    assert usual(sample()) == ("alignment.json", *TRACKS, *REPORTS)
    written = write_all(sample(), tmp_path / "out", ["usual"], CueOptions())
    assert names(written) == [f"livestream.{ending}" for ending in usual(sample())]
    assert list(files_in(tmp_path / "out")) == sorted(names(written))


def test_all_are_the_usual_ones_and_those_for_single_programs(tmp_path: Path) -> None:
    written = write_all(sample(), tmp_path, ["all"], CueOptions())
    assert names(written) == [f"livestream.{e}" for e in ("alignment.json", *TRACKS, *REPORTS, *OTHERS)]


def test_the_language_of_the_transcript_comes_first() -> None:
    english = replace(sample(), language="en", second_language="zh")
    assert [e for e in endings_of(english) if e.endswith("srt")] == ["en.srt", "zh.srt", "en-zh.srt"]


@pytest.mark.parametrize("second", [None, "zh"])
def test_without_a_second_language_there_is_one_track(second: str | None) -> None:
    endings = usual(replace(sample(), second_language=second))
    assert endings == ("alignment.json", "zh.srt", "zh.vtt", "zh.ass", *REPORTS)


@pytest.mark.parametrize(
    ("kinds", "endings"),
    [
        (["zh-en.srt"], ["zh-en.srt"]),
        (["vtt"], ["zh.vtt", "en.vtt", "zh-en.vtt"]),
        (["json", "alignment.json"], ["alignment.json", "mismatches.json"]),
        (["html", "ass", "csv"], ["zh-en.ass", "mismatches.csv", "mismatches.html"]),
        (["bcc", "en.ttml"], ["en.ttml", "zh.bcc", "en.bcc"]),
        (["karaoke"], ["zh.karaoke.vtt", "zh-en.karaoke.vtt", "zh-en.karaoke.ass"]),
        (["words", "textgrid"], ["words.json", "words.csv", "TextGrid"]),
        (["markers"], list(OTHERS[-5:])),
        (["xml", "edl"], ["mismatches.edl", "mismatches.xml"]),
    ],
)
def test_a_word_chooses_its_files(tmp_path: Path, kinds: list[str], endings: list[str]) -> None:
    written = write_all(sample(), tmp_path, kinds, CueOptions())
    assert names(written) == [f"livestream.{ending}" for ending in endings]


def test_a_kind_that_does_not_exist_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(
        UsageError, match=r'this result has no file "fr\.srt"; choose from usual, all, srt, .*zh-en\.srt'
    ):
        write_all(sample(), tmp_path, ["srt", "fr.srt"], CueOptions())
    assert not list(tmp_path.iterdir())


def test_each_track_shows_its_own_language(tmp_path: Path) -> None:
    write_all(sample(), tmp_path, ["srt"], CueOptions())
    texts = {ending: (tmp_path / f"livestream.{ending}").read_text("utf-8") for ending in TRACKS[:3]}
    shows = {ending: ("好hello" in text, "This is English line 1." in text) for ending, text in texts.items()}
    assert shows == {"zh.srt": (True, False), "en.srt": (False, True), "zh-en.srt": (True, True)}


def test_files_from_the_document_are_the_files_of_the_run(tmp_path: Path) -> None:
    first = write_all(sample(), tmp_path / "run", ["all"], CueOptions())
    again = write_all(load(first[0]), tmp_path / "later", ["all"], CueOptions())
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]


def test_windows_gets_its_ends_of_lines_and_a_mark_where_programs_want_them(tmp_path: Path) -> None:
    files = FileOptions(bom=True, crlf=True)
    for path in write_all(sample(), tmp_path, ["all"], CueOptions(), files):
        content = path.read_bytes()
        if path.suffix == ".docx" or path.name.endswith(".labels.txt"):
            continue
        marked = path.suffix in (".srt", ".vtt", ".ass", ".txt", ".csv")
        assert content.startswith(b"\xef\xbb\xbf") is marked, path.name
        assert content.count(b"\xef\xbb\xbf") == marked
        windows = marked or path.suffix in (".edl", ".TextGrid")
        assert content.count(b"\n") == (content.count(b"\r\n") if windows else content.count(b"\n"))
        assert (b"\r" in content) is windows, path.name


def test_an_offset_moves_what_goes_on_the_timeline_and_nothing_else(tmp_path: Path) -> None:
    still = {p.name: p.read_bytes() for p in write_all(sample(), tmp_path / "0", ["all"], CueOptions())}
    later = FileOptions(offset=10.0)
    moved = {
        p.name: p.read_bytes() for p in write_all(sample(), tmp_path / "10", ["all"], CueOptions(), later)
    }
    same = {name.removeprefix("livestream.") for name in still if still[name] == moved[name]}
    assert same == {
        "alignment.json",
        "mismatches.json",
        "mismatches.html",
        "TextGrid",
        "mismatches.labels.txt",
    }
    assert b"1\n00:00:10,000 --> " in moved["livestream.zh.srt"]
    assert b"01:00:22:00" in moved["livestream.mismatches.edl"]


def test_a_timeline_that_begins_elsewhere_moves_the_markers_alone(tmp_path: Path) -> None:
    still = {p.name: p.read_bytes() for p in write_all(sample(), tmp_path / "0", ["all"], CueOptions())}
    files = FileOptions(timeline_start=25 * 7200)
    moved = {
        p.name: p.read_bytes() for p in write_all(sample(), tmp_path / "2", ["all"], CueOptions(), files)
    }
    changed = {name.removeprefix("livestream.") for name in still if still[name] != moved[name]}
    assert changed == {"mismatches.edl", "mismatches.xml", "mismatches.fcpxml"}
    assert b"02:00:12:00" in moved["livestream.mismatches.edl"]


def test_a_folder_that_can_be_written_is_made(tmp_path: Path) -> None:
    check_folder(tmp_path / "new" / "folder")
    assert list((tmp_path / "new" / "folder").iterdir()) == []


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(InputError, match=r"out: cannot be written \(.*\); choose another folder with -o"):
        check_folder(tmp_path / "out")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("第一次直播 (1)", "第一次直播 (1)"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ('a:b*c?"d', "a_b_c__d"),
        ("", "_"),
        ("...", "_"),
        ("NUL", "_NUL"),
        ("con.final", "_con.final"),
        ("a\nb", "a_b"),
        ("字" * 100, "字" * 66),
    ],
)
def test_a_name_is_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_any_name_is_a_file_name_that_stays_as_it_is(name: str) -> None:
    safe = safe_name(name)
    assert 0 < len(os.fsencode(safe)) <= 201
    assert Path("folder", f"{safe}.srt").parent == Path("folder")
    assert safe_name(safe) == safe
