"""Times by Whisper's cross-attention on the given text, a window of audio at a time.

For any language that Whisper knows. The method is that of whisper's timing.py: the attention of a few
heads from text to audio, median filtered, then dynamic time warping; CTranslate2 carries it out.
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
    """A piece of what is said in a window: a token of the transcript, or a heard word that it lacks.

    Attributes:
        token: index of the token, None for a word that only the recogniser has.
        text: the piece with the punctuation and spaces up to the next one.
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
    """What is said from start to end, as far as text and recogniser tell, in order."""
    pieces: list[SpokenPiece] = []
    for block in blocks:
        if block.kind is BlockKind.MISSING:
            pieces += [
                SpokenPiece(None, _spaced(word.text), word.span.start) for word in heard[slice(*block.heard)]
            ]
        elif block.spoken:
            times = _rough_times(block, heard)
            indices = range(*block.written)
            pieces += [
                SpokenPiece(k, _with_tail(tokens, k, turns), at) for k, at in zip(indices, times, strict=True)
            ]
    return tuple(pieces)


def _rough_times(block: Block, heard: Sequence[HeardWord]) -> list[float]:
    """A rough time for each token of a spoken block: the heard word's own, or an even share."""
    words = heard[slice(*block.heard)]
    count = block.written[1] - block.written[0]
    if block.kind is BlockKind.SAME:
        return [word.span.start for word in words]
    if words:
        start, end = words[0].span.start, words[-1].span.end
    else:
        start = heard[block.heard[0] - 1].span.end if block.heard[0] else heard[0].span.start
        end = heard[block.heard[0]].span.start if block.heard[0] < len(heard) else start
    return [start + (end - start) * k / count for k in range(count)]


def _spaced(text: str) -> str:
    """A word, with what may stand behind it, as Whisper's text has it."""
    return " " + text if follows_space(text[0]) else text


def _with_tail(tokens: Sequence[Token], index: int, turns: Sequence[Turn]) -> str:
    """A token with what stands between it and the next one; punctuation tells Whisper of pauses."""
    token = tokens[index]
    follows = index + 1 < len(tokens) and tokens[index + 1].turn == token.turn
    text = turns[token.turn].spoken
    return _spaced(text[token.start : tokens[index + 1].start if follows else len(text)].rstrip())


def place_by_attention(
    recording: Recording,
    speech: Sequence[Span],
    pieces: Sequence[SpokenPiece],
    whisper: WhisperModel,
    language: str,
    progress: Callable[[float], None],
) -> tuple[AttentionTime, ...]:
    """Place every token among `pieces`.

    Args:
        progress: told the seconds of the recording that are done.
    """
    from faster_whisper.tokenizer import Tokenizer

    tokenizer = Tokenizer(whisper.hf_tokenizer, True, task="transcribe", language=language)
    placed: list[AttentionTime] = []
    for window, inside in _by_window(windows(speech), pieces):
        placed += _place_window(recording, window, inside, whisper, tokenizer)
        progress(window.end)
    return tuple(placed)


def _by_window(cuts: Sequence[Span], pieces: Sequence[SpokenPiece]) -> list[tuple[Span, list[SpokenPiece]]]:
    """Each window with the pieces whose rough time lies nearest to it; windows without any are left out."""
    inside: list[list[SpokenPiece]] = [[] for _ in cuts]
    window = 0
    for piece in pieces:
        while window + 1 < len(cuts) and piece.at >= (cuts[window].end + cuts[window + 1].start) / 2:
            window += 1
        inside[window].append(piece)
    return [(cut, some) for cut, some in zip(cuts, inside, strict=True) if some]


def _place_window(
    recording: Recording,
    window: Span,
    pieces: Sequence[SpokenPiece],
    whisper: WhisperModel,
    tokenizer: Tokenizer,
) -> list[AttentionTime]:
    """Place the tokens of one window."""
    ids = [tokenizer.encode(piece.text) for piece in pieces]
    if sum(map(len, ids)) > MOST_TEXT_TOKENS:
        return _place_halves(recording, window, pieces, whisper, tokenizer)
    starts, probabilities = _attend(recording, window, ids, whisper, tokenizer)
    edges = np.cumsum([0, *map(len, ids)])
    return [
        AttentionTime(
            piece.token,
            _span(window, starts[edges[k]], starts[edges[k + 1]]),
            float(np.mean(probabilities[edges[k] : edges[k + 1]])),
        )
        for k, piece in enumerate(pieces)
        if piece.token is not None
    ]


def _place_halves(
    recording: Recording,
    window: Span,
    pieces: Sequence[SpokenPiece],
    whisper: WhisperModel,
    tokenizer: Tokenizer,
) -> list[AttentionTime]:
    """Place a text that is too long for one window in two parts, cut at the middle piece's rough time."""
    middle = len(pieces) // 2
    cut = min(max(pieces[middle].at, window.start), window.end)
    first, second = Span(window.start, cut), Span(cut, window.end)
    return [
        *_place_window(recording, first, pieces[:middle], whisper, tokenizer),
        *_place_window(recording, second, pieces[middle:], whisper, tokenizer),
    ]


def _attend(
    recording: Recording,
    window: Span,
    ids: Sequence[Sequence[int]],
    whisper: WhisperModel,
    tokenizer: Tokenizer,
) -> tuple[list[float], list[float]]:
    """The start (seconds in the window) of every id and of the text's end, and each id's probability."""
    from faster_whisper.audio import pad_or_trim

    samples = recording.samples[int(window.start * SAMPLE_RATE) : int(window.end * SAMPLE_RATE)]
    features = whisper.feature_extractor(samples)
    frames = features.shape[-1]
    flat = [one for some in ids for one in some]
    with gpu_faults():
        result = whisper.model.align(
            whisper.encode(pad_or_trim(features)),
            tokenizer.sot_sequence,
            [flat],
            [frames],
            median_filter_width=MEDIAN_FILTER,
        )[0]
    text_index, frame = np.array(result.alignments).T
    first = np.searchsorted(text_index, np.arange(len(flat) + 1))
    starts = frame[np.minimum(first, len(frame) - 1)] * FRAME
    return starts.tolist(), list(result.text_token_probs)


def _span(window: Span, start: float, end: float) -> Span:
    """A span in the recording from seconds in its window, kept inside of it."""
    begin = min(window.start + start, window.end)
    return Span(begin, min(max(begin, window.start + end), window.end))
