"""Utterances packed into 30 s: each once, none over another, and kept on the disk as they were."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from faster_whisper import WhisperModel
from hypothesis import given
from hypothesis import strategies as st

from align.audio.decode import read_audio
from align.audio.encoder import FRAME
from align.audio.recognition import load_whisper
from align.core.types import SAMPLE_RATE
from align.pronounce.phones import NO_SPEECH
from align.registry import ensure
from scripts.phone_head import chunks
from scripts.phone_head.chunks import Chunk, Event, Placed
from scripts.phone_head.corpus import LONGEST, Utterance
from tests.recordings import DEMO
from tests.scripts.phone_head.made import utterance

WHOLE = chunks.LENGTH * FRAME
LENGTHS = st.lists(st.floats(0.1, LONGEST), min_size=1, max_size=40)


@pytest.fixture(scope="module")
def corpus() -> list[Utterance]:
    """Five stretches of the demo."""
    samples = read_audio(DEMO).samples
    parts = [samples[at * SAMPLE_RATE : (at + 2) * SAMPLE_RATE] for at in (3, 8, 20, 31, 47)]
    return [Utterance("demo", part, (), None) for part in parts]


@pytest.fixture(scope="module")
def whisper() -> WhisperModel:
    return load_whisper(ensure("whisper-base"), "cpu", 2)


@given(LENGTHS, st.integers(0, 1000), st.sampled_from([0.0, 0.16]))
def test_every_utterance_is_in_one_chunk_and_over_no_other(
    lengths: list[float], seed: int, reach: float
) -> None:
    corpus = [utterance((), length) for length in lengths]
    plans = list(chunks._plans(corpus, (seed, 0), reach))
    assert sorted(one.utterance for plan in plans for one in plan.placed) == list(range(len(corpus)))
    assert len({plan.seed for plan in plans}) == len(plans)
    for plan in plans:
        ends = [one.begin + corpus[one.utterance].duration / one.speed for one in plan.placed]
        assert all(end < later.begin for end, (_, later) in zip(ends, pairwise(plan.placed), strict=False))
        assert max(ends) <= plan.length + 0.005
        assert plan.length <= WHOLE
        assert all(abs(one.begin / FRAME - round(one.begin / FRAME)) < 1e-6 for one in plan.placed)
        assert all(abs(np.log(one.speed)) <= reach for one in plan.placed)


def test_some_chunks_stand_for_short_recordings() -> None:
    plans = list(chunks._plans([utterance((), 1.0)] * 2000, (0, 0), 0.0))
    short = sum(plan.length < WHOLE for plan in plans) / len(plans)
    assert 0.05 < short < 0.6


def test_a_chunk_is_quiet_where_nobody_speaks(corpus: list[Utterance], whisper: WhisperModel) -> None:
    (made,) = chunks.clean(corpus, whisper, 0, 1)
    assert made.codes.shape == (chunks.LENGTH // 2, chunks.CODES)
    assert made.mel.shape == (chunks.LENGTH, chunks.MELS)
    assert made.codes.dtype == made.mel.dtype == np.float16
    spoken = np.zeros(chunks.LENGTH, np.bool_)
    for one in made.placed:
        first = round(one.begin / FRAME)
        spoken[first : first + 200] = True
    assert made.mel[spoken].mean() > made.mel[~spoken].mean() + 0.2


def test_the_same_seed_spoils_in_the_same_way_with_any_number_of_threads(
    corpus: list[Utterance], whisper: WhisperModel
) -> None:
    (one,), (same,) = (list(chunks.spoiled(corpus, whisper, 1, threads)) for threads in (1, 2))
    assert one.placed == same.placed
    assert one.events == same.events
    assert np.array_equal(one.mel, same.mel)


def test_sounds_without_words_lie_between_the_utterances(corpus: list[Utterance]) -> None:
    found = 0
    for plan in chunks._plans(corpus * 60, (4, 0), 0.16):
        sound, events = chunks._sound(plan, corpus * 60, spoiled=True)
        assert sound.shape == (chunks.LENGTH * SAMPLE_RATE // 100,)
        assert np.abs(sound).max() <= 1
        assert not sound[round(plan.length * SAMPLE_RATE) :].any()
        for event in events:
            found += 1
            assert event.phone in range(1, len(NO_SPEECH))
            for one in plan.placed:
                assert event.end <= one.begin or event.begin >= one.begin + 2 / one.speed
        if found >= 3:
            return
    raise AssertionError("no breath, laugh or knock in all these chunks")


def test_chunks_are_read_as_they_were_written(tmp_path: Path) -> None:
    chance = np.random.default_rng(0)

    def chunk(placed: tuple[Placed, ...], events: tuple[Event, ...]) -> Chunk:
        values = [chance.normal(size=(8, width)).astype(np.float16) for width in (chunks.CODES, chunks.MELS)]
        return Chunk(values[0], values[1], placed, events)

    written = [
        chunk((Placed(0, 0.2, 1.07), Placed(7, 3.51, 0.9)), (Event(2, 1.234567, 2.5),)),
        chunk((), ()),
        chunk((Placed(3, 0.2, 1.0),), ()),
    ]
    chunks.save(written, tmp_path / "made")
    read = chunks.load(tmp_path / "made")
    assert [(one.placed, one.events) for one in read] == [(one.placed, one.events) for one in written]
    for one, other in zip(read, written, strict=True):
        assert np.array_equal(one.codes, other.codes)
        assert np.array_equal(one.mel, other.mel)
