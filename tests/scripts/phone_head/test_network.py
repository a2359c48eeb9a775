"""The network in torch: it learns, and numpy computes the same."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from align.audio.encoder import Features
from align.audio.phone_head import LAYERS, log_softmax
from scripts.phone_head.chunks import CODES, MELS, Chunk
from scripts.phone_head.labels import IGNORED
from scripts.phone_head.network import SHAPES, Network, Schedule, exported, scales, train

FRAMES = 80


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def talk(seed: int) -> tuple[Chunk, NDArray[np.int64]]:
    """0.8 s in which the codes tell which of five phones it is, a phone every 0.1 s."""
    chance = np.random.default_rng(seed)
    labels = np.repeat(chance.integers(10, 15, FRAMES // 10), 10)
    codes = np.zeros((FRAMES // 2, CODES), np.float16)
    codes[np.arange(len(codes)), labels[::2]] = 8
    mel = chance.normal(size=(FRAMES, MELS)).astype(np.float16)
    return Chunk(codes, mel, (), ()), labels


def learned(schedule: Schedule, seed: int, said: list[str]) -> Network:
    chunks, labels = zip(*map(talk, range(3)), strict=True)
    labels[0][50:80] = IGNORED
    network = Network(*scales(chunks), schedule.dropout, seed)
    train(network, chunks, labels, schedule, seed, said.append)
    return network


def test_numpy_computes_what_torch_computes() -> None:
    chunk, labels = talk(0)
    network = Network(*scales([chunk]), 0.1, 0).eval()
    codes, mel = chunk.codes.astype(np.float32), chunk.mel.astype(np.float32)
    with torch.no_grad():
        logits = network(torch.from_numpy(codes.T[None]), torch.from_numpy(mel.T[None]))[0].numpy().T
    head = exported(network, [labels])
    found = head.posteriors(Features(0, codes, mel, (0, FRAMES)))
    assert np.abs(found - log_softmax(logits)).max() < 1e-4


def test_a_head_has_at_most_three_million_weights() -> None:
    assert tuple(SHAPES) == LAYERS
    assert sum(taps * inputs * outputs + outputs for taps, inputs, outputs in SHAPES.values()) <= 3_000_000


def test_what_the_codes_tell_is_learned() -> None:
    said: list[str] = []
    learned(Schedule(epochs=18, batch=1), 0, said)
    shares = [float(line.split("%")[0].split()[-1]) for line in said]
    assert len(shares) == 18
    assert shares[0] < 50
    assert shares[-1] > 80


def test_the_seed_decides_all_chance() -> None:
    one, same, other = (
        learned(Schedule(epochs=1), seed, []).layers["phone"].weight.detach().numpy() for seed in (3, 3, 4)
    )
    assert np.array_equal(one, same)
    assert not np.allclose(one, other, atol=1e-3)


def test_inputs_are_scaled_to_mean_0_and_deviation_1() -> None:
    chunk, _ = talk(1)
    for (mean, scale), values in zip(scales([chunk]), (chunk.codes, chunk.mel), strict=True):
        scaled = (values.astype(np.float32) - mean) * scale
        varied = values.std(axis=0) > 0
        assert np.abs(scaled.mean(axis=0)).max() < 1e-3
        assert scaled.std(axis=0)[varied] == pytest.approx(1, abs=0.01)


def test_frequency_and_length_of_phones_come_from_the_labels() -> None:
    chunk, _ = talk(0)
    row = np.concatenate([np.full(600, 5), np.tile(np.repeat([10, 20], 30), 20), np.full(600, IGNORED)])
    head = exported(Network(*scales([chunk]), 0.1, 0), [row])
    assert np.exp(head.log_prior).sum() == pytest.approx(1, abs=1e-3)
    assert head.log_prior[5] == pytest.approx(head.log_prior[10], abs=1e-3)
    assert head.log_prior[5] > head.log_prior[6] + 2
    mean = 1 / (1 - np.exp(head.stay))
    assert mean[10] == pytest.approx(30, rel=0.1)
    assert mean[5] > 200
    assert (head.stay < 0).all()
