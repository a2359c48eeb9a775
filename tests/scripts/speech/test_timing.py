from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from scripts.speech.kokoro import FRAME, SAMPLE_RATE, Utterance
from scripts.speech.reading import read
from scripts.speech.timing import LEAD, SPACE_SHARE, SPACED_LEAD, place
from scripts.speech.utterances import split


def spoken(*stretches: tuple[float, float], length: float) -> NDArray[np.float32]:
    """A hum in the given stretches of seconds, silence elsewhere."""
    at = np.arange(round(length * SAMPLE_RATE)) / SAMPLE_RATE
    heard = np.any([(begin <= at) & (at < end) for begin, end in stretches], axis=0)
    return np.asarray(0.3 * np.sin(2 * np.pi * 150 * at) * heard, dtype=np.float32)


def test_pauses_take_their_edges_from_the_sound_and_the_rest_loses_the_lead() -> None:
    (part,) = split(read("大家，好"), "turn 1")
    # 12 frames of silence, then 4 for each letter; the comma and its space make the pause.
    frames = np.full(len(part.letters) + 2, 4)
    frames[0] = 12
    starts = (np.cumsum(frames) - frames)[1:] * FRAME / SAMPLE_RATE
    comma = part.letters.index(",")
    begin, end, again = starts[0] - 0.03, starts[comma] - 0.06, starts[comma + 2] - 0.05
    last = starts[-1] - 0.2
    sound = spoken((begin, end), (again, last), length=float(frames.sum()) * FRAME / SAMPLE_RATE)

    da, jia, hao = place(part, Utterance(sound, frames))

    assert (da.text, jia.text, hao.text) == ("大", "家", "好")
    assert da.start == pytest.approx(begin, abs=0.01)
    assert da.end == jia.start == pytest.approx(starts[part.owners.index(1)] - LEAD)
    assert jia.end == pytest.approx(end, abs=0.01)
    assert hao.start == pytest.approx(again, abs=0.01)
    assert hao.end == pytest.approx(last, abs=0.01)


def test_a_word_behind_a_space_begins_in_the_space() -> None:
    (part,) = split(read("deep sea"), "turn 1")
    frames = np.full(len(part.letters) + 2, 4)
    frames[0] = 12
    starts = (np.cumsum(frames) - frames)[1:] * FRAME / SAMPLE_RATE
    length = float(frames.sum()) * FRAME / SAMPLE_RATE
    sound = spoken((starts[0] - LEAD, length - 0.3), length=length)

    deep, sea = place(part, Utterance(sound, frames))

    space = 4 * FRAME / SAMPLE_RATE
    assert deep.end == sea.start
    assert sea.start == pytest.approx(starts[part.owners.index(1)] - SPACED_LEAD - SPACE_SHARE * space)
