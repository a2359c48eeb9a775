"""The examples do what they say: the notebook, a part of a list for each task, the check of what changed."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Talk

BASH_ALONE = pytest.mark.skipif(os.name == "nt", reason="a script for bash")


def test_the_notebook_runs_from_top_to_bottom(talk: Talk, done: Path, tmp_path: Path) -> None:
    """Its parameters are replaced, and the installation is left out."""
    cells = json.loads((ROOT / "examples" / "demo.ipynb").read_text("utf-8"))["cells"]
    lines = []
    for cell in cells:
        tags = cell["metadata"].get("tags", [])
        if "parameters" in tags:
            lines += ["from pathlib import Path"]
            paths = {"audio": talk.audio, "transcript": talk.transcript, "folder": tmp_path}
            lines += [f"{name} = Path({str(path)!r})" for name, path in paths.items()]
        elif cell["cell_type"] == "code" and "install" not in tags:
            lines += "".join(cell["source"]).splitlines()
    ran = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)],
        env=dict(talk.environment),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert "陈倩" in ran.stdout
    assert (tmp_path / "talk.zh.srt").read_bytes() == (done / "talk.zh.srt").read_bytes()
    assert all(not cell.get("outputs") for cell in cells)


@pytest.fixture
def fake_align(tmp_path: Path) -> dict[str, str]:
    """An environment in which `align` writes its arguments, a line each, and fails when told to."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "align"
    script.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >>{tmp_path}/called\n', "utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"}


@BASH_ALONE
def test_each_line_of_a_list_is_in_the_part_of_one_task(fake_align: dict[str, str], tmp_path: Path) -> None:
    lines = [f"ep{k}.wav,ep{k}.txt" for k in range(10)]
    listed = tmp_path / "shows.csv"
    listed.write_text("\n".join(["audio,transcript", *lines]) + "\n", "utf-8")
    for task in range(16):
        subprocess.run(
            ["bash", ROOT / "examples" / "slurm" / "batch.sh", listed, tmp_path / "out"],
            env=fake_align | {"SLURM_ARRAY_TASK_ID": str(task), "SLURM_ARRAY_TASK_COUNT": "16"},
            check=True,
        )
    parts = [path.read_text("utf-8").splitlines() for path in tmp_path.glob("shows.part-*.csv")]
    assert {part[0] for part in parts} == {"audio,transcript"}
    assert sorted(line for part in parts for line in part[1:]) == lines
    assert (tmp_path / "called").read_text("utf-8").count("batch\n") == len(lines)  # none for an empty part


@BASH_ALONE
def test_only_subtitles_that_changed_are_checked(fake_align: dict[str, str], tmp_path: Path) -> None:
    repository = tmp_path / "repository"
    repository.mkdir()

    def git(*words: str) -> str:
        own = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        return subprocess.run(
            ["git", *own, *words], cwd=repository, capture_output=True, text=True, check=True
        ).stdout.strip()

    git("init", "-q")
    for name in ("old.srt", "gone.srt"):
        (repository / name).write_text("1\n", "utf-8")
    git("add", ".")
    git("commit", "-qm", "before")
    base = git("rev-parse", "HEAD")
    (repository / "gone.srt").unlink()
    for name in ("new one.srt", "page.html"):
        (repository / name).write_text("2\n", "utf-8")
    git("add", "-A")
    git("commit", "-qm", "after")
    called = tmp_path / "called"
    for given, files in ((base, ["new one.srt"]), ("", ["new one.srt", "old.srt"])):
        called.unlink(missing_ok=True)
        environment = fake_align | {"BASE": given, "PROFILE": "youtube"}
        subprocess.run(
            ["bash", ROOT / "scripts" / "check_changed"], cwd=repository, env=environment, check=True
        )
        words = called.read_text("utf-8").splitlines()
        assert words[:3] == ["check", "--profile", "youtube"]
        assert words[words.index("--") + 1 :] == files
