"""Sentences with symbols, spoken in words and aligned as written: false mismatches, and word ends."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np

from align.core.atomic_write import write_whole
from align.pronounce.tokens import tokenize_text
from scripts.benchmarks import own, synthetic
from scripts.benchmarks.values import Sample, Word

TEXT = Path(__file__).parent / "texts" / "symbols.tsv"
"""A line for each sentence: its language, how it is written, and how it is said."""

VOICES = ("jf_gongitsune", "jm_kumo")
CLOSE = 0.08
"""Seconds by which the end of a word may be off."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One line of TEXT."""

    language: str
    written: str
    said: str


@dataclass(frozen=True, slots=True)
class Score:
    """How one voice's sentences in one language were aligned.

    Attributes:
        mismatches: places that align reports, all of them wrong, in words.
        ends: of each word with a known end: the sentence, the word, and seconds by which align is later.
        symbols: the same of the words that are said otherwise than they are written.
    """

    voice: str
    language: str
    sentences: int
    mismatches: tuple[str, ...]
    ends: tuple[tuple[str, str, float], ...]
    symbols: tuple[tuple[str, str, float], ...]


def sentences(path: Path = TEXT) -> tuple[Sentence, ...]:
    """The lines of a file like TEXT."""
    return tuple(Sentence(*line.split("\t")) for line in path.read_text("utf-8").splitlines() if line)


def true_ends(written: Sequence[str], said: Sequence[Word]) -> dict[int, tuple[float | None, bool]]:
    """When each written token ends, with whether it is said in other words, by what was said.

    Of several tokens that are said otherwise together only the last has a known end.
    """
    ends: dict[int, tuple[float | None, bool]] = {}
    matcher = SequenceMatcher(
        None, [token.lower() for token in written], [word.text.lower() for word in said], autojunk=False
    )
    for kind, first, last, begin, stop in matcher.get_opcodes():
        if kind == "equal":
            ends |= {first + k: (said[begin + k].end, False) for k in range(last - first)}
        elif kind == "insert" and first:
            ends[first - 1] = (said[stop - 1].end, True)
        elif kind == "replace":
            ends[last - 1] = (said[stop - 1].end, True)
    return ends


def measure(voice: str, language: str, cache: Path, threads: int, fresh: bool) -> Score:
    """Speak and align the sentences of a language; what was spoken before is kept.

    Raises:
        ModelError: the speech cannot be made.
        ToolError: align failed.
    """
    lines = [line for line in sentences() if line.language == language]
    script = "".join(f"Reader: {line.said}\n" for line in lines)
    key = hashlib.sha256((voice + script).encode()).hexdigest()[:12]
    audio = cache / "speech" / f"symbols-{language}-{voice}-{key}.flac"
    if not audio.is_file():
        path = audio.with_suffix(".script.txt")
        write_whole(path, script)
        synthetic.make_speech(path, audio, voice)
    truth = list(synthetic.read_truth(audio.with_suffix(".json")))
    text = "\n\n".join(line.written for line in lines) + "\n"
    sample = Sample("symbols", audio.stem, audio, text, language, tuple(truth))
    document = own.answer(sample, cache, threads, fresh).document
    rows = list(document["tokens"])
    ends, symbols = list[tuple[str, str, float]](), list[tuple[str, str, float]]()
    for line in lines:
        written = [token.text for token in tokenize_text(line.written)]
        count = len(tokenize_text(line.said))
        said, truth = truth[:count], truth[count:]
        placed, rows = rows[: len(written)], rows[len(written) :]
        for k, (end, other) in true_ends(written, said).items():
            late = float("inf") if placed[k]["end"] is None else placed[k]["end"] - (end or 0.0)
            (symbols if other else ends).append((line.written, written[k], late))
    found = tuple(
        f"{row['kind']}: {row['written']!r} / {row['heard']!r} at {row['start']:.1f} s"
        for row in document["mismatches"]
    )
    return Score(voice, language, len(lines), found, tuple(ends), tuple(symbols))


def report(score: Score) -> list[str]:
    """The figures in lines, with every mismatch and every end that is off by more than CLOSE."""
    every = np.array([abs(late) for *_, late in (*score.ends, *score.symbols)])
    own_ends = np.array([abs(late) for *_, late in score.symbols])
    rows = [
        f"{score.voice}, {score.language}: {score.sentences} sentences, {len(score.mismatches)} mismatches; "
        f"ends within {1000 * CLOSE:.0f} ms: {np.mean(every <= CLOSE):.1%} of {len(every)} words, "
        f"{np.mean(own_ends <= CLOSE):.1%} of {len(own_ends)} with symbols; median "
        f"{1000 * np.median(every):.0f} ms, worst {1000 * np.max(every):.0f} ms"
    ]
    rows += [f"    {mismatch}" for mismatch in score.mismatches]
    for sentence, word, late in (*score.ends, *score.symbols):
        if abs(late) > CLOSE:
            rows.append(f"    {word!r} ends {1000 * late:+.0f} ms late in {sentence}")
    return rows
