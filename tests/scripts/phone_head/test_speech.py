"""What the voices are given to say, and which voice never speaks."""

from __future__ import annotations

import json

import pytest

from align.audio.decode import read_audio
from align.pronounce.phones import ENGLISH, MANDARIN_FINALS, MANDARIN_INITIALS, SHARED
from align.registry import ensure
from scripts.benchmarks import synthetic
from scripts.phone_head import speech
from scripts.phone_head.corpus import text_readings
from scripts.speech import voices
from tests.scripts.phone_head.conftest import Made

RARE = {"Ueng", "Iong"}
"""Finals that hardly a word has."""


@pytest.fixture(scope="module")
def scripts() -> tuple[speech.Script, ...]:
    return speech.scripts()


@pytest.fixture(scope="module")
def learned(scripts: tuple[speech.Script, ...]) -> set[str]:
    return {line for script in scripts for line in script.lines}


def test_the_voice_that_judges_is_not_in_any_mixture() -> None:
    heard = {name for spec in speech.VOICES for name, _ in voices.parse(spec).parts}
    assert len(heard) == 4
    assert speech.UNHEARD == synthetic.VOICE
    assert speech.UNHEARD not in heard


def test_nothing_that_is_checked_on_is_learned_from(learned: set[str]) -> None:
    check = speech.check().lines
    assert len(check) == len(set(check)) == 70
    assert not learned & set(check)


def test_nothing_that_is_judged_on_is_learned_from(learned: set[str]) -> None:
    for name in ("english", "mandarin", "mixed"):
        judged = (synthetic.TEXTS / f"{name}.txt").read_text("utf-8").splitlines()
        assert not learned & set(judged)


def test_scripts_have_names_of_their_own_and_are_the_same_each_time(
    scripts: tuple[speech.Script, ...],
) -> None:
    names = ["check", *(script.name for script in scripts)]
    assert len(set(names)) == len(names)
    assert speech.scripts() == scripts


def test_the_texts_hold_every_phone(learned: set[str]) -> None:
    said = {phone for line in learned for some in text_readings(line) for one in some for phone in one}
    assert {*SHARED, *MANDARIN_INITIALS, *MANDARIN_FINALS, *ENGLISH} - said <= RARE


def test_a_script_is_spoken_once_with_its_times(made: Made) -> None:
    tokens = json.loads(made.truth.read_text("utf-8"))["tokens"]
    assert [token["text"] for token in tokens] == ["你", "好", "AI", "Good", "morning"]
    assert tokens[-1]["end"] < read_audio(made.sound).duration
    before = made.sound.stat().st_mtime_ns
    speech.make(made.script, made.sound.parent, ensure("kokoro"), 2)
    assert made.sound.stat().st_mtime_ns == before
