"""The real network learns voices of the demo and recognizes them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from align.audio.decode import read_audio
from align.core.errors import InputError
from align.core.types import SAMPLE_RATE, Span
from align.speakers.enroll import enroll
from align.speakers.enrolled_voices import mean_voiceprint, read_voices, similarities
from align.speakers.parameters import DEFAULTS
from tests.recordings import write_sound

DEMO = Path(__file__).parents[2] / "seeds" / "demo"


@pytest.fixture(scope="module")
def turns() -> list[tuple[str, float, float]]:
    """Who speaks from when to when, by the demo's truth."""
    rows = json.loads((DEMO / "truth.json").read_text("utf-8"))["tokens"]
    found: dict[int, tuple[str, float, float]] = {}
    for row in rows:
        start = found.get(row["turn"], ("", row["start"], 0.0))[1]
        found[row["turn"]] = (row["speaker"], start, row["end"])
    return list(found.values())


def test_an_enrolled_voice_is_recognized_and_another_is_not(
    turns: list[tuple[str, float, float]], tmp_path: Path
) -> None:
    samples = read_audio(DEMO / "livestream-demo.opus").samples
    whole = np.asarray(samples[0 : len(samples)])
    store = tmp_path / "voices.json"
    (_, start, _), (other, first, last) = turns[0], turns[1]

    def clip(name: str, begin: float, end: float) -> Path:
        return write_sound(tmp_path / name, whole[int(begin * SAMPLE_RATE) : int(end * SAMPLE_RATE)])

    done = enroll("陈倩", clip("host.wav", start, start + 15), store)
    assert done.sentence.startswith("陈倩: learned from 1")
    guest = enroll(other, clip("guest.wav", first, min(last, first + 15)), store)
    assert guest.cosines[0][0] == "陈倩"
    assert guest.cosines[0][1] < DEFAULTS.sure_enrolled_similarity
    again = enroll("陈倩", tmp_path / "host.wav", store)
    assert again.replaced
    assert [one.name for one in read_voices(store)] == sorted(["陈倩", other])

    later = [Span(begin, end) for who, begin, end in turns[2:] if who == "陈倩"]
    heard = mean_voiceprint(samples, later)
    assert heard is not None
    alike = similarities([("later", heard)], read_voices(store))["later"]
    assert alike["陈倩"] >= DEFAULTS.sure_enrolled_similarity
    assert alike["陈倩"] > alike[other] + 0.2

    with pytest.raises(InputError, match=r"both\.wav: has 2 voices in it .* cut out a part"):
        enroll("Bo", clip("both.wav", first - 15, first + 15), store)
    with pytest.raises(InputError, match=r"short\.wav: has .* s of speech, which is too little"):
        enroll("Bo", clip("short.wav", start, start + 3), store)
