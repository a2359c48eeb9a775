"""The phone head in torch, to train it; align.audio.phone_head computes the same in numpy."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from align.audio.phone_head import LAYERS, Layer, PhoneHead
from align.pronounce.phones import PHONES
from scripts.phone_head.chunks import CODES, LENGTH, MELS, Chunk
from scripts.phone_head.labels import IGNORED

SHAPES = {
    "code1": (3, CODES, 192),
    "code2": (3, 192, 256),
    "mel1": (5, MELS, 96),
    "mel2": (5, 96, 96),
    "joint1": (5, 224, 256),
    "joint2": (3, 256, 256),
    "phone": (1, 256, len(PHONES)),
}
"""Taps, inputs and outputs of each layer: 1.0 M weights."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how fast to learn.

    Attributes:
        epochs: times that every chunk is seen.
        rate: the highest learning rate; it falls to nothing along a cosine.
        batch: chunks a step.
        dropout: share of the joint layers' values that is left out.
    """

    epochs: int
    rate: float = 2e-3
    batch: int = 4
    dropout: float = 0.15


class Network(nn.Module):  # type: ignore[misc]  # torch ships no types that mypy follows here
    """The phone head with weights that can learn; `seed` decides those that it begins with."""

    def __init__(
        self, code_scale: NDArray[np.float32], mel_scale: NDArray[np.float32], dropout: float, seed: int
    ) -> None:
        super().__init__()
        torch.manual_seed(seed)
        self.layers = nn.ModuleDict(
            {
                name: nn.Conv1d(inputs, outputs, taps, padding=taps // 2)
                for name, (taps, inputs, outputs) in SHAPES.items()
            }
        )
        self.drop = nn.Dropout(dropout)
        self.register_buffer("code_scale", torch.from_numpy(code_scale)[:, None, :, None])
        self.register_buffer("mel_scale", torch.from_numpy(mel_scale)[:, None, :, None])

    def forward(self, codes: Tensor, mel: Tensor) -> Tensor:
        """From shapes (n, 512, 1500) and (n, 80, 3000) to (n, P, 3000)."""
        codes = (codes - self.code_scale[0]) * self.code_scale[1]
        mel = (mel - self.mel_scale[0]) * self.mel_scale[1]
        known = self._through(self._through(codes, "code1"), "code2")
        count, size, frames = known.shape
        known = known.reshape(count, 2, size // 2, frames).permute(0, 2, 3, 1).reshape(count, size // 2, -1)
        sharp = self._through(self._through(mel, "mel1"), "mel2")
        joint = self.drop(torch.cat([known, sharp], dim=1))
        joint = self.drop(self._through(joint, "joint1"))
        joint = self.drop(self._through(joint, "joint2"))
        return self.layers["phone"](joint)

    def _through(self, values: Tensor, layer: str) -> Tensor:
        return functional.relu(self.layers[layer](values))


def scales(chunks: Sequence[Chunk]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Mean and inverse deviation of every input over some chunks, each of shape (2, inputs)."""
    some = chunks[:: max(1, len(chunks) // 40)]
    codes = np.concatenate([chunk.codes for chunk in some]).astype(np.float32)
    mel = np.concatenate([chunk.mel for chunk in some]).astype(np.float32)
    return tuple(  # type: ignore[return-value]
        np.stack([values.mean(axis=0), 1 / (values.std(axis=0) + 1e-3)]).astype(np.float32)
        for values in (codes, mel)
    )


def train(
    network: Network,
    chunks: Sequence[Chunk],
    labels: Sequence[NDArray[np.int64]],
    schedule: Schedule,
    seed: int,
    say: Callable[[str], None],
) -> None:
    """Teach the network each frame's label.

    Args:
        labels: of each chunk, shape (3000,), IGNORED where there is none.
    """
    torch.manual_seed(seed)
    order = np.random.default_rng(seed)
    optimiser = torch.optim.AdamW(network.parameters(), lr=schedule.rate, weight_decay=0.01)
    steps = schedule.epochs * -(-len(chunks) // schedule.batch)
    warm = max(1, min(50, steps // 10))
    plan = torch.optim.lr_scheduler.LambdaLR(
        optimiser,
        lambda k: min(1.0, (k + 1) / warm) * 0.5 * (1 + np.cos(np.pi * min(1.0, k / steps))),
    )
    network.train()
    for epoch in range(schedule.epochs):
        began, total, right, seen = time.monotonic(), 0.0, 0, 0
        for batch in _batches(len(chunks), schedule.batch, order):
            wanted = torch.from_numpy(np.stack([labels[k] for k in batch]))
            logits = network(*_inputs([chunks[k] for k in batch]))
            loss = functional.cross_entropy(logits, wanted, ignore_index=IGNORED, label_smoothing=0.02)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            plan.step()
            total += loss.item() * len(batch)
            known = wanted != IGNORED
            right += int(((logits.argmax(dim=1) == wanted) & known).sum())
            seen += int(known.sum())
        say(
            f"epoch {epoch + 1} of {schedule.epochs}: loss {total / len(chunks):.3f}, "
            f"{right / seen:.1%} of the frames, {time.monotonic() - began:.0f} s"
        )
    network.eval()


def _batches(count: int, size: int, order: np.random.Generator) -> list[list[int]]:
    shuffled = order.permutation(count).tolist()
    return [shuffled[k : k + size] for k in range(0, count, size)]


def _inputs(chunks: Sequence[Chunk]) -> tuple[Tensor, Tensor]:
    codes = np.stack([chunk.codes for chunk in chunks]).astype(np.float32).transpose(0, 2, 1)
    mel = np.stack([chunk.mel for chunk in chunks]).astype(np.float32).transpose(0, 2, 1)
    return torch.from_numpy(np.ascontiguousarray(codes)), torch.from_numpy(np.ascontiguousarray(mel))


def exported(network: Network, labels: Sequence[NDArray[np.int64]]) -> PhoneHead:
    """The head as align uses it, with the phones' frequency and length as the labels have them."""
    layers = {}
    for name in LAYERS:
        conv = network.layers[name]
        weight = conv.weight.detach().numpy().transpose(2, 1, 0)
        layers[name] = Layer(np.ascontiguousarray(weight), conv.bias.detach().numpy().copy())
    prior, stay, lengths = _statistics(labels)
    code_scale, mel_scale = (
        getattr(network, name).numpy()[:, 0, :, 0].copy() for name in ("code_scale", "mel_scale")
    )
    return PhoneHead(layers, code_scale, mel_scale, prior, stay, lengths, np.zeros(0, np.float32))


def _statistics(
    labels: Sequence[NDArray[np.int64]],
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """The logarithm of each phone's share of the frames, of how likely it lasts another, and its lengths."""
    rows = np.stack(labels)
    frames = np.bincount(rows[rows != IGNORED], minlength=len(PHONES)).astype(np.float64)
    phones, runs = _runs(rows)
    count = np.bincount(phones, minlength=len(PHONES)) + 1.0
    stay = np.log1p(-1 / np.maximum((frames + _USUAL) / count, 2.0))
    prior = np.log((frames + LENGTH / 100) / (frames + LENGTH / 100).sum())
    logs = np.log(runs)
    mean = (np.bincount(phones, logs, len(PHONES)) + np.log(_USUAL)) / count
    spread = np.sqrt((np.bincount(phones, (logs - mean[phones]) ** 2, len(PHONES)) + 0.16) / count)
    lengths = np.stack([mean, np.maximum(spread, 0.25)])
    return prior.astype(np.float32), stay.astype(np.float32), lengths.astype(np.float32)


_USUAL = 8.0
"""Frames of a phone that is never seen."""


def _runs(rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The phone and the frames of each run of equal labels that a row holds whole."""
    flat = np.concatenate([np.append(row, IGNORED) for row in rows])
    edges = np.concatenate([[0], np.flatnonzero(np.diff(flat)) + 1, [len(flat)]])
    phones, runs = flat[edges[:-1]], np.diff(edges)
    known = phones != IGNORED
    return phones[known], runs[known]
