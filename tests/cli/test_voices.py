"""`align voices` from the command line; tests/speakers/test_enrolled_voices.py tests enrolling itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from align.cli.main import main
from align.speakers.enrolled_voices import EnrolledVoice, write_voices
from align.speakers.voiceprint import SIZE


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "voices.json"
    monkeypatch.setenv("ALIGN_VOICES", str(path))
    return path


def run(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["voices", *arguments])
    told = capsys.readouterr()
    return int(ended.value.code or 0), told.out, told.err


def voice(name: str, *axes: float) -> EnrolledVoice:
    return EnrolledVoice(name, 21.5, "clip.wav", "0" * 64, (*axes, *[0.0] * (SIZE - len(axes))))


def test_nothing_is_enrolled_until_somebody_does(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(["list"], capsys)
    assert code == 0
    assert "No voice is enrolled; `align voices enroll NAME CLIP` does that." in out
    assert not store.exists()


def test_voices_are_listed_with_what_they_are_like_and_forgotten(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_voices(store, [voice("Ann", 1.0), voice("Bob", 0.6, 0.8)])
    code, out, _ = run(["list"], capsys)
    assert code == 0
    assert "Bob (0.60)" in out
    document = json.loads(run(["list", "--json"], capsys)[1])
    assert document["voices"][0]["alike"] == {"Bob": 0.6}
    code, _, err = run(["forget", "Ann"], capsys)
    assert (code, err.strip()) == (0, "Ann: forgotten; voices left: 1")
    assert [one["name"] for one in json.loads(run(["list", "--json"], capsys)[1])["voices"]] == ["Bob"]


def test_who_is_not_enrolled_cannot_be_forgotten(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(["forget", "Ann"], capsys)
    assert code == 2
    assert 'no voice is enrolled as "Ann"; enrolled voices: none' in err


def test_a_clip_that_is_not_there_and_a_name_that_is_none(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["enroll", "Ann", "none.wav"], capsys)[0] == 3
    code, _, err = run(["enroll", "好，好", "none.wav"], capsys)
    assert code == 2
    assert "cannot name a speaker" in err
