"""A changed text compared with the alignment of the old one: which tokens stay, and what changed.

    old alignment, new text --read_change--> change --realign--> result

No model is needed here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from align.alignment.text_diff import Change, find_changes, same_tokens
from align.audio.seek import find_recording
from align.core.errors import InputError
from align.core.types import Recording, Result, Span, Token, Transcript
from align.mismatch.coverage import transcript_matches
from align.pipeline.options import PHONE
from align.pronounce.lexicon import Lexicon
from align.pronounce.tokens import tokenize
from align.transcript.cleaning.apply_rules import Cleaning
from align.transcript.cleaning.glossary import Glossary
from align.transcript.read import BY_CONTENT, Reading, read_transcript

MIN_COMMON = 0.3
"""Share of the longer text that must be unchanged; with less there is nothing to go by."""


@dataclass(frozen=True, slots=True)
class TranscriptChange:
    """An alignment and the text that replaces its own.

    Attributes:
        tokens: of the new text.
        origin: for each of them the old token that it is, None for a new one.
        changes: the stretches to realign.
        recording: None when it is not there.
        sound_path: where the recording is, or should be.
        said: tokens that a person has heard, even if the search does not find them.
    """

    old: Result
    transcript: Transcript
    tokens: tuple[Token, ...]
    origin: tuple[int | None, ...]
    changes: tuple[Change, ...]
    recording: Recording | None
    sound_path: Path
    lexicon: Lexicon
    glossary: Glossary
    said: frozenset[int] = frozenset()

    @property
    def kept(self) -> list[Span | None]:
        """The time that each token keeps, None for a new one."""
        old = self.old.alignment.tokens
        return [None if k is None else old[k].span for k in self.origin]

    @property
    def summary(self) -> str:
        """A sentence for the user."""
        again = self.steady.count(False)
        return (
            f"Changed places: {len(self.changes)}; words realigned: {again}; words that keep their times: "
            f"{len(self.tokens) - again}."
        )

    @property
    def steady(self) -> list[bool]:
        """Whether each token is outside of all changes."""
        steady = [True] * len(self.tokens)
        for change in self.changes:
            first, last = change.tokens
            steady[first:last] = [False] * (last - first)
        return steady


def read_change(
    old: Result,
    alignment: Path,
    transcript: Path,
    lexicon: Lexicon,
    glossary: Glossary,
    audio: Path | None = None,
    reading: Reading = BY_CONTENT,
) -> TranscriptChange:
    """Read a new text, clean it as the old one was, and compare the two.

    Args:
        alignment: the file of `old`, for errors and to look beside it for the recording.
        audio: the recording; None looks for it.
        reading: how the transcript is read; in the language of `old` unless it names another.

    Raises:
        InputError: one of them cannot be used, or they have too little in common.
    """
    check_aligned(old, alignment)
    if old.glossary and glossary.digest is None:
        raise InputError(
            alignment, "was made with a glossary by an older version, which did not store it; add --glossary"
        )
    reading = replace(reading, language=reading.language or old.language)
    text = read_transcript(transcript, Cleaning(old.clean, old.script, glossary), reading)
    recording, path = find_recording(old, alignment, audio)
    return change_of(old, text, recording, path, lexicon, glossary)


def change_of(
    old: Result,
    text: Transcript,
    recording: Recording | None,
    sound_path: Path,
    lexicon: Lexicon,
    glossary: Glossary,
) -> TranscriptChange:
    """What changed between the text of a result and a new one.

    Raises:
        InputError: they have too little in common.
    """
    tokens, before = tokenize(text.turns), old.alignment.tokens
    origin = same_tokens([token.text for token in tokens], [timed.token.text for timed in before])
    common = sum(k is not None for k in origin) / max(1, len(tokens), len(before))
    if common < MIN_COMMON:
        raise InputError(
            text.path, f"has only {common:.0%} in common with {old.transcript}; align it with `align run`"
        )
    changes = find_changes(origin, [timed.span for timed in before], old.duration)
    return TranscriptChange(old, text, tokens, origin, changes, recording, sound_path, lexicon, glossary)


def check_aligned(old: Result, path: Path) -> None:
    """Raise InputError for a result of the attention aligner, or whose text does not match the audio."""
    if old.aligner != PHONE:
        raise InputError(
            path, f"was aligned by {old.aligner}, and only {PHONE} can realign a part; use `align run`"
        )
    if not transcript_matches(old.transcript_coverage, old.speech_coverage):
        raise InputError(path, f"{old.transcript} was not found in {old.audio}; use `align run`")
