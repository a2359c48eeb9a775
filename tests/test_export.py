"""Which files a result becomes, and that they are the same from the document as from the run."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.errors import InputError, UsageError
from align.export import check_folder, outputs, safe_name, write_all
from align.result import load
from align.subtitles.rules import CueOptions
from align.values import Alignment, Span
from tests.results import sample

TRACKS = ("zh.srt", "en.srt", "zh-en.srt", "zh.vtt", "en.vtt", "zh-en.vtt", "zh-en.ass")
REPORTS = ("mismatches.json", "mismatches.csv", "mismatches.html")


def names(paths: tuple[Path, ...]) -> list[str]:
    return [path.name for path in paths]


def test_a_mandarin_result_with_english_becomes_eleven_files(tmp_path: Path) -> None:
    assert outputs(sample()) == ("alignment.json", *TRACKS, *REPORTS)
    written = write_all(sample(), tmp_path / "out", ["all"], CueOptions())
    assert names(written) == [f"livestream.{ending}" for ending in outputs(sample())]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(names(written))


def test_the_language_of_the_transcript_comes_first() -> None:
    english = replace(sample(), language="en", second_language="zh")
    assert [e for e in outputs(english) if e.endswith("srt")] == ["en.srt", "zh.srt", "en-zh.srt"]


@pytest.mark.parametrize("second", [None, "zh"])
def test_without_a_second_language_there_is_one_track(second: str | None) -> None:
    endings = outputs(replace(sample(), second_language=second))
    assert endings == ("alignment.json", "zh.srt", "zh.vtt", "zh.ass", *REPORTS)


@pytest.mark.parametrize(
    ("kinds", "endings"),
    [
        (["zh-en.srt"], ["zh-en.srt"]),
        (["vtt"], ["zh.vtt", "en.vtt", "zh-en.vtt"]),
        (["json", "alignment.json"], ["alignment.json", "mismatches.json"]),
        (["html", "ass", "csv"], ["zh-en.ass", "mismatches.csv", "mismatches.html"]),
    ],
)
def test_a_word_chooses_the_files_that_end_so(tmp_path: Path, kinds: list[str], endings: list[str]) -> None:
    written = write_all(sample(), tmp_path, kinds, CueOptions())
    assert names(written) == [f"livestream.{ending}" for ending in endings]


def test_a_kind_that_does_not_exist_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(
        UsageError, match=r'"docx" is no file of this result; choose from all, srt, .*zh-en\.srt'
    ):
        write_all(sample(), tmp_path, ["srt", "docx"], CueOptions())
    assert not list(tmp_path.iterdir())


def test_each_track_shows_its_own_language(tmp_path: Path) -> None:
    write_all(sample(), tmp_path, ["srt"], CueOptions())
    texts = {ending: (tmp_path / f"livestream.{ending}").read_text("utf-8") for ending in TRACKS[:3]}
    shows = {ending: ("好hello" in text, "This is English line 1." in text) for ending, text in texts.items()}
    assert shows == {"zh.srt": (True, False), "en.srt": (False, True), "zh-en.srt": (True, True)}


def test_files_from_the_document_are_the_files_of_the_run(tmp_path: Path) -> None:
    result = sample()
    unrounded = replace(
        result,
        alignment=Alignment(result.alignment.tokens, (Span(1 / 3, 2 / 3),)),
        phrases=tuple(
            replace(p, span=Span(p.span.start + 1 / 7000, p.span.end + 1 / 7000)) for p in result.phrases
        ),
        mismatches=tuple(replace(m, score=2 / 3) for m in result.mismatches),
    )
    first = write_all(unrounded, tmp_path / "run", ["all"], CueOptions())
    again = write_all(load(first[0]), tmp_path / "later", ["all"], CueOptions())
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]


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
