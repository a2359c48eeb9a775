"""`align speakers` from the command line to its files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from align.cli.main import main
from align.export.write import write_all
from align.result.alignment_json import load
from align.subtitles.options import CueOptions
from tests.folders import files_in
from tests.results import sample


@pytest.fixture
def alignment(tmp_path: Path) -> Path:
    (path,) = write_all(sample(), tmp_path, ["alignment.json"], CueOptions())
    return path


def run(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["speakers", *arguments])
    told = capsys.readouterr()
    return int(ended.value.code or 0), told.out, told.err


def test_speakers_are_listed_and_nothing_is_written(
    alignment: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = alignment.read_bytes()
    code, out, err = run([str(alignment)], capsys)
    assert (code, err) == (0, "")
    assert "陈倩" in out
    assert "Ethan" in out
    assert list(files_in(alignment.parent)) == [alignment.name]
    assert alignment.read_bytes() == before


def test_a_new_name_is_in_every_file(alignment: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run([str(alignment), "--rename", "Ethan=Ethan徐", "--to", "srt"], capsys)
    assert code == 0
    assert "livestream.zh-en.srt" in err
    assert "Ethan徐：" in (alignment.parent / "livestream.zh.srt").read_text("utf-8")
    assert {one.speaker for one in load(alignment).alignment.tokens} == {"陈倩", "Ethan徐", "Bruce"}


def test_merging_to_another_folder_as_one_document(
    alignment: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = alignment.read_bytes()
    out = tmp_path / "out"
    code, printed, _ = run(
        [str(alignment), "--merge", "Ethan=Bruce", "-o", str(out), "--to", "json", "--json"], capsys
    )
    document = json.loads(printed)
    assert code == 0
    assert [one["name"] for one in document["speakers"]] == ["陈倩", "Bruce"]
    assert document["files"][0] == str(out / "livestream.alignment.json")
    assert alignment.read_bytes() == before
    assert json.loads(run([str(alignment), "--json"], capsys)[1])["files"] == []


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["--rename", "Rob=Robert"], 'there is no speaker "Rob"'),
        (["--rename", "Ethan"], "does not name two speakers"),
        (["--merge", "Ethan=Rob"], 'there is no speaker "Rob"'),
        (["--rename", "Ethan=Bruce"], "use --merge"),
    ],
)
def test_what_makes_no_sense_is_exit_2_and_leaves_the_files(
    alignment: Path, capsys: pytest.CaptureFixture[str], options: list[str], problem: str
) -> None:
    before = alignment.read_bytes()
    code, _, err = run([str(alignment), *options], capsys)
    assert code == 2
    assert problem in err
    assert alignment.read_bytes() == before
