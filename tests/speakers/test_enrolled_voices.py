"""The file of enrolled voices, similar voices, and the real network on voices of the demo."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path

import numpy as np
import pytest

from align.audio.decode import read_audio
from align.core.errors import InputError
from align.core.types import SAMPLE_RATE, Span, SpeakerTurn
from align.speakers.enrolled_voices import (
    EnrolledVoice,
    enroll,
    evidence_of_voices,
    mean_voiceprint,
    read_voices,
    similarities,
    voices_file,
    write_voices,
)
from align.speakers.parameters import DEFAULTS
from align.speakers.voiceprint import SIZE
from tests.recordings import write_sound


def voice(name: str, *axes: float) -> EnrolledVoice:
    """A voice along some axes of the space of voiceprints, a unit vector when they are."""
    return EnrolledVoice(name, 20.0, "clip.wav", "0" * 64, (*axes, *[0.0] * (SIZE - len(axes))))


ANN, BOB = voice("Ann", 1.0), voice("Bob", 0.0, 1.0)
TURNS = (SpeakerTurn(Span(1, 4), "Speaker 1"),)


def heard(*axes: float) -> list[tuple[str, tuple[float, ...]]]:
    return [("Speaker 1", voice("", *axes).voiceprint)]


def test_voices_are_read_back_from_a_private_file(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "voices.json"
    assert read_voices(path) == ()
    write_voices(path, [BOB, ANN])
    assert read_voices(path) == (ANN, BOB)
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_file_is_chosen_by_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ALIGN_VOICES", str(tmp_path / "mine.json"))
    assert voices_file() == tmp_path / "mine.json"
    monkeypatch.delenv("ALIGN_VOICES")
    assert voices_file().name == "voices.json"


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("name", "a</script>", "/voices/0/name is not a name"),
        ("print", [1.0], "/voices/0/print is not a voiceprint of 192 numbers"),
        ("print", ["x"] * SIZE, "/voices/0/print is not a voiceprint"),
        ("print", [2.0] * SIZE, "/voices/0/print is not a voiceprint"),
        ("seconds", -1, "/voices/0/seconds is -1"),
    ],
)
def test_a_malformed_file_is_refused_with_the_place(
    tmp_path: Path, field: str, value: object, problem: str
) -> None:
    path = tmp_path / "voices.json"
    write_voices(path, [ANN])
    document = json.loads(path.read_text("utf-8"))
    document["voices"][0][field] = value
    path.write_text(json.dumps(document), "utf-8")
    with pytest.raises(InputError, match=problem):
        read_voices(path)


def test_a_file_of_another_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "voices.json"
    path.write_text('{"generator": "align", "version": 9, "voices": []}', "utf-8")
    with pytest.raises(InputError, match="/version is not 1"):
        read_voices(path)


def test_a_voice_clearly_similar_to_one_enrolled_voice_is_sure() -> None:
    (one,) = evidence_of_voices(similarities(heard(0.9, 0.3), [ANN, BOB]), TURNS)
    assert (one.voice, one.name, one.weight) == ("Speaker 1", "Ann", 0.95)
    assert one.reason == (
        "It sounds like the enrolled voice of Ann (cosine 0.90; the next most similar has 0.30)."
    )
    assert one.span == Span(1, 4)


def test_a_voice_similar_to_two_enrolled_voices_is_sure_for_neither() -> None:
    found = [*evidence_of_voices(similarities(heard(0.9, 0.85), [ANN, BOB]), TURNS)]
    assert [(one.name, one.weight) for one in found] == [("Ann", 0.4), ("Bob", 0.4)]


def test_an_unknown_voice_has_no_evidence() -> None:
    assert [*evidence_of_voices(similarities(heard(0.3, 0.2), [ANN, BOB]), TURNS)] == []
    (alone,) = evidence_of_voices(similarities(heard(0.65), [ANN]), TURNS)
    assert (alone.weight, alone.reason) == (0.4, "It sounds like the enrolled voice of Ann (cosine 0.65).")


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

    with pytest.raises(InputError, match=r"both\.wav: has 2 voices .* cut out a part"):
        enroll("Bo", clip("both.wav", first - 15, first + 15), store)
    with pytest.raises(InputError, match=r"short\.wav: has only .* s of speech"):
        enroll("Bo", clip("short.wav", start, start + 3), store)
