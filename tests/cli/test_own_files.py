"""No command loses a file that the user gave it, made or edited; a command that is run again just runs."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from align.cli.main import main
from tests.conftest import Command, Talk
from tests.folders import files_in


@pytest.fixture
def mine(talk: Talk, done: Path, tmp_path: Path) -> Path:
    """A folder with the recording, its transcript under two names, and all that a run has made of it."""
    shutil.copytree(done, tmp_path, dirs_exist_ok=True)
    for path in (talk.audio, talk.transcript):
        shutil.copy(path, tmp_path)
    return tmp_path


def refused(arguments: Sequence[object], capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as end:
        main([*map(str, arguments), "-q"])
    assert end.value.code == 3
    return capsys.readouterr().err


def done_well(arguments: Sequence[object]) -> None:
    with pytest.raises(SystemExit) as end:
        main([*map(str, arguments), "-q"])
    assert end.value.code == 0


@pytest.mark.parametrize("overwrite", [[], ["--overwrite"]])
@pytest.mark.parametrize("read", ["transcript", "translation", "profile"])
def test_run_refuses_to_write_over_what_it_reads(
    talk: Talk, tmp_path: Path, capsys: pytest.CaptureFixture[str], overwrite: list[str], read: str
) -> None:
    """The languages of a run, and so the names of its files, are known before any model is looked for."""
    audio, text = shutil.copy(talk.audio, tmp_path), shutil.copy(talk.transcript, tmp_path)
    given = {
        "transcript": (Path("talk.zh.srt"), "TEXT --no-translate"),
        "translation": (Path("talk.en.srt"), f"{text} --translation-backend file --translation TEXT"),
        "profile": (Path("talk.zh.ass"), f"{text} --no-translate --profile TEXT"),
    }
    name, arguments = given[read]
    source = tmp_path / name
    content = 'like = "netflix-zh"\n' if read == "profile" else Path(text).read_text("utf-8")
    source.write_text(content, "utf-8")
    source = source.rename(tmp_path / "profile.toml") if read == "profile" else source
    if read == "profile":
        (tmp_path / name).symlink_to(source)
    told = refused(
        ["run", audio, *arguments.replace("TEXT", str(source)).split(), "-o", tmp_path, *overwrite], capsys
    )
    assert f"{tmp_path / name}: is read by this command and would be overwritten; choose another" in told
    assert source.read_text("utf-8") == content
    assert not (tmp_path / "talk.alignment.json").exists()


def test_every_command_goes_on_writing_over_its_own_files(align: Command, mine: Path) -> None:
    alignment, audio, text = mine / "talk.alignment.json", mine / "talk.wav", mine / "talk.txt"
    for arguments in (
        ["run", audio, text, "-o", mine, "--no-translate"],
        ["clean", text],
        ["clean", text, "--clean", "off"],
        ["export", alignment, "--to", "all"],
        ["export", alignment, "--to", "all", "--labels", "off"],
        ["speakers", alignment, "--rename", "陈倩=Qian"],
        ["speakers", alignment, "--rename", "Qian=陈倩"],
        ["retime", alignment, text, "--no-translate"],
        ["batch", mine, "-o", mine / "out", "--no-translate"],
        ["batch", mine, "-o", mine / "out", "--no-translate", "--fresh"],
        ["run", audio, text, "-o", mine, "--no-translate"],
    ):
        ran = align(*arguments, "-q")
        assert ran.returncode == 0, (arguments, ran.stderr)


@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("export ALIGNMENT", "talk.zh.srt"),
        ("speakers ALIGNMENT --rename 陈倩=Qian", "talk.mismatches.csv"),
        ("retime ALIGNMENT TEXT --no-translate", "talk.zh.vtt"),
        ("run AUDIO TEXT --no-translate -o FOLDER", "talk.zh.ass"),
        ("clean TEXT", "talk.clean.txt"),
        ("plot ALIGNMENT --to svg", "talk.speakers.svg"),
        ("batch FOLDER/list.csv -o FOLDER", "batch.json"),
    ],
)
def test_an_edited_file_is_kept_until_overwrite_is_said(
    mine: Path, capsys: pytest.CaptureFixture[str], command: str, name: str
) -> None:
    (mine / "list.csv").write_text("audio,transcript\nno.wav,no.txt\n", "utf-8")
    named = {"ALIGNMENT": "talk.alignment.json", "TEXT": "talk.txt", "AUDIO": "talk.wav", "FOLDER": "."}
    for word, file in named.items():
        command = command.replace(word, str(mine / file))
    (mine / name).write_bytes(b"edited by hand")
    before = files_in(mine)
    assert "; move it, choose another folder with -o, or replace it with --overwrite" in refused(
        command.split(), capsys
    ).replace("so it would be lost;", ";")
    assert files_in(mine) == before
    if not command.startswith(("run", "retime", "batch")):
        done_well([*command.split(), "--overwrite"])
        assert (mine / name).read_bytes() != b"edited by hand"


def test_in_a_batch_that_recording_alone_fails(align: Command, mine: Path) -> None:
    for name in ("other.wav", "other.txt"):
        shutil.copy(mine / f"talk{Path(name).suffix}", mine / name)
    out = mine / "out"
    out.mkdir()
    (out / "talk.zh.srt").write_bytes(b"mine")
    (out / "talk.clean.txt").write_bytes(b"another")
    ran = align("batch", mine, "-o", out, "--no-translate", "-q")
    assert ran.returncode == 3
    assert (out / "talk.zh.srt").read_bytes() == b"mine"
    assert (out / "other.zh.srt").exists()
    again = align("batch", mine, "-o", out, "--no-translate", "-q", "--overwrite")
    assert again.returncode == 0, again.stderr
    assert (out / "talk.zh.srt").read_bytes() == (out / "other.zh.srt").read_bytes()
