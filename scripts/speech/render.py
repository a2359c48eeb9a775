"""The whole script as a stream of sound with its tokens' times, one utterance at a time."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scripts.speech import reading, room, timing, utterances
from scripts.speech.kokoro import SAMPLE_RATE, Kokoro
from scripts.speech.script import Line
from scripts.speech.voices import Voice, shifted

_LEVEL = 0.08
"""Root mean square of every utterance: -22 dB of full scale."""

_MARGIN = 0.03
"""Seconds kept before and after an utterance's sound, faded in and out."""

_PEAK = 0.85
"""Of the dry speech; the echo and the room tone add to it."""

_AHEAD = 4
"""Utterances that may be ready before they are wanted."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How the script is performed.

    Attributes:
        speed: over the voices' own, useful 0.8 to 1.4.
        pause: least and most seconds of silence between two turns.
        breath: least and most seconds between two utterances of a turn.
        noise: decibels of the speech over the room tone, None for a silent, dry room.
        seed: decides pauses, rooms and noise.
    """

    speed: float = 1.0
    pause: tuple[float, float] = (0.4, 1.0)
    breath: tuple[float, float] = (0.2, 0.5)
    noise: float | None = 35.0
    seed: int = 0


@dataclass(frozen=True, slots=True)
class SpokenToken:
    """A token of the truth; seconds from the start of the recording."""

    text: str
    start: float
    end: float
    speaker: str
    turn: int


@dataclass(frozen=True, eq=False)
class Block:
    """The next stretch of sound (float32 at SAMPLE_RATE) and the tokens that begin in it."""

    samples: NDArray[np.float32]
    tokens: tuple[SpokenToken, ...]


@dataclass(frozen=True, slots=True)
class _Cue:
    """One utterance to speak, and the silence before it."""

    part: utterances.Part
    turn: int
    speaker: str
    silence: float


@dataclass(frozen=True, eq=False)
class _Take:
    """One utterance as spoken, margins before and after, and its tokens' seconds in it."""

    samples: NDArray[np.float32]
    tokens: tuple[timing.Placed, ...]


def render(
    lines: Sequence[Line], voices: Mapping[str, Voice], model: Kokoro, manner: Manner, threads: int = 1
) -> Iterator[Block]:
    """Perform the lines; the sound is the same for any number of threads.

    Memory holds a few utterances, however long the script.

    Raises:
        UsageError: a voice is not in the model, or a sentence is too long for it.
    """
    styles = {name: voice.style(model.styles) for name, voice in voices.items()}
    cues = list(_cues(lines, manner))

    def take(cue: _Cue) -> _Take:
        shift = voices[cue.speaker].shift
        return _take(cue.part, model, styles[cue.speaker], shift, manner.speed)

    with ThreadPoolExecutor(threads) as pool:
        takes = _in_order(pool, take, cues)
        yield from _mix(zip(cues, takes, strict=True), list(voices), manner)


def _cues(lines: Sequence[Line], manner: Manner) -> Iterator[_Cue]:
    """Every utterance of the script, with the silence before it."""
    chance = random.Random(f"pauses {manner.seed}")
    for turn, line in enumerate(lines):
        parts = utterances.split(reading.read(line.text), f"turn {turn + 1} ({line.speaker})")
        for place, part in enumerate(parts):
            yield _Cue(part, turn, line.speaker, chance.uniform(*(manner.breath if place else manner.pause)))


def _in_order(
    pool: ThreadPoolExecutor, work: Callable[[_Cue], _Take], cues: Iterable[_Cue]
) -> Iterator[_Take]:
    """What `pool.map` yields, but with only a few results waiting at any time."""
    waiting: deque[Future[_Take]] = deque()
    for cue in cues:
        waiting.append(pool.submit(work, cue))
        if len(waiting) > _AHEAD:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _take(
    part: utterances.Part, model: Kokoro, style: NDArray[np.float32], shift: float, speed: float
) -> _Take:
    """Speak one utterance at the wanted pitch; the pace stays what `speed` says."""
    said = model.say(part.letters, style, speed / shift)
    placed = timing.place(part, said)
    first = max(round((placed[0].start - _MARGIN) * SAMPLE_RATE), 0)
    last = round((placed[-1].end + _MARGIN) * SAMPLE_RATE)
    samples = _levelled(_faded(shifted(said.samples[first:last], shift)))
    begin = first / SAMPLE_RATE
    tokens = tuple(
        timing.Placed(token.text, (token.start - begin) / shift, (token.end - begin) / shift)
        for token in placed
    )
    return _Take(samples, tokens)


def _faded(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Without a click at either end."""
    length = min(round(_MARGIN * SAMPLE_RATE), len(samples) // 2)
    ramp = (0.5 - 0.5 * np.cos(np.pi * np.arange(length) / length)).astype(np.float32)
    return np.concatenate([samples[:length] * ramp, samples[length:-length], samples[-length:] * ramp[::-1]])


def _levelled(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """At the loudness of all the others, unless that would clip."""
    size = float(np.sqrt(np.mean(samples**2)))
    peak = float(np.abs(samples).max())
    factor = min(_LEVEL / max(size, 1e-6), _PEAK / max(peak, 1e-6))
    return np.asarray(samples * np.float32(factor))


def _mix(takes: Iterable[tuple[_Cue, _Take]], speakers: Sequence[str], manner: Manner) -> Iterator[Block]:
    """String the takes together in their rooms, over the room tone."""
    rooms = {name: _answer(number, manner) for number, name in enumerate(speakers)}
    hum = _hum(manner)
    at, tail = 0, np.zeros(0)
    for cue, take in takes:
        silence = round(cue.silence * SAMPLE_RATE)
        wet = room.heard(take.samples, rooms[cue.speaker])
        block = np.zeros(max(silence + len(wet), len(tail)))
        block[: len(tail)] += tail
        block[silence : silence + len(wet)] += wet
        length = silence + len(take.samples)
        block, tail = block[:length], block[length:]
        yield Block(_over(block, hum, at), _placed(cue, take, (at + silence) / SAMPLE_RATE))
        at += length
    block = np.zeros(max(round(manner.pause[0] * SAMPLE_RATE), len(tail)))
    block[: len(tail)] += tail
    yield Block(_over(block, hum, at), ())


def _placed(cue: _Cue, take: _Take, begin: float) -> tuple[SpokenToken, ...]:
    """The take's tokens in the recording's time."""
    return tuple(
        SpokenToken(token.text, begin + token.start, begin + token.end, cue.speaker, cue.turn)
        for token in take.tokens
    )


def _answer(number: int, manner: Manner) -> NDArray[np.float64]:
    """The room of the speaker of that number; none where there is no noise either."""
    return np.ones(1) if manner.noise is None else room.echo(manner.seed * 1009 + number)


def _hum(manner: Manner) -> NDArray[np.float32]:
    """One loop of the room tone."""
    if manner.noise is None:
        return np.zeros(1, dtype=np.float32)
    return room.tone(manner.seed, _LEVEL * 10 ** (-manner.noise / 20))


def _over(block: NDArray[np.float64], hum: NDArray[np.float32], at: int) -> NDArray[np.float32]:
    """The block with the room tone as it sounds from sample `at` on, never beyond full scale."""
    places = (at + np.arange(len(block))) % len(hum)
    return np.clip(block + hum[places], -1.0, 1.0).astype(np.float32)
