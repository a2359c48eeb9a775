"""`align batch` on a folder and a list: all that can be done is done, once, and one document tells of it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from align.cli.main import main
from tests.conftest import Command, Talk
from tests.folders import files_in


def test_two_good_recordings_and_a_bad_one(talk: Talk, align: Command, done: Path, tmp_path: Path) -> None:
    shows, out = tmp_path / "shows", tmp_path / "out"
    for name in ("talk", "later/talk", "bad"):
        (shows / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(talk.audio, shows / f"{name}.wav")
        shutil.copy(talk.transcript, shows / f"{name}.txt")
    (shows / "bad.wav").write_bytes(b"no sound")
    ran = align("batch", shows, "-o", out, "--jobs", 2, "--no-translate", "--json")
    document = json.loads(ran.stdout)
    assert ran.returncode == document["exit_code"] == 3
    assert json.loads((out / "batch.json").read_text("utf-8")) == document
    assert [(Path(row["audio"]).parent.name, row["ok"]) for row in document["results"]] == [
        ("shows", False), ("later", True), ("shows", True)
    ]  # fmt: skip
    assert "bad.wav: is not a recording" in document["results"][0]["error"]
    assert "Traceback" not in ran.stderr
    for folder in (out, out / "later"):
        assert files_in(done).items() <= files_in(folder).items()

    (shows / "bad.wav").unlink()
    ran = align("batch", shows, "-o", out, "--no-translate", "-q")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    assert json.loads((out / "batch.json").read_text("utf-8"))["unchanged"] == 2


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["no.csv"], 3, "no.csv: there is no such file"),
        ([".", "--gpus", "0.5"], 2, "--gpus works only with Ray; add --engine ray"),
        ([".", "--jobs", "0"], 2, "0 is not in the range x>=1"),
        ([".", "--speakers", "none"], 2, "speakers cannot be 'none'"),
        ([".", "--to", "stl"], 2, 'unknown kind of file "stl"'),
        (["."], 3, "names no recording"),
    ],
)
def test_what_makes_no_sense_is_told_before_any_work(
    arguments: list[str],
    code: int,
    sentence: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as end:
        main(["batch", *arguments, "-o", "out"])
    assert end.value.code == code
    assert sentence in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
