"""`align plot` from the command line to its files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from align.cli.main import main
from align.result.alignment_json import dump
from tests.folders import files_in
from tests.results import sample


def plotted(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["plot", *arguments])
    told = capsys.readouterr()
    return int(ended.value.code or 0), told.out, told.err


def written(folder: Path) -> str:
    path = folder / "livestream.alignment.json"
    path.write_text(dump(sample()), "utf-8")
    return str(path)


def test_six_files_come_beside_the_alignment(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = plotted([written(tmp_path)], capsys)
    assert (code, out) == (0, "")
    assert [Path(line).name for line in err.splitlines() if line.startswith(str(tmp_path))] == [
        "livestream.timeline.png", "livestream.timeline.svg", "livestream.speakers.png",
        "livestream.speakers.svg", "livestream.reading-speed.png", "livestream.reading-speed.svg",
    ]  # fmt: skip
    assert len(files_in(tmp_path)) == 7


def test_json_names_the_files_and_the_form_can_be_chosen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [written(tmp_path), "-o", str(tmp_path / "new"), "--to", "svg", "--json", "-q"]
    code, out, err = plotted(given, capsys)
    document = json.loads(out)
    assert (code, err, document["ok"]) == (0, "", True)
    assert document["files"] == [str(path) for path in map(Path, document["files"]) if path.is_file()]
    assert len(document["files"]) == 3


@pytest.mark.parametrize(("given", "code"), [(["--to", "gif"], 2), (["--fps", "5"], 2)])
def test_what_does_not_go_is_told(
    given: list[str], code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert plotted([written(tmp_path), *given], capsys)[0] == code


def test_an_unusable_file_is_exit_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert plotted([str(tmp_path / "none.alignment.json")], capsys)[0] == 3
