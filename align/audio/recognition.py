"""Speech recognition with Whisper: words with rough times."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from align.core.device import CPU, gpu_faults
from align.core.errors import ModelError
from align.core.types import SAMPLE_RATE, HeardWord, Recording, Span
from align.pronounce.sound_key import HAN
from align.pronounce.tokens import tokenize_text

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

WINDOW = 28.0
"""Seconds of audio that are recognized at once; Whisper's own window is 30."""

SILENCE = 150
"""Frames of silence after a short stretch, which tell the recognizer that it ends."""

GPU_WORKERS = 4
"""Windows that a GPU recognizes at once, since decoding one leaves most of it idle; not yet measured."""

_KIN = {"zh": ("zh", "yue")}
"""Languages that are written alike."""
_NO_SPACE_BEFORE = re.compile(f"[{HAN}\u3041-\u30ff]")


@dataclass(frozen=True, slots=True)
class RecognitionOptions:
    """How to recognize speech.

    Attributes:
        language: Whisper's code of the language that is mostly spoken.
        beam_size: hypotheses kept while decoding, 1 to 10; 1 is fastest.
    """

    language: str = "zh"
    beam_size: int = 2


@dataclass(frozen=True, slots=True)
class RecognitionParameters:
    """Tuning of recognition, on the synthetic show; useful ranges are in brackets.

    Attributes:
        skipped: seconds of speech without a recognized word that are recognized once more. [1 to 3]
        longest_word: seconds that a word can fill; Whisper stretches words over what it skips. [0.5 to 1.5]
        shortest_core: seconds of an uncertain stretch that is worth a second try. [0.3 to 1]
        least_probability: of a word from a second try; a stretch so short invites guesses. [0.05 to 0.3]
        heard_windows: windows in which the language is detected; one takes about half a second. [3 to 9]
    """

    skipped: float = 1.5
    longest_word: float = 0.8
    shortest_core: float = 0.5
    least_probability: float = 0.1
    heard_windows: int = 5


DEFAULTS = RecognitionParameters()


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of audio to recognize.

    Attributes:
        core: the part of it that is uncertain.
        prompt: the text before it, as context for the recognizer.
    """

    span: Span
    core: Span
    prompt: str


def load_whisper(folder: Path, device: str, threads: int, gpu: int = 0) -> WhisperModel:
    """A Whisper model from a CTranslate2 folder.

    A GPU computes with 8-bit integers as a CPU does, which comes closest to the CPU's results; see
    docs/guides/many-recordings.md.

    Args:
        device: "cpu" or "cuda".
        threads: of the CPU; the result does not depend on it.
        gpu: its index, where there are several.

    Raises:
        GpuMemoryError: it does not fit into the GPU's memory.
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

    A longer stretch is cut into equal parts.
    """
    packed: list[Span] = []
    for stretch in speech:
        count = max(1, -int(-stretch.duration // longest))
        edges = [stretch.start + stretch.duration * k / count for k in range(count)] + [stretch.end]
        for start, end in pairwise(edges):
            if packed and end - packed[-1].start <= longest:
                packed[-1] = Span(packed[-1].start, end)
            else:
                packed.append(Span(start, end))
    return tuple(packed)


def recognise(
    recording: Recording,
    speech: Sequence[Span],
    whisper: WhisperModel,
    options: RecognitionOptions,
    progress: Callable[[float], None],
    parameters: RecognitionParameters = DEFAULTS,
) -> tuple[HeardWord, ...]:
    """Recognize all speech, one window at a time, so that mistakes do not carry over to the next window.

    Whisper sometimes skips seconds of speech; those are recognized once more on their own.

    Args:
        progress: called with the seconds of the recording that are done.
    """

    def words_in(window: Span) -> list[HeardWord]:
        words = _window_words(recording, window, whisper, options)
        for skipped in skipped_speech(window, speech, words, parameters):
            words += _window_words(recording, skipped, whisper, options)
        return sorted(words, key=lambda word: word.span)

    heard: list[HeardWord] = []
    packed = windows(speech)
    with ThreadPoolExecutor(whisper.model.num_workers) as pool:
        for window, words in zip(packed, pool.map(words_in, packed), strict=True):
            heard += words
            progress(window.end)
    return tuple(heard)


def recognise_places(
    recording: Recording,
    places: Sequence[Window],
    whisper: WhisperModel,
    options: RecognitionOptions,
    progress: Callable[[float], None],
    parameters: RecognitionParameters = DEFAULTS,
) -> tuple[tuple[HeardWord, ...], ...]:
    """The words of each place; a long one is recognized one window at a time.

    Where Whisper skips the core of a place, that is recognized once more on its own.

    Args:
        progress: called with the number of places that are done.
    """

    def words_in(stretch: Span, prompt: str = "") -> list[HeardWord]:
        words: list[HeardWord] = []
        for window in windows([stretch]):
            frames = (round(window.duration * 100) + SILENCE) // 2 * 2
            unpadded = copy(whisper)  # its encoder takes in a short window without padding it to 30 s
            unpadded.encode = lambda features, frames=frames: whisper.encode(features[:, :frames])
            words += _window_words(recording, window, unpadded, options, prompt)
        return words

    def words_at(place: Window) -> tuple[HeardWord, ...]:
        words = words_in(place.span, place.prompt)
        skipped = not any(word.span.overlap(place.core) for word in words)
        if skipped and place.core.duration >= parameters.shortest_core:
            least = parameters.least_probability
            words += [word for word in words_in(place.core) if word.probability >= least]
        return tuple(sorted(words, key=lambda word: word.span))

    heard: list[tuple[HeardWord, ...]] = []
    with ThreadPoolExecutor(whisper.model.num_workers) as pool:
        for words in pool.map(words_at, places):
            heard.append(words)
            progress(len(heard))
    return tuple(heard)


def skipped_speech(
    window: Span,
    speech: Sequence[Span],
    words: Sequence[HeardWord],
    parameters: RecognitionParameters = DEFAULTS,
) -> tuple[Span, ...]:
    """The parts of a window with speech and no recognized word."""
    starts = [word.span.start for word in words] + [window.end]
    longest = parameters.longest_word
    ends = [window.start] + [min(word.span.end, word.span.start + longest) for word in words]
    skipped: list[Span] = []
    inside = [stretch for stretch in speech if window.overlap(stretch)]
    for start, end in zip(ends, starts, strict=True):
        if end > start:
            gap = Span(start, end)
            spoken = [stretch for stretch in inside if gap.overlap(stretch)]
            if sum(map(gap.overlap, spoken)) >= parameters.skipped:
                skipped.append(Span(max(start, spoken[0].start), min(end, spoken[-1].end)))
    return tuple(skipped)


def share_of_language(
    recording: Recording,
    speech: Sequence[Span],
    whisper: WhisperModel,
    languages: tuple[str, str],
    parameters: RecognitionParameters = DEFAULTS,
) -> float:
    """How much of a recording is in the first of two languages, 0 to 1; 0.5 where there is no speech.

    It is what Whisper says of some windows with speech that lie evenly over the recording. English stands for
    all languages but the other one.
    """
    packed = windows(speech)
    step = max(1, len(packed) // parameters.heard_windows)
    shares = []
    for window in packed[step // 2 :: step][: parameters.heard_windows]:
        samples = recording.samples[int(window.start * SAMPLE_RATE) : int(window.end * SAMPLE_RATE)]
        with gpu_faults():
            _, _, found = whisper.detect_language(samples)
        known = dict(found or ())
        said = [sum(known.get(code, 0.0) for code in _KIN.get(each, (each,))) for each in languages]
        if "en" in languages:
            place = languages.index("en")
            said[place] = 1 - said[1 - place]
        shares.append(said[0] / max(sum(said), 1e-9))
    return sum(shares) / len(shares) if shares else 0.5


def _window_words(
    recording: Recording,
    window: Span,
    whisper: WhisperModel,
    options: RecognitionOptions,
    prompt: str = "",
) -> list[HeardWord]:
    """The words of one window of at most 30 s, with times in the recording."""
    with gpu_faults():
        segments, _ = whisper.transcribe(
            recording.samples[int(window.start * SAMPLE_RATE) : int(window.end * SAMPLE_RATE)],
            language=options.language,
            beam_size=options.beam_size,
            temperature=0.0,  # sampling would make a second run differ
            condition_on_previous_text=False,
            initial_prompt=prompt or None,
            word_timestamps=True,
            without_timestamps=True,  # with them, base skips whole sentences when it mistakes a time
        )
        words = [word for segment in segments for word in segment.words or ()]
    rows = [(word.word, float(word.start), float(word.end), float(word.probability)) for word in words]
    return split_words(rows, window)


def split_words(words: Sequence[tuple[str, float, float, float]], window: Span) -> list[HeardWord]:
    """Split recognized words (text, start, end, probability; seconds in the window) into tokens.

    The words are tokenized together, so that each character is pronounced in its context. A word's time is
    shared evenly among its characters.
    """
    characters: list[tuple[float, float, float]] = []  # start, end, probability
    for text, start, end, probability in words:
        step = (end - start) / max(1, len(text))
        characters += [(start + step * k, start + step * (k + 1), probability) for k in range(len(text))]
    heard: list[HeardWord] = []
    for first, last, text, sound in tokenize_text("".join(word[0] for word in words)):
        start = min(window.start + characters[first][0], window.end)
        end = min(max(window.start + characters[last - 1][1], start), window.end)
        heard.append(HeardWord(text, sound, Span(start, end), characters[first][2]))
    return heard


def follows_space(letter: str) -> bool:
    """Whether a word that starts with `letter` has a space before it: all but Han characters and kana."""
    return not _NO_SPACE_BEFORE.match(letter)
