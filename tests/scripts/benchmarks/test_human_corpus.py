"""The list of people's recordings, on files that stand for them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from scripts.benchmarks.human_corpus import RECORDINGS, corrected, read_recordings

ROW = {
    "name": "one",
    "repository": "someone/speech",
    "commit": "0123456789abcdef",
    "audio": "audio/one.wav",
    "sha256": hashlib.sha256(b"sound").hexdigest(),
    "language": "en",
    "kind": "read",
    "half": "tuning",
    "text": "texts.csv",
    "pattern": r"one\|(.+)",
    "corrections": [{"written": "tue", "spoken": "tube", "reason": "a typing error"}],
    "fillers": [{"start": 1.0, "end": 1.5, "what": "uh"}],
}


def test_a_recording_has_its_corrected_text_and_what_is_missing_is_named(tmp_path: Path) -> None:
    (tmp_path / "speech" / "audio").mkdir(parents=True)
    (tmp_path / "speech" / "audio" / "one.wav").write_bytes(b"sound")
    (tmp_path / "speech" / "audio" / "other.wav").write_bytes(b"another")
    (tmp_path / "speech" / "texts.csv").write_text("one|DROP THE TUE\n", "utf-8")
    listed = tmp_path / "list.json"
    rows = [
        ROW,
        {**ROW, "name": "two", "audio": "two.wav"},
        {**ROW, "name": "three", "audio": "audio/other.wav"},
    ]
    listed.write_text(json.dumps(rows), "utf-8")

    (found,), missing = read_recordings(tmp_path, listed)

    assert (found.text, found.tuning, found.fillers[0].duration) == ("Drop the tube", True, 0.5)
    assert [line.split(":")[0] for line in missing] == ["two", "three"]


def test_a_correction_of_what_is_not_written_is_an_error() -> None:
    with pytest.raises(ValueError, match="no 'pat'"):
        corrected("the other pad", [{"written": "pat", "spoken": "pad"}])


def test_every_recording_and_every_correction_says_what_is_needed() -> None:
    rows = json.loads(RECORDINGS.read_text("utf-8"))
    assert len({row["name"] for row in rows}) == len(rows)
    for row in rows:
        assert row["half"] in ("tuning", "reporting")
        assert row["kind"] in ("talk", "prepared", "read")
        assert ("transcript" in row) != ("pattern" in row)
        assert all(correction["reason"] for correction in row.get("corrections", ()))
