"""The values that travel through the program, in the order in which they are made.

All are immutable. Times are seconds from the recording's start; text offsets count characters of the turn's
text; every range is half open; a name of a speaker is None when unknown.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from align.core.audio_choice import DEFAULT_CHOICE, AudioChoice

SAMPLE_RATE = 16_000
"""Hz. Every recording is decoded to this rate, which the models need."""


def down_to_millisecond(seconds: float) -> float:
    """`seconds` in whole milliseconds, rounded down, but up from a millionth below one.

    Every time at which something is heard is rounded so where it enters a result: it stays in its frame of
    video, and does not change when the result is written and read again.
    """
    return math.floor(round(seconds * 1000, 3)) / 1000


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of time, in seconds; `start <= end`."""

    start: float
    end: float

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span of time: {self.start} to {self.end}")

    @property
    def duration(self) -> float:
        """Seconds."""
        return self.end - self.start

    def in_milliseconds(self) -> Span:
        """Both ends in whole milliseconds, as results have them."""
        return Span(down_to_millisecond(self.start), down_to_millisecond(self.end))

    def overlap(self, other: Span) -> float:
        """Seconds that the two have in common, 0 when they do not meet."""
        return max(0.0, min(self.end, other.end) - max(self.start, other.start))


class Samples(Protocol):
    """Mono sound in [-1, 1] at SAMPLE_RATE, read in parts: an array, or a file."""

    def __len__(self) -> int: ...

    def __getitem__(self, part: slice, /) -> NDArray[np.float32]: ...


class Posteriors(Protocol):
    """Log-probabilities of phones, shape (frames, phones), read in parts: an array, or a file."""

    def __len__(self) -> int: ...

    def __getitem__(self, part: slice, /) -> NDArray[np.floating]: ...


@dataclass(frozen=True, eq=False)
class Recording:
    """Decoded audio.

    Attributes:
        digest: SHA-256 of the samples; equal sound has an equal digest.
        lost: seconds at the end that the file declares and that could not be decoded.
        holes: spans of silence in place of sound that is missing from the file, or damaged.
        choice, notes: what of the file was heard, and whole sentences for the user about that.
    """

    path: Path
    samples: Samples
    digest: str
    lost: float = 0.0
    holes: tuple[Span, ...] = ()
    choice: AudioChoice = DEFAULT_CHOICE
    notes: tuple[str, ...] = ()

    @property
    def duration(self) -> float:
        """Seconds."""
        return len(self.samples) / SAMPLE_RATE


@dataclass(frozen=True, slots=True)
class Wording:
    """Other words for a possibly empty stretch of a text, its characters `start` to `end`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Turn:
    """A stretch of text by one speaker.

    Attributes:
        speaker: the name in the transcript's label.
        text: what the viewer reads, on one line, without the label.
        line: where it begins in the transcript, counted from 1 (a line, paragraph or subtitle number).
        hidden: stretches of `text` with what is said there, where cleaning removed fillers and repeats; in
            order and apart from each other.
        corrections: stretches of `spoken` with what the transcript has there, where a glossary corrected it.
    """

    speaker: str | None
    text: str
    line: int
    hidden: tuple[Wording, ...] = ()
    corrections: tuple[Wording, ...] = ()

    @cached_property
    def spoken(self) -> str:
        """What is said: `text` with its fillers and repeats; the tokens are cut from this."""
        parts, position = [], 0
        for wording in self.hidden:
            parts += [self.text[position : wording.start], wording.text]
            position = wording.end
        return "".join((*parts, self.text[position:]))


@dataclass(frozen=True, slots=True)
class ExcludedLine:
    """A line of the transcript that is not spoken.

    Attributes:
        line: where it is in the file, as in `Turn`.
        reason: such as "header" or "stage direction".
    """

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """The text of a transcript, in turns.

    Attributes:
        excluded, participants: the lines that are not spoken, and whom a cast list or a header names.
        translation: its paragraphs in a second language, in order; () for none.
        format, doubts: what it was read as, and whole sentences on what may be read wrong.
        languages: codes, of a text in two: the one that is taken for the spoken one, and the other.
    """

    path: Path
    turns: tuple[Turn, ...]
    excluded: tuple[ExcludedLine, ...] = ()
    participants: tuple[str, ...] = ()
    translation: tuple[str, ...] = ()
    format: str = "txt"
    doubts: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Token:
    """The smallest unit that gets a time: one Han character, one Latin word, one number.

    Attributes:
        text: equal to `turns[turn].spoken[start:end]`.
        sound: for comparison: a pinyin syllable without its tone, a Latin word in lower case, digits.
            Homophones and Traditional or Simplified forms share a sound.
    """

    text: str
    sound: str
    turn: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class HeardWord:
    """A token that the recogniser heard, with its own rough times."""

    text: str
    sound: str
    span: Span
    probability: float


@dataclass(frozen=True, slots=True)
class SpeakerTurn:
    """A stretch of audio in which one voice speaks."""

    span: Span
    speaker: str


@dataclass(frozen=True, slots=True)
class TimedToken:
    """A token and its place in the audio.

    Attributes:
        span: in whole milliseconds; None when it is not in the audio.
        score: 0 (a guess) to 1 (certain).
    """

    token: Token
    span: Span | None
    score: float
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where everything is said.

    Attributes:
        tokens: all, in the transcript's order.
        untranscribed: speech without a token, in order and apart from each other.
        overlaps: where several people speak at once, in order and apart from each other; () also when
            the voices were not analysed.
    """

    tokens: tuple[TimedToken, ...]
    untranscribed: tuple[Span, ...]
    overlaps: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class NameProposal:
    """Who a voice may be.

    Attributes:
        voice: its label without a name, such as "Speaker 2".
        score: 0 to 1, how sure the name is.
        applied: whether the tokens of the voice have the name.
        span: where the strongest evidence is heard.
        reasons: the evidence in whole sentences, for the user.
    """

    voice: str
    name: str
    score: float
    applied: bool
    span: Span
    reasons: tuple[str, ...]


class MismatchKind(str, Enum):
    """How text and audio disagree."""

    MISSING_TEXT = "missing text"
    """Speech without text."""
    UNSPOKEN = "unspoken text"
    """Text without speech."""
    DIFFERENT = "different text"
    """Text unlike what was heard."""
    SAME_SOUND = "same sound"
    """Other characters than were heard, with the same sound."""
    WRONG_WORD = "suspected wrong word"
    """A word that sounds right and does not fit its context."""
    FILLER = "filler"
    """A filler or a repeat that a cleaned text omits."""
    MOVED = "moved text"
    """Text that is said in another place."""
    SPEAKER = "wrong speaker"
    """The label names one person, the voice is that of another."""
    TIMING = "implausible timing"
    """Placed at a speed at which nobody speaks."""


class Severity(str, Enum):
    """How much a mismatch disturbs the viewer unless it is fixed."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A place where text and audio disagree, for a person to judge.

    Attributes:
        span: for unspoken text the moment at which it should be heard, for moved text where it is said.
        tokens: range of tokens; empty for missing text and fillers, at their place in the text.
        written: what the transcript has, "" for missing text.
        heard: what the recogniser heard, "" for unspoken text.
        score: 0 to 1, how sure it is that there is a mismatch.
        reasons: whole sentences, for the reviewer.
        alternatives: for a suspected wrong word, what it may be instead, the likeliest first.
        alternative_score: 0 to 1, how sure it is that the first of them is right.
    """

    kind: MismatchKind
    span: Span
    tokens: tuple[int, int]
    written: str
    heard: str
    severity: Severity
    score: float
    reasons: tuple[str, ...]
    alternatives: tuple[str, ...] = ()
    alternative_score: float = 0.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """What one cue says, before it is laid out in lines: the same in every track.

    Attributes:
        span: when it is on screen.
        tokens: range of the tokens that it shows.
        text: in the language of the transcript, on one line.
        translation: in the second language, on one line, "" when there is none.
    """

    span: Span
    tokens: tuple[int, int]
    text: str
    translation: str
    speaker: str | None


@dataclass(frozen=True, slots=True)
class Cue:
    """One subtitle on screen; `lines` has a tuple for each language, in the track's order."""

    span: Span
    lines: tuple[tuple[str, ...], ...]
    speaker: str | None


@dataclass(frozen=True, slots=True)
class Track:
    """Cues in one language or two, sorted, never overlapping.

    Attributes:
        languages: codes such as ("zh",) or ("zh", "en").
    """

    languages: tuple[str, ...]
    cues: tuple[Cue, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """The result of a run, which NAME.alignment.json holds and every file is written from.

    Attributes:
        name, audio: stem of the files to write; file name of the recording, without its folder.
        audio_digest: SHA-256 of the decoded samples.
        duration: of the recording, in seconds.
        second_language: of the translation, None for no translation.
        aligner: what placed the tokens, such as "attention".
        models: name and digest of each model that was used.
        speakers_from: "labels", "voices", "file" (a diarization that the user gave) or "none".
        transcript_coverage, speech_coverage: shares of the text in the audio, of the speech in the text.
        notes: whole sentences for the user about what is uncertain or was left out.
        clean, script: how the transcript was cleaned, as in RunOptions.
        glossary: SHA-256 of the glossary, None for none.
        name_proposals: in the order of the voices.
        speaker_names: labels of people who were renamed or merged, with their new names.
        options: those of the run, as align.export.stored_options reads them; {} for none.
    """

    name: str
    audio: str
    audio_digest: str
    duration: float
    transcript: str
    turns: tuple[Turn, ...]
    language: str
    second_language: str | None
    aligner: str
    models: tuple[tuple[str, str], ...]
    speakers_from: str
    transcript_coverage: float
    speech_coverage: float
    alignment: Alignment
    mismatches: tuple[Mismatch, ...]
    phrases: tuple[Phrase, ...]
    notes: tuple[str, ...]
    clean: str = "light"
    script: str = "as-is"
    glossary: str | None = None
    name_proposals: tuple[NameProposal, ...] = ()
    speaker_names: tuple[tuple[str, str], ...] = ()
    options: Mapping[str, object] = field(default_factory=dict)
