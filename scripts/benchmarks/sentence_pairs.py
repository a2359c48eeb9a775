"""Mandarin sentences with English references, from the repository no7z/hsk-sentences-audio.

Two sets are made of them: sentences to translate, each with the time that its recording takes, and an
English text whose sentences were merged, split, left out and put in, to be brought back to the cues.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from align.audio.decode import read_audio
from align.core.errors import InputError
from align.core.types import Phrase, Span
from align.subtitles.options import CueOptions
from align.subtitles.timing import grid_for, on_screen

REPOSITORY = "no7z/hsk-sentences-audio"
COMMIT = "857dfbab91027ebd97df01260e91b817cb6b4854"
FOLDER = "hsk-sentences-audio"
_ROW = re.compile(r'^\s*- \{ chinese: "(.*?)", en: "(.*?)"', re.MULTILINE)
_NO_REFERENCE = re.compile(r"PH$|placeholder")
"""Rows that nobody has translated yet."""
_PACE = 4.5
"""Characters a second where a recording is not there; what slow speech has."""
_GAP = 0.08
"""Seconds between two cues: two frames at 25 a second."""
PAUSES = (1.0, _GAP)
"""Seconds behind each recording: as after a sentence, and where the next one follows without a breath."""

GONE, MERGED, SPLIT, EXTRA = 0.08, 0.12, 0.15, 0.08
"""Shares of the sentences that are left out, merged with the next, split, and followed by a strange one."""
LONG = 14
"""Characters from which a sentence takes two cues, if it has a comma."""
MINE = 0.75
"""Share of a cue's words that must be of its own sentence, and of the sentence's that must be on its cues."""


@dataclass(frozen=True, slots=True)
class SentencePair:
    """A sentence and its translation.

    Attributes:
        name: such as hsk3-0017: the level, and the row in the level's file.
    """

    name: str
    chinese: str
    english: str


def read_pairs(corpora: Path) -> tuple[SentencePair, ...]:
    """All pairs of a clone that have a reference, in the order of its files.

    Raises:
        InputError: there is no clone.
    """
    files = sorted((corpora / FOLDER / "data" / "sentences").glob("*.yaml"))
    if not files:
        raise InputError(corpora / FOLDER, f"is no clone; git clone https://github.com/{REPOSITORY}")
    return tuple(
        SentencePair(f"{path.stem}-{number:04d}", chinese, english)
        for path in files
        for number, (chinese, english) in enumerate(_ROW.findall(path.read_text("utf-8")), 1)
        if not _NO_REFERENCE.match(english)
    )


def chosen(pairs: Sequence[SentencePair], count: int) -> tuple[SentencePair, ...]:
    """Some of the pairs, evenly over all levels, in order."""
    return tuple(pairs[k * len(pairs) // count] for k in range(min(count, len(pairs))))


def as_cues(
    pairs: Sequence[SentencePair], corpora: Path, options: CueOptions, pause: float
) -> tuple[Phrase, ...]:
    """A cue each, timed by its recording as align times what is said.

    Args:
        pause: seconds of silence behind each recording, into which its cue may stay.
    """
    rules = options.rules("zh")
    at, speech = 0.0, []
    for pair in pairs:
        speech.append(Span(at, at + _seconds(pair, corpora)))
        at = speech[-1].end + pause
    reading_times = [rules.reading(pair.chinese) for pair in pairs]
    spans = on_screen(speech, reading_times, grid_for(at, options.fps, rules))
    return tuple(
        Phrase(span, (number, number + 1), pair.chinese, "", None)
        for number, (span, pair) in enumerate(zip(spans, pairs, strict=True))
    )


def _seconds(pair: SentencePair, corpora: Path) -> float:
    audio = corpora / FOLDER / "dist" / "audio" / f"{pair.name}.mp3"
    return read_audio(audio).duration if audio.is_file() else len(pair.chinese) / _PACE


@dataclass(frozen=True, slots=True)
class Edited:
    """Cues, and an English text that does not have sentence for sentence.

    Attributes:
        owners: for each cue its pair.
        english: the text.
        gone: the pairs that it does not have.
    """

    pairs: tuple[SentencePair, ...]
    cues: tuple[Phrase, ...]
    owners: tuple[int, ...]
    english: tuple[str, ...]
    gone: frozenset[int]


def edited(pairs: Sequence[SentencePair], count: int, seed: int) -> Edited:
    """Some pairs with their English merged, split, left out, and strange sentences put in."""
    draw = random.Random(seed)
    picked = draw.sample(list(pairs), count + count // 5)
    strange = [pair.english for pair in picked[count:]]
    picked = picked[:count]
    texts: list[str] = []
    owners: list[int] = []
    for number, pair in enumerate(picked):
        parts = (
            re.split("(?<=[，；])", pair.chinese, maxsplit=1) if len(pair.chinese) > LONG else [pair.chinese]
        )
        texts += parts
        owners += [number] * len(parts)
    english, gone = _changed(picked, strange, draw)
    starts = [0.0]
    for text in texts:
        starts.append(starts[-1] + max(1.0, len(text) / _PACE) + _GAP)
    cues = tuple(
        Phrase(Span(start, end - _GAP), (k, k + 1), text, "", None)
        for k, (text, start, end) in enumerate(zip(texts, starts, starts[1:], strict=False))
    )
    return Edited(tuple(picked), cues, tuple(owners), tuple(english), frozenset(gone))


def _changed(
    pairs: Sequence[SentencePair], strange: list[str], draw: random.Random
) -> tuple[list[str], list[int]]:
    """The English text, and the pairs that it does not have."""
    english: list[str] = []
    gone: list[int] = []
    number = 0
    while number < len(pairs):
        text, lot = pairs[number].english, draw.random()
        if lot < GONE:
            gone.append(number)
        elif lot < GONE + MERGED and number + 1 < len(pairs):
            number += 1
            other = pairs[number].english
            english.append(f"{text.rstrip('.!?')}, and {other[0].lower()}{other[1:]}")
        elif lot < GONE + MERGED + SPLIT and ", " in text:
            first, _, second = text.partition(", ")
            english += [f"{first}.", f"{second[0].upper()}{second[1:]}"]
        else:
            english.append(text)
        if strange and draw.random() < EXTRA:
            english.append(strange.pop())
        number += 1
    return english, gone


def right(case: Edited, lines: Sequence[str]) -> list[bool]:
    """For each cue whether it has what is its own, and nothing where the text has nothing for it."""
    words = [Counter(_words(line)) for line in lines]
    own = [Counter(_words(pair.english)) for pair in case.pairs]
    held = [Counter[str]() for _ in case.pairs]
    for owner, there in zip(case.owners, words, strict=True):
        held[owner] += there & own[owner]
    return [
        not there
        if owner in case.gone
        else bool(there)
        and (there & own[owner]).total() >= MINE * there.total()
        and (held[owner] & own[owner]).total() >= MINE * own[owner].total()
        for owner, there in zip(case.owners, words, strict=True)
    ]


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower())
