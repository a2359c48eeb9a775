"""Utterances packed into 30 s of sound as a recording has them, and what the encoder makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from align.audio.encoder import CODE_FRAMES, FRAME, encode
from align.core.types import SAMPLE_RATE
from align.pronounce.phones import BREATH, LAUGHTER, NOISE, PHONES
from scripts.phone_head import augment
from scripts.phone_head.corpus import Utterance
from scripts.speech.voices import shifted

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

LENGTH = 3000
"""Frames of a chunk."""

CODES = 512
MELS = 80
_STEP = SAMPLE_RATE // 100
_FADE = SAMPLE_RATE // 100

_LEVEL = 0.07
"""Root mean square of speech: -23 dB of full scale."""

_QUIETEST, _LOUDEST = -0.5, 0.2
"""Powers of ten by which one utterance is quieter or louder than that: people mumble between loud words."""

_MARGIN = 0.2
"""Seconds before the first utterance of a chunk, and behind the last."""

_WHOLE = LENGTH * FRAME
_SHORT, _SHORTEST = 0.12, 2.0
"""Share of the chunks that stand for a short recording, and how many seconds one has at least."""

_PAUSES = (0.08, 0.3, 0.8)
"""Seconds between two utterances, before chance changes them."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An utterance in a chunk: a moment t of its own comes at `begin + t / speed` frames' time.

    Attributes:
        utterance: its index in the corpus.
        begin: seconds in the chunk, a whole number of frames.
        speed: how much faster it is than it was.
    """

    utterance: int
    begin: float
    speed: float


@dataclass(frozen=True, slots=True)
class Event:
    """A sound that is no speech."""

    phone: int
    begin: float
    end: float


@dataclass(frozen=True, eq=False)
class Chunk:
    """30 s of sound to learn from.

    Attributes:
        codes: float16, shape (1500, 512).
        mel: float16, shape (3000, 80).
        placed, events: what lies in it.
    """

    codes: NDArray[np.float16]
    mel: NDArray[np.float16]
    placed: tuple[Placed, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which utterances a chunk holds, and the seed of all chance in it.

    Attributes:
        length: seconds after which there is nothing at all, as behind a short recording.
    """

    placed: tuple[Placed, ...]
    length: float
    seed: tuple[int, ...]


def clean(corpus: Sequence[Utterance], whisper: WhisperModel, seed: int, threads: int) -> Iterator[Chunk]:
    """Every utterance once, as it is, in a quiet room: what re-alignment works on."""
    return _chunks(corpus, whisper, (seed, 0), threads, spoiled=False)


def spoiled(corpus: Sequence[Utterance], whisper: WhisperModel, seed: int, threads: int) -> Iterator[Chunk]:
    """Every utterance once, in other paces, rooms and noises by chance."""
    return _chunks(corpus, whisper, (seed, 1), threads, spoiled=True)


def _chunks(
    corpus: Sequence[Utterance],
    whisper: WhisperModel,
    seed: tuple[int, ...],
    threads: int,
    spoiled: bool,
) -> Iterator[Chunk]:
    """The same for any number of threads."""
    plans = list(_plans(corpus, seed, reach=0.16 if spoiled else 0.0))
    with ThreadPoolExecutor(threads) as pool:
        sounds = pool.map(lambda plan: _sound(plan, corpus, spoiled), plans)
        for plan, (sound, events) in zip(plans, sounds, strict=True):
            yield Chunk(*_features(sound, whisper), plan.placed, events)


def _features(
    sound: augment.Samples, whisper: WhisperModel
) -> tuple[NDArray[np.float16], NDArray[np.float16]]:
    """Codes and spectrogram as the aligner has them, joined from the encoder's windows."""
    codes, mel = [], []
    for part in encode(sound, whisper):
        first, last = part.kept
        codes.append(part.codes[first // CODE_FRAMES : last // CODE_FRAMES])
        mel.append(part.mel[first:last])
    return np.concatenate(codes).astype(np.float16), np.concatenate(mel).astype(np.float16)


def _plans(corpus: Sequence[Utterance], seed: tuple[int, ...], reach: float) -> Iterator[_Plan]:
    """Every utterance once, with pauses between them.

    Args:
        reach: of the logarithm of the speeds.
    """
    chance = np.random.default_rng(seed)
    waiting: list[Placed] = []
    at, count, limit = _MARGIN, 0, _WHOLE
    for index in chance.permutation(len(corpus)).tolist():
        speed = float(np.exp(chance.uniform(-reach, reach)))
        length = corpus[index].duration / speed
        if waiting and at + length > limit - _MARGIN:
            yield _Plan(tuple(waiting), _end(limit, at), (*seed, count))
            waiting, at, count = [], _MARGIN, count + 1
            limit = _WHOLE if chance.random() > _SHORT else float(chance.uniform(2, 20))
        waiting.append(Placed(index, round(at, 2), speed))
        at += length + float(chance.choice(_PAUSES) * chance.uniform(0.6, 1.4))
    if waiting:
        yield _Plan(tuple(waiting), _end(_SHORTEST, at), (*seed, count))


def _end(limit: float, last: float) -> float:
    """Seconds that a chunk sounds, when its last utterance ends before `last`."""
    return min(_WHOLE, max(limit, last))


def _spoken(samples: augment.Samples, speed: float, chance: np.random.Generator) -> augment.Samples:
    """An utterance in its pace, as loud as people are, faded in and out."""
    changed = shifted(samples, speed).copy()
    level = np.sqrt(np.mean(changed**2)) + 1e-6
    changed *= np.float32(_LEVEL * 10 ** chance.uniform(_QUIETEST, _LOUDEST) / level)
    ramp = np.linspace(0, 1, _FADE, dtype=np.float32)
    changed[:_FADE] *= ramp
    changed[-_FADE:] *= ramp[::-1]
    return np.asarray(changed, np.float32)


def _sound(
    plan: _Plan, corpus: Sequence[Utterance], spoiled: bool
) -> tuple[augment.Samples, tuple[Event, ...]]:
    """30 s as planned, and the sounds in it that are no speech."""
    chance = np.random.default_rng(plan.seed)
    sound = np.zeros(LENGTH * _STEP, dtype=np.float32)
    free = []
    last = 0.0
    for placed in plan.placed:
        begin = round(placed.begin * SAMPLE_RATE)
        part = _spoken(corpus[placed.utterance].samples, placed.speed, chance)[: len(sound) - begin]
        sound[begin : begin + len(part)] += part
        free.append((last, placed.begin))
        last = placed.begin + len(part) / SAMPLE_RATE
    free.append((last, plan.length))
    events = _add_events(sound, free, chance, often=0.25 if spoiled else 0.08)
    if spoiled:
        sound = _spoil(sound, corpus, chance) * np.float32(10 ** chance.uniform(-1, 0.3))
    else:
        sound += augment.noise(len(sound), chance) * np.float32(_LEVEL * 10 ** chance.uniform(-3, -1.75))
    sound[round(plan.length * SAMPLE_RATE) :] = 0
    return np.asarray(np.clip(sound, -1, 1), np.float32), events


def _add_events(
    sound: augment.Samples, free: Sequence[tuple[float, float]], chance: np.random.Generator, often: float
) -> tuple[Event, ...]:
    """Breaths, laughter and knocks into some of the free stretches."""
    events = []
    kinds = ((BREATH, augment.breath, 0.02), (LAUGHTER, augment.laughter, 0.06), (NOISE, augment.knock, 0.06))
    for begin, end in free:
        if chance.random() > often:
            continue
        name, make, level = kinds[chance.choice(3, p=[0.5, 0.2, 0.3])]
        made = make(chance) * np.float32(level * 10 ** chance.uniform(-0.8, 0.3))
        length = len(made) / SAMPLE_RATE
        if length > end - begin - 0.04:
            continue
        at = chance.uniform(begin + 0.01, end - length - 0.01)
        first = round(at * SAMPLE_RATE)
        sound[first : first + len(made)] += made[: len(sound) - first]
        events.append(Event(PHONES.index(name), at, at + length))
    return tuple(events)


def _spoil(
    sound: augment.Samples, corpus: Sequence[Utterance], chance: np.random.Generator
) -> augment.Samples:
    """A room, something behind the voices, and a codec, each by chance."""
    if chance.random() < 0.6:
        sound = augment.reverberant(sound, chance)
    level = np.float32(_LEVEL)
    behind = chance.choice(["quiet", "noise", "music", "babble"], p=[0.2, 0.45, 0.2, 0.15])
    if behind == "music":
        sound = sound + augment.music(len(sound), chance) * level * np.float32(
            10 ** chance.uniform(-1.5, -0.4)
        )
    if behind == "babble":
        voices = [corpus[k].samples for k in chance.integers(0, len(corpus), 5)]
        sound = sound + augment.babble(voices, len(sound)) * level * np.float32(
            10 ** chance.uniform(-1.7, -1.0)
        )
    loudest = -0.35 if behind == "noise" else -1.5
    sound = sound + augment.noise(len(sound), chance) * level * np.float32(
        10 ** chance.uniform(-2.5, loudest)
    )
    if chance.random() < 0.35:
        codec = str(chance.choice(["libopus", "libmp3lame", "aac"]))
        sound = augment.coded(sound, codec, int(chance.choice([16_000, 24_000, 32_000, 64_000])))
    return np.asarray(sound, dtype=np.float32)


def save(chunks: Sequence[Chunk], folder: Path) -> None:
    """Keep chunks on the disk, where their arrays are read from at need."""
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "codes.npy", np.stack([chunk.codes for chunk in chunks]))
    np.save(folder / "mel.npy", np.stack([chunk.mel for chunk in chunks]))
    rows = [[[p.utterance, p.begin, p.speed] for p in chunk.placed] for chunk in chunks]
    events = [[[e.phone, e.begin, e.end] for e in chunk.events] for chunk in chunks]
    np.savez(
        folder / "what.npz",
        placed=np.array([row for some in rows for row in some], dtype=np.float64).reshape(-1, 3),
        placed_in=np.repeat(np.arange(len(rows)), [len(some) for some in rows]),
        events=np.array([row for some in events for row in some], dtype=np.float64).reshape(-1, 3),
        events_in=np.repeat(np.arange(len(events)), [len(some) for some in events]),
    )


def load(folder: Path) -> list[Chunk]:
    """Chunks from the disk."""
    codes = np.load(folder / "codes.npy", mmap_mode="r")
    mel = np.load(folder / "mel.npy", mmap_mode="r")
    with np.load(folder / "what.npz") as what:
        placed, placed_in = what["placed"], what["placed_in"]
        events, events_in = what["events"], what["events_in"]
    return [
        Chunk(
            codes[k],
            mel[k],
            tuple(Placed(int(u), float(b), float(s)) for u, b, s in placed[placed_in == k]),
            tuple(Event(int(p), float(b), float(e)) for p, b, e in events[events_in == k]),
        )
        for k in range(len(codes))
    ]
