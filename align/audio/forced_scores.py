"""How well given texts fit a stretch of sound, by Whisper's decoder, which is made to write each of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from align.audio.recognition import SILENCE
from align.core.device import gpu_faults
from align.core.types import SAMPLE_RATE, Recording, Span

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

MAX_TEXT_TOKENS = 200
"""Of a text; Whisper's decoder has room for 448 with its prompt."""
_LEAST = 1e-12
"""Probability of a token that the decoder thinks impossible."""


def forced_scores(
    recording: Recording, span: Span, texts: Sequence[str], whisper: WhisperModel, language: str
) -> tuple[float, ...]:
    """The log-probability of each text, given the sound of a span of at most 25 s.

    Args:
        texts: wordings of what is said in the span; one of over MAX_TEXT_TOKENS tokens is cut.
    """
    from faster_whisper.tokenizer import Tokenizer

    tokenizer = Tokenizer(whisper.hf_tokenizer, True, task="transcribe", language=language)
    ids = [tokenizer.encode(text)[:MAX_TEXT_TOKENS] for text in texts]
    samples = recording.samples[int(span.start * SAMPLE_RATE) : int(span.end * SAMPLE_RATE)]
    features = whisper.feature_extractor(samples)
    frames = min(features.shape[-1], (round(span.duration * 100) + SILENCE) // 2 * 2)
    with gpu_faults():
        # One at a time: in a batch the result would depend on the length of the others.
        encoded = whisper.encode(features[:, :frames])
        results = [
            whisper.model.align(encoded, tokenizer.sot_sequence, [text], [frames], median_filter_width=7)[0]
            for text in ids
        ]
    return tuple(float(np.log(np.maximum(result.text_token_probs, _LEAST)).sum()) for result in results)
