"""Speech translation: Whisper's English of the recording, assigned to the cues by time."""

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
from align.translate.backend import Advance, TranslationJob
from align.translate.distribute import distribute
from align.translate.notes import max_width_of, not_translated
from align.translate.parameters import DEFAULTS

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

_MEDIUM_LAYERS = 24
"""Decoder layers of Whisper medium; large has 32. turbo, which has 4, was never trained to translate."""
WARNING = (
    "Whisper translates the audio, not your text: it omits and invents things that no check can detect. "
    "Read every line."
)


@dataclass(frozen=True, slots=True)
class SpeechPassage:
    """Whisper's English of a stretch of the recording."""

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
        raise ModelError(name, "does not state its size; choose a size or a folder with --model") from error
    if layers <= _MEDIUM_LAYERS:
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
    """Translate all speech into English, one window at a time.

    Args:
        language: that is spoken.
        progress: called with the seconds of the recording that are done.
    """
    passages = []
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
                passages.append(SpeechPassage(Span(start, end), plain(segment.text)))
        progress(window.end)
    return tuple(passages)


@dataclass(frozen=True, slots=True)
class SpeechTranslator:
    """Takes the lines from Whisper's translation of the whole recording, its passages in order."""

    passages: Sequence[SpeechPassage]

    def translate(
        self, phrases: Sequence[Phrase], wanted: Sequence[int], job: TranslationJob, advance: Advance
    ) -> tuple[str, ...]:
        """See `Translator.translate`; each passage is distributed over the phrases of its time."""
        lines: list[list[str]] = [[] for _ in phrases]
        for passage in self.passages:
            indices = _phrases_at(passage.span, phrases)
            shares = [max(0.1, passage.span.overlap(phrases[k].span)) for k in indices]
            max_widths = [max_width_of(phrases[k], job.rules) for k in indices]
            parts = distribute(passage.text, shares, max_widths, "en", job.rules)
            for k, text in zip(indices, parts, strict=True):
                lines[k] += [text] if text else []
        advance(len(wanted))
        return tuple(" ".join(lines[k]) or not_translated(job.target) for k in wanted)


def _phrases_at(span: Span, phrases: Sequence[Phrase]) -> list[int]:
    """The phrases on screen during a span; if there are none, the nearest one."""
    indices = [
        k
        for k, phrase in enumerate(phrases)
        if 2 * span.overlap(phrase.span) >= min(span.duration, phrase.span.duration)
    ]
    if indices:
        return indices
    distances = [max(phrase.span.start - span.end, span.start - phrase.span.end, 0.0) for phrase in phrases]
    nearest = min(range(len(phrases)), key=distances.__getitem__, default=None)
    return [nearest] if nearest is not None and distances[nearest] <= DEFAULTS.max_distance else []
