"""The phone head that ships: it loads, it is small, and what is written beside it is about it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from align.alignment.confidence import score_features, scores
from align.alignment.placement import PlacedPhones
from align.audio.decode import read_audio
from align.audio.phone_head import PhoneHead, load_head
from align.audio.posteriors import posteriors_of
from align.audio.recognition import load_whisper
from align.core.types import SAMPLE_RATE, Span
from align.pronounce.phones import NO_SPEECH, PHONES
from align.registry import ensure
from scripts.phone_head.command import JUDGED
from scripts.phone_head.corpus import CLONES
from tests.recordings import DEMO

FOLDER = Path(__file__).parents[2] / "models" / "phone-head"
SURE = PlacedPhones(Span(1.0, 1.2), 0, (-0.05, -0.1, 60.0, 60.0))
UNCERTAIN = PlacedPhones(Span(1.0, 1.2), 0, (-8.0, -12.0, -20.0, -20.0))


@pytest.fixture(scope="module")
def head() -> PhoneHead:
    return load_head(FOLDER / "head.npz")


@pytest.fixture(scope="module")
def metrics() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((FOLDER / "metrics.json").read_text("utf-8"))
    return loaded


@pytest.fixture(scope="module")
def page() -> str:
    return (FOLDER / "README.md").read_text("utf-8")


def test_it_is_small(head: PhoneHead, page: str) -> None:
    weights = sum(layer.weight.size + layer.bias.size for layer in head.layers.values())
    assert weights <= 3_000_000
    assert f"{weights / 1e6:.1f} M weights" in page
    assert (FOLDER / "head.npz").stat().st_size < 6_000_000


def test_it_has_statistics_of_every_phone_and_a_weight_for_every_measure(head: PhoneHead) -> None:
    assert head.log_prior.shape == head.stay.shape == (len(PHONES),)
    assert np.exp(head.log_prior).sum() == pytest.approx(1, abs=0.01)
    assert (head.stay < 0).all()
    assert head.calibration.shape == (score_features([]).shape[1],)
    values = [head.calibration, *(layer.weight for layer in head.layers.values())]
    assert all(np.isfinite(some).all() for some in values)


def test_its_scores_tell_the_sure_from_the_doubtful(head: PhoneHead) -> None:
    assert scores([SURE] * 5, head.calibration)[2] > 0.8
    assert scores([UNCERTAIN] * 5, head.calibration)[2] < 0.4


def test_it_hears_speech_where_there_is_some(head: PhoneHead) -> None:
    samples = read_audio(DEMO).samples[: 3 * SAMPLE_RATE].copy()
    samples[2 * SAMPLE_RATE :] = 0
    whisper = load_whisper(ensure("whisper-base"), "cpu", 2)
    best = posteriors_of(samples, whisper, head, lambda _: None).argmax(axis=1)
    assert (best[220:] < len(NO_SPEECH)).mean() > 0.95
    assert (best[50:200] >= len(NO_SPEECH)).mean() > 0.5


def test_its_page_has_the_measured_figures(metrics: dict[str, Any], page: str) -> None:
    assert set(metrics["figures"]) >= {"unheard-mandarin", "unheard-english", *JUDGED}
    for group, one in metrics["figures"].items():
        assert f"| {group} | {one['tokens']} | {1000 * one['aas']:.0f} ms |" in page
    assert f"--seed {metrics['seed']}`, {metrics['date']}" in page


def test_its_page_names_the_recordings_that_it_learned_from(metrics: dict[str, Any], page: str) -> None:
    clones = [what for what in CLONES.values() if what in metrics["learned_from"]]
    assert len(clones) == len(CLONES)
    for what in clones:
        assert f"https://github.com/{what.partition(',')[0]}" in page


def test_a_spread_that_is_claimed_was_measured(metrics: dict[str, Any], page: str) -> None:
    assert ("`spread`" in page) == ("spread" in metrics)
