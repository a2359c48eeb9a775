"""Token times from Whisper's cross-attention on the given text, one window of audio at a time.

For any language that Whisper knows. As in whisper's timing.py, the attention of a few heads from text to
audio is median filtered and then followed by dynamic time warping; CTranslate2 carries it out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from align.alignment.parameters import DEFAULTS, AlignmentParameters
from align.alignment.text_comparison import Block, BlockKind
from align.audio.recognition import follows_space, windows
from align.core.device import gpu_faults
from align.core.types import SAMPLE_RATE, HeardWord, Recording, Span, TimedToken, Token, Turn

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

    def spaced(text: str) -> str:
        return " " + text if follows_space(text[0]) else text

    pieces: list[SpokenPiece] = []
    for block in blocks:
        words = heard[slice(*block.heard)]
        if block.kind is BlockKind.MISSING:
            pieces += [SpokenPiece(None, spaced(word.text), word.span.start) for word in words]
        if not block.spoken:
            continue
        count = block.written[1] - block.written[0]
        if block.kind is BlockKind.SAME:
            times = [word.span.start for word in words]
        else:  # even shares of the time of the heard words, or of that between their neighbours
            if words:
                start, end = words[0].span.start, words[-1].span.end
            else:
                start = heard[block.heard[0] - 1].span.end if block.heard[0] else heard[0].span.start
                end = heard[block.heard[0]].span.start if block.heard[0] < len(heard) else start
            times = [start + (end - start) * k / count for k in range(count)]
        for index, at in zip(range(*block.written), times, strict=True):
            token = tokens[index]
            text = turns[token.turn].spoken
            followed = index + 1 < len(tokens) and tokens[index + 1].turn == token.turn
            stop = tokens[index + 1].start if followed else len(text)
            # The text includes the punctuation after the token, which tells Whisper of pauses.
            pieces.append(SpokenPiece(index, spaced(text[token.start : stop].rstrip()), at))
    return tuple(pieces)


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


def tidy(
    tokens: Sequence[Token],
    placed: Sequence[AttentionTime],
    blocks: Sequence[Block],
    heard: Sequence[HeardWord],
    speech: Sequence[Span],
    parameters: AlignmentParameters = DEFAULTS,
) -> tuple[TimedToken, ...]:
    """Every token with its span, or without one when it is unspoken.

    Spans increase, never overlap, and do not reach into silence. The score is not calibrated: 0.5 and more
    for a token that the recognizer heard at about the same time, less for the others.
    """
    recognized = {
        token: heard[word].span.start
        for block in blocks
        if block.kind is BlockKind.SAME
        for token, word in zip(range(*block.written), range(*block.heard), strict=True)
    }
    timed: dict[int, TimedToken] = {}
    spans = _within_speech(_in_order(placed), speech, parameters.before_pause)
    for time, span in zip(placed, spans, strict=True):
        heard_at = recognized.get(time.token)
        agrees = heard_at is not None and abs(heard_at - span.start) <= parameters.attention_agreement
        score = round(0.5 * agrees + time.probability / 2, 3)
        timed[time.token] = TimedToken(tokens[time.token], span.in_milliseconds(), score)
    return tuple(timed.get(k, TimedToken(token, None, 0.0)) for k, token in enumerate(tokens))


def _in_order(placed: Sequence[AttentionTime]) -> list[Span]:
    """Make starts increase strictly; tokens that share a start share the time up to the next."""
    starts: list[float] = []
    for time in placed:
        starts.append(max(time.span.start, starts[-1] if starts else 0.0))
    spans: list[Span] = []
    k = 0
    while k < len(placed):
        last = bisect_right(starts, starts[k], k)
        end = max(placed[last - 1].span.end, starts[k])
        if last < len(starts):
            end = min(end, starts[last]) if end > starts[k] else starts[last]
        step = (end - starts[k]) / (last - k)
        spans += [Span(starts[k] + step * n, starts[k] + step * (n + 1)) for n in range(last - k)]
        k = last
    return spans


def _within_speech(spans: Sequence[Span], speech: Sequence[Span], before_pause: float) -> list[Span]:
    """Cut the silence from each span; a span without speech stays as it is.

    Attention often starts a word in the last sound before a pause. So of a span with a pause inside, the word
    keeps what follows the pause unless that is short, and the sound before it goes to the previous word.
    """
    ends = [stretch.end for stretch in speech]
    cut: list[Span] = []
    for span in spans:
        parts: list[Span] = []
        for stretch in speech[bisect_right(ends, span.start) :]:
            if stretch.start >= span.end:
                break
            parts.append(Span(max(span.start, stretch.start), min(span.end, stretch.end)))
        if not parts:
            cut.append(span)
            continue
        *others, last = parts
        longest = max(others, key=lambda part: part.duration, default=last)
        kept = longest if longest.duration > before_pause * last.duration else last
        if kept is not parts[0] and cut and cut[-1].end == parts[0].start:
            cut[-1] = Span(cut[-1].start, parts[0].end)
        cut.append(kept)
    return cut
