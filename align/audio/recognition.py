"""What was said, as far as Whisper can tell: words with rough times."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from align.audio.prefetch import ahead
from align.core.device import CPU, gpu_faults
from align.core.errors import ModelError
from align.core.types import SAMPLE_RATE, HeardWord, Recording, Span
from align.pronounce.sound_key import HAN
from align.pronounce.tokens import tokenize_text

if TYPE_CHECKING:
    import numpy as np
    from faster_whisper import WhisperModel
    from faster_whisper.transcribe import Word
    from numpy.typing import NDArray

T = TypeVar("T")
R = TypeVar("R")

WINDOW = 28.0
"""Seconds of audio that are recognised at once; Whisper's own window is 30."""

PASSED_OVER = 1.5
"""Seconds of speech without a recognised word after which Whisper is asked again."""

SILENCE = 150
"""Frames of silence behind a short stretch, by which the recogniser sees that it ends."""

UNLIKELY = 0.1
"""Probability of a word under which a second try is a guess: so short a stretch invites them."""

SHORTEST = 0.5
"""Seconds of a part in doubt that is worth another try."""

LONGEST_WORD = 0.8
"""Seconds that a word can fill; Whisper stretches words over what it passes over."""

GPU_WORKERS = 4
"""Places that a GPU listens to at once, since decoding one word after the other leaves most of it idle; not
measured on one yet."""

_RUN_TOGETHER = re.compile(f"[{HAN}\u3041-\u30ff]")


@dataclass(frozen=True, slots=True)
class RecognitionOptions:
    """How to listen.

    Attributes:
        language: Whisper's code of the language that is mostly spoken.
        beam_size: hypotheses kept while decoding, 1 to 10; 1 is fastest.
    """

    language: str = "zh"
    beam_size: int = 2


def load_whisper(folder: Path, device: str, threads: int, gpu: int = 0) -> WhisperModel:
    """A Whisper model from a CTranslate2 folder.

    A GPU computes in eight bit numbers as a CPU does: what a CPU computes in floats is further from that. How
    near, docs/guides/many-recordings.md tells.

    Args:
        folder: holds model.bin, config.json, tokenizer.json and a vocabulary.
        device: "cpu" or "cuda".
        threads: of the CPU; the result does not depend on it.
        gpu: which one, where there are several.

    Raises:
        GpuMemoryError: the GPU has no room for it.
        ModelError: the folder or the device cannot be used.
    """
    from faster_whisper import WhisperModel

    try:
        with gpu_faults():
            return WhisperModel(
                str(folder),
                device=device,
                device_index=gpu,
                compute_type="int8",
                cpu_threads=threads,
                num_workers=1 if device == CPU else GPU_WORKERS,
            )
    except (RuntimeError, ValueError) as error:
        raise ModelError(folder.name, f"cannot be loaded on {device} ({error}); try --device cpu") from error


def windows(speech: Sequence[Span], longest: float = WINDOW) -> tuple[Span, ...]:
    """Pack stretches of speech into windows of at most `longest` seconds, cut in pauses.

    A stretch that is longer on its own is cut into equal parts.
    """
    packed: list[Span] = []
    for stretch in speech:
        for part in _parts(stretch, longest):
            if packed and part.end - packed[-1].start <= longest:
                packed[-1] = Span(packed[-1].start, part.end)
            else:
                packed.append(part)
    return tuple(packed)


def _parts(stretch: Span, longest: float) -> tuple[Span, ...]:
    """Equal parts of a stretch, each of at most `longest` seconds."""
    count = max(1, -int(-stretch.duration // longest))
    edges = [stretch.start + stretch.duration * k / count for k in range(count)] + [stretch.end]
    return tuple(Span(start, end) for start, end in pairwise(edges))


def recognise(
    recording: Recording,
    speech: Sequence[Span],
    whisper: WhisperModel,
    options: RecognitionOptions,
    progress: Callable[[float], None],
) -> tuple[HeardWord, ...]:
    """Recognise all speech, a window at a time, so that no window's mistakes reach the next.

    Whisper sometimes passes over seconds of speech; it is then asked once more for those alone.

    Args:
        progress: told the seconds of the recording that are done.
    """

    def words_in(window: Span) -> list[HeardWord]:
        words = _window_words(recording, window, whisper, options)
        for silent in passed_over(window, speech, words):
            words += _window_words(recording, silent, whisper, options)
        return sorted(words, key=lambda word: word.span)

    heard: list[HeardWord] = []
    for window, words in _each(words_in, windows(speech), whisper):
        heard += words
        progress(window.end)
    return tuple(heard)


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of sound to listen to.

    Attributes:
        core: the part of it that is in doubt.
        prompt: text that comes before it, which tells the recogniser what is talked about.
    """

    span: Span
    core: Span
    prompt: str


def recognise_places(
    recording: Recording,
    places: Sequence[Window],
    whisper: WhisperModel,
    options: RecognitionOptions,
    progress: Callable[[float], None],
) -> tuple[tuple[HeardWord, ...], ...]:
    """What is said in each of some stretches; a long one is heard a window at a time.

    Where Whisper passes over what is in doubt, it is asked once more for that alone.

    Args:
        progress: told the number of places that are done.
    """

    def words_at(place: Window) -> tuple[HeardWord, ...]:
        words: list[HeardWord] = []
        for window in windows([place.span]):
            words += _window_words(recording, window, _brief(whisper, window), options, place.prompt)
        if place.core.duration >= SHORTEST and not any(word.span.overlap(place.core) for word in words):
            for window in windows([place.core]):
                again = _window_words(recording, window, _brief(whisper, window), options)
                words += [word for word in again if word.probability >= UNLIKELY]
        return tuple(sorted(words, key=lambda word: word.span))

    heard: list[tuple[HeardWord, ...]] = []
    for _, words in _each(words_at, places, whisper):
        heard.append(words)
        progress(len(heard))
    return tuple(heard)


def _each(listen: Callable[[T], R], items: Sequence[T], whisper: WhisperModel) -> Iterator[tuple[T, R]]:
    """Each item with what is heard there, in order; as many at a time as the model has workers."""
    count = whisper.model.num_workers
    if count == 1:
        yield from ((item, listen(item)) for item in items)
        return
    with ThreadPoolExecutor(count) as pool:
        yield from zip(items, ahead(pool, listen, items, count), strict=True)


def _brief(whisper: WhisperModel, window: Span) -> WhisperModel:
    """The same model, whose encoder takes in a short stretch and not the silence up to 30 s behind it."""
    frames = (round(window.duration * 100) + SILENCE) // 2 * 2
    brief = copy(whisper)
    brief.encode = lambda features: whisper.encode(features[:, :frames])
    return brief


def passed_over(window: Span, speech: Sequence[Span], words: Sequence[HeardWord]) -> tuple[Span, ...]:
    """The parts of a window with at least `PASSED_OVER` seconds of speech and no word heard in it."""
    inside = [stretch for stretch in speech if window.overlap(stretch)]
    starts = [word.span.start for word in words] + [window.end]
    ends = [window.start] + [min(word.span.end, word.span.start + LONGEST_WORD) for word in words]
    gaps = [Span(end, start) for end, start in zip(ends, starts, strict=True) if start > end]
    spoken = [[stretch for stretch in inside if gap.overlap(stretch)] for gap in gaps]
    return tuple(
        Span(max(gap.start, some[0].start), min(gap.end, some[-1].end))
        for gap, some in zip(gaps, spoken, strict=True)
        if sum(map(gap.overlap, some)) >= PASSED_OVER
    )


def _window_words(
    recording: Recording,
    window: Span,
    whisper: WhisperModel,
    options: RecognitionOptions,
    prompt: str | None = None,
) -> list[HeardWord]:
    """The words of one window, times counted from the start of the recording."""
    samples = recording.samples[int(window.start * SAMPLE_RATE) : int(window.end * SAMPLE_RATE)]
    with gpu_faults():
        words = _transcribed(samples, whisper, options, prompt)
    pieces = [(word.word, float(word.start), float(word.end), float(word.probability)) for word in words]
    return split_words(pieces, window)


def _transcribed(
    samples: NDArray[np.float32], whisper: WhisperModel, options: RecognitionOptions, prompt: str | None
) -> list[Word]:
    """What faster-whisper hears in some sound of at most 30 s."""
    segments, _ = whisper.transcribe(
        samples,
        language=options.language,
        beam_size=options.beam_size,
        temperature=0.0,  # sampling would make a second run differ
        condition_on_previous_text=False,
        initial_prompt=prompt or None,
        word_timestamps=True,
        without_timestamps=True,  # with them, base skips whole sentences when it mistakes a time
    )
    return [word for segment in segments for word in segment.words or ()]


def split_words(pieces: Sequence[tuple[str, float, float, float]], window: Span) -> list[HeardWord]:
    """Cut recognised words (text, start, end, probability; seconds in the window) into tokens.

    The words are read together, so that each character is pronounced in its phrase. A word's time
    is shared evenly among its characters.
    """
    text = "".join(piece[0] for piece in pieces)
    clock: list[tuple[float, float, float]] = []
    for piece, start, end, probability in pieces:
        step = (end - start) / max(1, len(piece))
        clock += [(start + step * k, start + step * (k + 1), probability) for k in range(len(piece))]
    heard: list[HeardWord] = []
    for start, end, written, sound in tokenize_text(text):
        begin = min(window.start + clock[start][0], window.end)
        finish = min(max(window.start + clock[end - 1][1], begin), window.end)
        heard.append(HeardWord(written, sound, Span(begin, finish), clock[start][2]))
    return heard


def follows_space(letter: str) -> bool:
    """Whether a word that begins with `letter` is set apart by a space: all but Han characters and kana."""
    return not _RUN_TOGETHER.match(letter)
