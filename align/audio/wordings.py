"""How likely Whisper's decoder finds given wordings of a stretch of speech.

The acoustics alone cannot tell words of one sound, and free recognition writes what is usual. The decoder,
made to write each wording in turn, compares them with the sound and the sentence together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from align.audio.recognition import SILENCE
from align.core.device import gpu_faults
from align.core.types import SAMPLE_RATE, Recording, Span

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

LEAST = 1e-10
"""Least probability of a text token that counts; half precision knows none below 6e-8."""


@dataclass(frozen=True, slots=True)
class Wordings:
    """A stretch of audio of at most 30 s, and what may be said in it.

    Attributes:
        texts: each of the whole stretch.
    """

    span: Span
    texts: tuple[str, ...]


def score_wordings(
    recording: Recording,
    questions: Sequence[Wordings],
    whisper: WhisperModel,
    language: str,
    progress: Callable[[float], None],
) -> tuple[tuple[float, ...], ...]:
    """For each question the log-likelihood of each text, given the audio; natural logarithms.

    Args:
        language: Whisper's code of the language that is mostly spoken.
        progress: called with the number of questions that are done.
    """
    from faster_whisper.tokenizer import Tokenizer

    tokenizer = Tokenizer(
        whisper.hf_tokenizer, whisper.model.is_multilingual, task="transcribe", language=language
    )

    def scores(question: Wordings) -> tuple[float, ...]:
        first, last = (int(time * SAMPLE_RATE) for time in (question.span.start, question.span.end))
        with gpu_faults():
            features = whisper.feature_extractor(recording.samples[first:last])
            frames = min(features.shape[1], (round(question.span.duration * 100) + SILENCE) // 2 * 2)
            encoded = whisper.encode(features[:, :frames])
            probabilities = [
                whisper.model.align(encoded, tokenizer.sot_sequence, [tokenizer.encode(text)], frames)[0]
                for text in question.texts
            ]
        return tuple(
            round(float(np.log(np.maximum(each.text_token_probs, LEAST)).sum()), 3) for each in probabilities
        )

    scored: list[tuple[float, ...]] = []
    with ThreadPoolExecutor(whisper.model.num_workers) as pool:
        for row in pool.map(scores, questions):
            scored.append(row)
            progress(len(scored))
    return tuple(scored)
