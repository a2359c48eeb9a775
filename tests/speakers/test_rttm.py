"""Diarization from an RTTM file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from align.core.cache import Cache
from align.core.errors import InputError
from align.core.types import SAMPLE_RATE, Recording, Span, SpeakerTurn
from align.speakers.rttm import read_rttm

CACHE = Cache(Path("unused"))

TALK = """;; made by hand
SPKR-INFO talk 1 <NA> <NA> <NA> unknown Bruce <NA> <NA>

SPEAKER talk 1 4.0 3.5 <NA> <NA> Bruce <NA> <NA>
SPEAKER talk 1 0.25 4.0 <NA> <NA> 陈倩 <NA> <NA>
SPEAKER talk 1 9.0 0.0 <NA> <NA> Bruce <NA> <NA>
"""


def recording(seconds: float = 10, name: str = "talk.wav") -> Recording:
    return Recording(Path(name), np.zeros(int(seconds * SAMPLE_RATE), np.float32), "0")


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "talk.rttm"
    path.write_text(text, "utf-8")
    return path


def test_turns_are_sorted_and_overlaps_listed(tmp_path: Path) -> None:
    heard = read_rttm(written(tmp_path, TALK)).diarize(recording(), None, (), CACHE)
    assert heard.turns == (SpeakerTurn(Span(0.25, 4.25), "陈倩"), SpeakerTurn(Span(4, 7.5), "Bruce"))
    assert heard.overlaps == (Span(4, 4.25),)


def test_of_several_recordings_the_one_with_the_same_name_is_used(tmp_path: Path) -> None:
    path = written(tmp_path, TALK + "SPEAKER other 1 1 2 <NA> <NA> Ann <NA> <NA>\n")
    read = read_rttm(path)
    assert [turn.speaker for turn in read.diarize(recording(), None, (), CACHE).turns] == ["陈倩", "Bruce"]
    assert [turn.speaker for turn in read.diarize(recording(name="other.mp3"), None, (), CACHE).turns] == [
        "Ann"
    ]
    with pytest.raises(InputError, match=r"several recordings \(other, talk\), none called third"):
        read.diarize(recording(name="third.mp3"), None, (), CACHE)


def test_a_file_of_a_longer_recording_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"line 4 begins at 4 s, and talk\.wav ends at 2\.0 s"):
        read_rttm(written(tmp_path, TALK)).diarize(recording(2), None, (), CACHE)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "has no line that begins with SPEAKER"),
        ("1\n00:00:01,000 --> 00:00:02,000\nHello\n", "has no line that begins with SPEAKER"),
        ("SPEAKER talk 1 0 2\n", "line 1 names no speaker; write SPEAKER NAME 1 START LENGTH"),
        ("SPEAKER talk 1 0 2 <NA> <NA> <NA> <NA> <NA>\n", "line 1 names no speaker"),
        ("\nSPEAKER talk 1 early 2 <NA> <NA> A\n", "line 2 has 'early' for a time"),
        ("SPEAKER talk 1 0 -2 <NA> <NA> A\n", "line 1 has '-2' for a time; write seconds of 0 or more"),
        ("SPEAKER talk 1 nan 2 <NA> <NA> A\n", "line 1 has 'nan' for a time"),
        ("SPEAKER talk 1 0 inf <NA> <NA> A\n", "line 1 has 'inf' for a time"),
    ],
)
def test_a_malformed_file_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        read_rttm(written(tmp_path, text))


def test_other_encodings_and_missing_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "gbk.rttm"
    path.write_bytes("SPEAKER talk 1 0 2 <NA> <NA> 陈倩\n".encode("gbk"))
    with pytest.raises(InputError, match="is not UTF-8 text; save it as UTF-8"):
        read_rttm(path)
    with pytest.raises(InputError, match="is a folder, not a file; name an RTTM"):
        read_rttm(tmp_path)
