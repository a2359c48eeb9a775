"""Speech translation: what Whisper makes of the recording in English, brought to the cues by its times."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from align.audio.recognition import windows
from align.core.errors import ModelError
from align.core.types import SAMPLE_RATE, Phrase, Recording, Span
from align.subtitles.layout import plain
from align.translate.base import Advance, TranslationJob
from align.translate.distribute import shared
from align.translate.notes import not_translated, room_of

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

LARGE = 24
"""Layers of the decoder from which a model is large; medium has 24 (0 to 23), large 32. turbo, which has 4,
was never taught to translate."""
WARNING = (
    "Whisper translates what it hears and not your text: it leaves out and makes up what no check can see. "
    "Read every line."
)
_NEAR = 1.0
"""Seconds between a passage and a phrase within which it can still be the phrase's."""


@dataclass(frozen=True, slots=True)
class SpeechPassage:
    """What Whisper says in English of a stretch of the recording."""

    span: Span
    text: str


def check_large(folder: Path, name: str) -> None:
    """Make sure that a Whisper model is large enough to translate.

    Raises:
        ModelError: it is not.
    """
    try:
        heads = json.loads((folder / "config.json").read_bytes())["alignment_heads"]
        layers = 1 + max(layer for layer, _ in heads)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(name, "does not say how large it is; name a Whisper large with --model") from error
    if layers <= LARGE:
        raise ModelError(
            name,
            "is too small to translate speech; choose --model large-v3, or another --translation-backend",
        )


def translate_speech(
    recording: Recording,
    speech: Sequence[Span],
    whisper: WhisperModel,
    language: str,
    progress: Callable[[float], None],
) -> tuple[SpeechPassage, ...]:
    """Translate all speech into English, a window at a time.

    Args:
        language: that is spoken.
        progress: told the seconds of the recording that are done.
    """
    found = []
    for window in windows(speech):
        samples = recording.samples[int(window.start * SAMPLE_RATE) : int(window.end * SAMPLE_RATE)]
        segments, _ = whisper.transcribe(
            samples, language=language, task="translate", beam_size=5, temperature=0.0,
            condition_on_previous_text=False,
        )  # fmt: skip
        for segment in segments:
            start = min(window.start + max(0.0, float(segment.start)), window.end)
            end = min(max(window.start + float(segment.end), start), window.end)
            if plain(segment.text):
                found.append(SpeechPassage(Span(start, end), plain(segment.text)))
        progress(window.end)
    return tuple(found)


class SpeechTranslator:
    """Lines from what Whisper made of the whole recording."""

    def __init__(self, name: str, digest: str, passages: Sequence[SpeechPassage]) -> None:
        """Take what it made.

        Args:
            name, digest: of the model.
            passages: in order.
        """
        self._name, self._digest, self._passages = name, digest, passages

    @property
    def name(self) -> str:
        """The model's."""
        return self._name

    @property
    def digest(self) -> str:
        """The model's."""
        return self._digest

    def translate(
        self, phrases: Sequence[Phrase], wanted: Sequence[int], job: TranslationJob, advance: Advance
    ) -> tuple[str, ...]:
        """See `Translator.translate`; each passage is shared by the phrases of its time."""
        lines: list[list[str]] = [[] for _ in phrases]
        for passage in self._passages:
            met = _met(passage.span, phrases)
            shares = [max(0.1, passage.span.overlap(phrases[k].span)) for k in met]
            rooms = [room_of(phrases[k], job.rules) for k in met]
            for k, text in zip(met, shared(passage.text, shares, rooms, "en", job.rules), strict=True):
                lines[k] += [text] if text else []
        advance(len(wanted))
        return tuple(" ".join(lines[k]) or not_translated(job.target) for k in wanted)


def _met(span: Span, phrases: Sequence[Phrase]) -> list[int]:
    """The phrases that are on screen in a stretch of time; where there is none, the nearest."""
    met = [
        k
        for k, one in enumerate(phrases)
        if 2 * span.overlap(one.span) >= min(span.duration, one.span.duration)
    ]
    if met:
        return met
    far = [max(one.span.start - span.end, span.start - one.span.end, 0.0) for one in phrases]
    nearest = min(range(len(phrases)), key=far.__getitem__, default=None)
    return [nearest] if nearest is not None and far[nearest] <= _NEAR else []
