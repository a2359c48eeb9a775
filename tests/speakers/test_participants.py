"""The user's file of participants."""

from __future__ import annotations

from pathlib import Path

import pytest

from align.core.errors import InputError
from align.speakers.participants import read_participants


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "cast.txt"
    path.write_text(text, "utf-8")
    return path


def test_names_spellings_and_voices(tmp_path: Path) -> None:
    text = "\ufeff# who speaks\n陈倩\nBruce | Bruce刘 | 布鲁斯   # a guest\n\nSpeaker 3 = 任洋\n"
    participants = read_participants(written(tmp_path, text))
    assert participants.people == {"陈倩": (), "Bruce": ("Bruce刘", "布鲁斯"), "任洋": ()}
    assert participants.voices == {"Speaker 3": "任洋"}
    assert participants.spelled["bruce刘"] == "Bruce"
    assert participants.spelled["任洋"] == "任洋"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "lists no names; write one name per line"),
        ("# nobody\n", "lists no names"),
        ("陈倩\n今天我们来聊一聊这件事情吧。\n", "line 2 is not a name"),
        ("Bruce |\n", "line 1 is not a name"),
        ("= Bruce\n", "line 1 names no voice"),
        ("Speaker 1 = Bruce\nSpeaker 1 = Ethan\n", "line 2 names no voice, or a voice that has a name"),
        ("Bruce | Rob\nRob\n", "line 2: 'Rob' already stands for Bruce; remove one of the two"),
    ],
)
def test_malformed_lines_are_refused_with_their_number(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(InputError, match=rf"cast\.txt: {problem}"):
        read_participants(written(tmp_path, text))


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_participants(tmp_path / "none.txt")
    (tmp_path / "gbk.txt").write_bytes("陈倩".encode("gbk"))
    with pytest.raises(InputError, match="is not UTF-8 text"):
        read_participants(tmp_path / "gbk.txt")
