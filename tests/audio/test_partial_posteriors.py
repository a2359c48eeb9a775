"""Phones in a part of a recording are those that are heard in the whole."""

from __future__ import annotations

import numpy as np
import pytest

from align.audio.decode import read_audio
from align.audio.encoder import EDGE, HOP, frames_of
from align.audio.partial_posteriors import posteriors_within
from align.audio.posteriors import posteriors_of
from align.pipeline.loaded_models import Models, load_models
from align.pipeline.options import RunOptions
from tests.conftest import Talk


@pytest.fixture(scope="module")
def models(talk: Talk) -> Models:
    assert talk.audio.exists()
    return load_models(RunOptions(second_language=None, device="cpu"), "zh", translate=False)


def test_they_are_the_same_where_they_are_asked_for(talk: Talk, models: Models) -> None:
    samples = read_audio(talk.audio).samples
    whole = posteriors_of(samples, models.aligner, models.phone_head, lambda done: None)
    first, last = HOP - 300, HOP + EDGE
    part = posteriors_within(samples, [(first, last)], models.aligner, models.phone_head)
    assert part.shape == whole.shape
    assert np.array_equal(part[first:last], whole[first:last])
    end = frames_of(samples)
    near = posteriors_within(samples, [(end - 40, end + 5)], models.aligner, models.phone_head)
    assert (near[-40:].argmax(axis=1) == whole[-40:].argmax(axis=1)).mean() > 0.9
    assert not near[:EDGE].any()


def test_nothing_is_heard_where_nothing_is_asked_for(talk: Talk, models: Models) -> None:
    samples = read_audio(talk.audio).samples
    assert not posteriors_within(samples, [(5, 5)], models.aligner, models.phone_head).any()
