"""Jobs stay inside the folder of -o, and out of each other's files; only those that do not are failed."""

from __future__ import annotations

from pathlib import Path

import pytest

from align.batch.apart import kept_apart
from align.batch.job import RecordingJob
from tests.batch.jobs import job


def faults(jobs: tuple[RecordingJob, ...]) -> list[bool]:
    return [bool(one.fault) for one in jobs]


@pytest.mark.parametrize("folder", ["../..", "../outside", "sub/../../x", "/", "link"])
def test_a_folder_that_is_not_below_is_refused_alone(tmp_path: Path, folder: str) -> None:
    home = tmp_path / "in" / "out"
    home.mkdir(parents=True)
    (home / "link").symlink_to(tmp_path)
    jobs = kept_apart([job(1, "a.wav", home / folder), job(2, "b.wav", home / "sub" / ".." / "x")], str(home))
    assert faults(jobs) == [True, False]
    assert "is not below -o; name a folder below it in the column 'out'" in jobs[0].fault


def test_the_same_for_folders_elsewhere() -> None:
    home = "memory://show/out"
    places = [
        f"{home}/sub",
        f"{home}/../x",
        "memory://other/out",
        "/elsewhere",
        "memory://show/outside",
        home,
    ]
    jobs = kept_apart([job(k, f"{k}.wav", place) for k, place in enumerate(places)], home)
    assert faults(jobs) == [False, True, True, True, True, False]
    assert faults(kept_apart([job(1, "a.wav", "memory://x/out")], "out")) == [True]


def test_those_that_would_write_the_same_files_are_failed_and_no_others(tmp_path: Path) -> None:
    out = tmp_path / "out"
    names = ["talk.flac", "talk.wav", "Talk.mp3", "other.wav"]
    made = [job(k, tmp_path / name, out) for k, name in enumerate(names, 1)]
    jobs = kept_apart([*made, job(5, tmp_path / "talk.ogg", out / "sub")], str(out))
    assert faults(jobs) == [True, True, True, False, False]
    assert f"into talk.* in {out}, and so would {tmp_path / 'talk.wav'}, " in jobs[0].fault
    assert f"and so would {tmp_path / 'talk.flac'}, {tmp_path / 'Talk.mp3'}; rename one" in jobs[1].fault


def test_one_that_cannot_be_begun_is_in_nobodys_way(tmp_path: Path) -> None:
    bad = RecordingJob(1, "talk.flac", "", str(tmp_path), job(1, "x").options, "has no transcript")
    assert kept_apart([bad, job(2, "talk.wav", tmp_path)], str(tmp_path))[1].fault == ""


def test_a_transcript_of_one_is_spared_by_the_other(tmp_path: Path) -> None:
    for name in ("talk.wav", "talk.wav.txt", "talk.zh.wav", "talk.zh.wav.txt", "talk.zh.srt", "x.srt"):
        (tmp_path / name).write_text(name)
    (tmp_path / "talk.zh.srt").unlink()
    (tmp_path / "talk.zh.srt").hardlink_to(tmp_path / "talk.zh.wav.txt")
    jobs = [job(k, tmp_path / name, tmp_path) for k, name in enumerate(("talk.wav", "talk.zh.wav"), 1)]
    spared = kept_apart(jobs, str(tmp_path))[0].spared
    assert str(tmp_path / "talk.zh.srt") in spared
    assert str(tmp_path / "x.srt") not in spared
