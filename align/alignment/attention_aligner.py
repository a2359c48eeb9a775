"""Token times from Whisper's cross-attention on the given text, one window of audio at a time.

For any language that Whisper knows. As in whisper's timing.py, the attention of a few heads from text to
audio is median filtered and then followed by dynamic time warping; CTranslate2 carries it out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from align.alignment.text_comparison import Block, BlockKind
from align.audio.recognition import follows_space, windows
from align.core.device import gpu_faults
from align.core.types import SAMPLE_RATE, HeardWord, Recording, Span, Token, Turn

if TYPE_CHECKING:
    from faster_whisper import WhisperModel
    from faster_whisper.tokenizer import Tokenizer

FRAME = 0.02
"""Seconds of one frame of attention."""

MOST_TEXT_TOKENS = 440
"""Whisper's own tokens that a window's text may have; its decoder holds 448."""

MEDIAN_FILTER = 7
"""Frames of the median filter over the attention, as in whisper."""


@dataclass(frozen=True, slots=True)
class SpokenPiece:
    """A part of what is said in a window: a token of the transcript, or a recognized word that it lacks.

    Attributes:
        token: index of the token, None for a word that only the recognizer has.
        text: with the punctuation and spaces up to the next one.
        at: a rough time, in seconds.
    """

    token: int | None
    text: str
    at: float


@dataclass(frozen=True, slots=True)
class AttentionTime:
    """Where attention puts one token, and how likely Whisper finds it there (0 to 1)."""

    token: int
    span: Span
    probability: float


def spoken_pieces(
    blocks: Sequence[Block], tokens: Sequence[Token], heard: Sequence[HeardWord], turns: Sequence[Turn]
) -> tuple[SpokenPiece, ...]:
    """What is said from start to end, in order, as far as transcript and recognition tell."""
    pieces: list[SpokenPiece] = []
    for block in blocks:
        if block.kind is BlockKind.MISSING:
            words = heard[slice(*block.heard)]
            pieces += [SpokenPiece(None, _spaced(word.text), word.span.start) for word in words]
        elif block.spoken:
            times = _rough_times(block, heard)
            for index, at in zip(range(*block.written), times, strict=True):
                token = tokens[index]
                text = turns[token.turn].spoken
                followed = index + 1 < len(tokens) and tokens[index + 1].turn == token.turn
                end = tokens[index + 1].start if followed else len(text)
                # The text includes the punctuation after the token, which tells Whisper of pauses.
                pieces.append(SpokenPiece(index, _spaced(text[token.start : end].rstrip()), at))
    return tuple(pieces)


def _spaced(text: str) -> str:
    """A word with a space before it where Whisper writes one."""
    return " " + text if follows_space(text[0]) else text


def _rough_times(block: Block, heard: Sequence[HeardWord]) -> list[float]:
    """A rough time for each token of a spoken block: that of the heard word, or an even share."""
    words = heard[slice(*block.heard)]
    if block.kind is BlockKind.SAME:
        return [word.span.start for word in words]
    if words:
        start, end = words[0].span.start, words[-1].span.end
    else:
        start = heard[block.heard[0] - 1].span.end if block.heard[0] else heard[0].span.start
        end = heard[block.heard[0]].span.start if block.heard[0] < len(heard) else start
    count = block.written[1] - block.written[0]
    return [start + (end - start) * k / count for k in range(count)]


def place_by_attention(
    recording: Recording,
    speech: Sequence[Span],
    pieces: Sequence[SpokenPiece],
    whisper: WhisperModel,
    language: str,
    progress: Callable[[float], None],
) -> tuple[AttentionTime, ...]:
    """Place every token among `pieces`, each in the window nearest to its rough time.

    Args:
        progress: called with the seconds of the recording that are done.
    """
    from faster_whisper.tokenizer import Tokenizer

    tokenizer = Tokenizer(whisper.hf_tokenizer, True, task="transcribe", language=language)
    cuts = windows(speech)
    by_window: list[list[SpokenPiece]] = [[] for _ in cuts]
    number = 0
    for piece in pieces:
        while number + 1 < len(cuts) and piece.at >= (cuts[number].end + cuts[number + 1].start) / 2:
            number += 1
        by_window[number].append(piece)
    placed: list[AttentionTime] = []
    for window, inside in zip(cuts, by_window, strict=True):
        if inside:
            placed += _place_window(recording, window, inside, whisper, tokenizer)
            progress(window.end)
    return tuple(placed)


def _place_window(
    recording: Recording,
    window: Span,
    pieces: Sequence[SpokenPiece],
    whisper: WhisperModel,
    tokenizer: Tokenizer,
) -> list[AttentionTime]:
    """Place the tokens of one window; a text that is too long is split at its middle piece."""
    from faster_whisper.audio import pad_or_trim

    ids = [tokenizer.encode(piece.text) for piece in pieces]
    flat = [text_token for piece_ids in ids for text_token in piece_ids]
    if len(flat) > MOST_TEXT_TOKENS:
        middle = len(pieces) // 2
        cut = min(max(pieces[middle].at, window.start), window.end)
        halves = (Span(window.start, cut), pieces[:middle]), (Span(cut, window.end), pieces[middle:])
        return [
            time for span, half in halves for time in _place_window(recording, span, half, whisper, tokenizer)
        ]
    samples = recording.samples[int(window.start * SAMPLE_RATE) : int(window.end * SAMPLE_RATE)]
    features = whisper.feature_extractor(samples)
    with gpu_faults():
        result = whisper.model.align(
            whisper.encode(pad_or_trim(features)),
            tokenizer.sot_sequence,
            [flat],
            [features.shape[-1]],
            median_filter_width=MEDIAN_FILTER,
        )[0]
    text_index, frame = np.array(result.alignments).T
    first = np.searchsorted(text_index, np.arange(len(flat) + 1))
    starts = (frame[np.minimum(first, len(frame) - 1)] * FRAME).tolist()
    probabilities = list(result.text_token_probs)
    edges = np.cumsum([0, *map(len, ids)]).tolist()
    placed: list[AttentionTime] = []
    for k, piece in enumerate(pieces):
        if piece.token is not None:
            begin = min(window.start + starts[edges[k]], window.end)
            end = min(max(begin, window.start + starts[edges[k + 1]]), window.end)
            probability = float(np.mean(probabilities[edges[k] : edges[k + 1]]))
            placed.append(AttentionTime(piece.token, Span(begin, end), probability))
    return placed
