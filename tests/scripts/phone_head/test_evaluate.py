"""How good a head is, and how sure it may be: the parts of it that need no long recording."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from align.alignment.lattice import Penalties
from align.alignment.placement import NOWHERE, PlacedPhones
from align.audio.decode import read_audio
from align.audio.recognition import load_whisper
from align.core.types import Span
from align.registry import ensure
from scripts.benchmarks.values import Sample, Word
from scripts.phone_head import evaluate
from scripts.phone_head.corpus import truth_of
from tests.audio.heads import NARROW, random_head
from tests.scripts.phone_head.conftest import LINES, Made


def sample(made: Made) -> Sample:
    truth = tuple(Word(*row) for row in truth_of(made.truth))
    return Sample("x", "short", made.sound, "\n".join(LINES), "zh", truth)


def test_an_example_has_a_time_for_each_token(made: Made, tmp_path: Path) -> None:
    one = evaluate.example(sample(made))
    assert [token.text for token in one.tokens] == ["你", "好", "AI", "Good", "morning"]
    assert len(one.said) == len(one.spans) == 5
    assert one.spans[-1, 1] < len(one.samples) / 16_000
    more = Sample("x", "short", made.sound, "你好，AI。Good morning all.", "zh", sample(made).truth)
    with pytest.raises(ValueError, match="times for 5 tokens of 6"):
        evaluate.example(more)


def test_every_token_is_judged_wherever_it_is_placed(made: Made) -> None:
    whisper = load_whisper(ensure("whisper-base"), "cpu", 2)
    found = evaluate.measured([sample(made)], whisper, random_head(NARROW), Penalties())
    assert found.tokens == 5
    assert found.edges == 2 * (5 - found.missing)


def test_regression_reaches_the_weights_that_made_the_data() -> None:
    chance = np.random.default_rng(0)
    weights = np.array([1.5, -0.7, 0.0, 2.0, -1.0, 0.5])
    rows = np.concatenate([chance.normal(size=(40_000, 5)), np.ones((40_000, 1))], axis=1)
    right = chance.random(40_000) < 1 / (1 + np.exp(-rows @ weights))
    assert evaluate._regression(rows, right) == pytest.approx(weights, abs=0.08)


@pytest.mark.parametrize("right", ["all", "none", "told by one column"])
def test_regression_stays_finite_where_nothing_is_doubtful(right: str) -> None:
    rows = np.stack([np.linspace(-1, 1, 200), np.ones(200)], axis=1)
    is_right = {"all": rows[:, 1] > 0, "none": rows[:, 1] < 0, "told by one column": rows[:, 0] > 0}[right]
    weights = evaluate._regression(rows, is_right)
    assert np.isfinite(weights).all()
    assert (((rows @ weights) > 0) == is_right).mean() > 0.98


def test_scores_come_true_on_what_they_were_learned_from() -> None:
    chance = np.random.default_rng(1)
    rows = np.concatenate([chance.normal(size=(20_000, 5)), np.ones((20_000, 1))], axis=1)
    right = chance.random(20_000) < 1 / (1 + np.exp(-rows @ np.array([2.0, 0, 0, 1, 0, 1])))
    sure = 1 / (1 + np.exp(-rows @ evaluate._regression(rows, right)))
    for low in (0.1, 0.5, 0.8):
        some = (sure >= low) & (sure < low + 0.1)
        assert right[some].mean() == pytest.approx(sure[some].mean(), abs=0.04)


def test_a_planted_text_holds_the_right_tokens_at_their_times_and_others_without(made: Made) -> None:
    one = evaluate.example(sample(made))
    many = evaluate.Example(one.samples, one.tokens * 200, one.said * 200, np.tile(one.spans, (200, 1)))
    text = evaluate._planted(many, random.Random(0))
    kept = [(said, span) for said, span in text if span is not None]
    assert len(many.said) * 0.7 < len(kept) < len(many.said)
    assert 0.03 < 1 - len(kept) / len(text) < 0.4
    known = {id(row): said for said, row in evaluate._exact(many)}
    assert len(known) == len(many.said)
    assert evaluate._planted(many, random.Random(0))[0][0] == text[0][0]
    assert all(said for said, _ in text)


def test_right_is_within_a_tenth_of_a_second_at_both_edges() -> None:
    span = np.array([1.0, 1.3])
    assert evaluate._is_right(PlacedPhones(Span(1.09, 1.21), 0, ()), span)
    assert not evaluate._is_right(PlacedPhones(Span(1.0, 1.41), 0, ()), span)
    assert not evaluate._is_right(PlacedPhones(Span(0.89, 1.3), 0, ()), span)
    assert not evaluate._is_right(PlacedPhones(Span(1.0, 1.3), 0, ()), None)
    assert not evaluate._is_right(NOWHERE, span)


def test_conditions_get_worse_and_keep_the_times(made: Made) -> None:
    samples = read_audio(made.sound).samples[:]
    plain, room, *noisy = evaluate._conditions(samples, np.random.default_rng(0))
    assert np.array_equal(plain, samples)
    assert {len(one) for one in (room, *noisy)} == {len(samples)}
    added = [float(np.sqrt(np.mean((one - samples) ** 2))) for one in noisy]
    level = float(np.sqrt(np.mean(samples**2)))
    assert [20 * np.log10(level / one) for one in added] == pytest.approx([15, 5, 0], abs=0.1)
