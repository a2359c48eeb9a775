"""The show is made in parts that are kept, and joined with all their times right. Nobody speaks here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from align.core.errors import UsageError
from scripts.benchmarks import show, show_text, six_hours
from scripts.benchmarks.place import token_texts
from scripts.benchmarks.values import Word
from scripts.speech import check
from scripts.speech.kokoro import SAMPLE_RATE as SPOKEN_RATE
from scripts.speech.render import Block, Manner, SpokenToken
from scripts.speech.script import Line

SPOKEN: list[int] = []


def hum(lines: Sequence[Line], manner: Manner) -> Iterator[Block]:
    """Instead of speech a second a turn: silence, and a hum in which its tokens are."""
    SPOKEN.append(len(lines))
    for turn, line in enumerate(lines):
        texts = token_texts(line.text)
        step = 0.5 / len(texts)
        tokens = tuple(
            SpokenToken(text, turn + 0.5 + k * step, turn + 0.5 + (k + 1) * step, line.speaker, turn)
            for k, text in enumerate(texts)
        )
        sound = 0.3 * np.sin(np.arange(SPOKEN_RATE) / 10) * (np.arange(SPOKEN_RATE) >= SPOKEN_RATE // 2)
        yield Block(sound.astype(np.float32), tokens)


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> show.Show:
    SPOKEN.clear()
    monkeypatch.setattr(show_text, "PART", 0.5)
    return show.make(1, tmp_path, hum, print)


def loudness(path: Path, word: Word) -> float:
    """How loud a token is."""
    assert word.start is not None
    assert word.end is not None
    samples, rate = check.read(path)
    return float(np.abs(samples[round(word.start * rate) : round(word.end * rate)]).mean())


def test_all_tokens_of_the_text_are_where_they_sound(made: show.Show) -> None:
    assert len(made.parts) == len(SPOKEN) > 1
    assert token_texts(made.sample.text) == tuple(word.text for word in made.sample.truth)
    assert made.seconds == sum(SPOKEN)
    for word in (made.sample.truth[0], made.sample.truth[-1]):
        assert loudness(made.sample.audio, word) > 0.1
    assert made.sample.truth[-1].end == made.seconds


def test_a_part_that_is_there_is_not_spoken_again(made: show.Show, tmp_path: Path) -> None:
    made.parts[0].with_suffix(".json").unlink()
    made.sample.audio.with_suffix(".made").unlink()
    count = len(SPOKEN)
    assert show.make(1, tmp_path, hum, print) == made
    assert len(SPOKEN) == count + 1


def test_a_show_that_is_not_there_is_not_made_in_passing(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="make-show --minutes 90"):
        show.read(90, tmp_path)


def test_each_copy_has_its_own_times_and_noise(made: show.Show) -> None:
    sample, seconds = six_hours.make(made, 3)
    size = len(made.sample.truth)
    assert seconds == 3 * made.seconds
    assert token_texts(sample.text) == tuple(word.text for word in sample.truth)
    assert sample.truth[size].start == pytest.approx((made.sample.truth[0].start or 0) + made.seconds)
    samples, rate = check.read(sample.audio)
    one, two = (samples[k * round(made.seconds * rate) :][: rate // 4] for k in (0, 1))
    assert 1e-3 < np.abs(one).mean() < 0.01
    assert not np.allclose(one, two, atol=1e-3)
