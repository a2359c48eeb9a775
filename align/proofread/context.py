"""How much better other words fit their context than those that are written, by a language model.

The score of an alternative is log P(text with it) - log P(text as written), over the word and the few
characters behind it, with everything before as context. What stands before a word alone says little of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from align.proofread.dictionary import frequency
from align.proofread.language_model import BATCH, LanguageModel
from align.proofread.parameters import DEFAULTS
from align.proofread.places import Place
from align.proofread.syllables import Sound


@dataclass(frozen=True, slots=True)
class Fit:
    """An alternative for characters `start` to `end`.

    Attributes:
        gain: natural logarithm of how many times likelier the text is with it than as written.
        left: the same by its first token and its frequency, before what follows was looked at.
    """

    start: int
    end: int
    word: str
    sound: Sound
    gain: float
    left: float


@dataclass(frozen=True, slots=True)
class _Trial:
    place: Place
    word: str
    index: int
    """Of the first token that changes."""
    stop: int
    """Of the token behind those that change."""
    tokens: tuple[int, ...]


def read_chunk(model: LanguageModel, keywords: str, text: str, places: Sequence[Place]) -> tuple[Fit, ...]:
    """The alternatives that fit better than what is written, by the model.

    Args:
        keywords: of the show, "" for none.
        text: one chunk.
        places: in it.
    """
    opening = model.tokens(f"{keywords}\n")
    model.begin(opening)
    tokens = model.tokens(text)
    edges = _edges(model, text, tokens)
    trials = sorted(_trials(model, text, tokens, edges, places), key=lambda trial: trial.index)
    own, firsts = model.read(tokens, [(trial.index, trial.tokens[0]) for trial in trials])
    fewest: dict[tuple[int, int], int] = {}
    for trial in trials:
        key = trial.place.start, trial.place.end
        fewest[key] = min(len(trial.tokens), fewest.get(key, BATCH))
    gains: dict[tuple[int, int], list[tuple[float, float, _Trial]]] = {}
    for trial, first in zip(trials, firsts, strict=True):
        inside = [k for k in range(trial.index, trial.stop) if edges[k] < trial.place.end]
        left = float(first - own[inside].sum()) - penalty(trial.place.alternatives[trial.word])
        if left >= DEFAULTS.min_left_gain:
            # What the tokens of a word behind its first cost is not known yet: less in a frequent word.
            unknown = len(trial.tokens) - fewest[trial.place.start, trial.place.end]
            left += DEFAULTS.frequency_weight * frequency(trial.word) - DEFAULTS.token_cost * unknown
            gains.setdefault((trial.place.start, trial.place.end), []).append((left, float(first), trial))
    chosen = [
        each
        for alike in gains.values()
        for each in sorted(alike, key=lambda each: -each[0])[: DEFAULTS.max_branches]
    ]
    branches = [(len(opening) + trial.index, trial.tokens, first) for _, first, trial in chosen]
    scores = model.branch(branches)
    return tuple(
        Fit(
            trial.place.start,
            trial.place.end,
            trial.word,
            trial.place.alternatives[trial.word],
            round(score - float(own[trial.index : trial.stop].sum()), 3),
            round(left, 3),
        )
        for (left, _, trial), score in zip(chosen, scores, strict=True)
    )


def penalty(sound: Sound) -> float:
    """By how much an alternative must win over what is written; natural logarithm."""
    return (DEFAULTS.same_penalty, DEFAULTS.fuzzy_penalty, DEFAULTS.near_penalty)[sound]


def _edges(model: LanguageModel, text: str, tokens: Sequence[int]) -> list[int]:
    """The character at which each token begins, and the end; -1 where a token begins inside a character."""
    starts, position = {}, 0
    for k, char in enumerate(text):
        starts[position] = k
        position += len(char.encode("utf-8", "replace"))
    starts[position] = len(text)
    return [starts.get(size, -1) for size in accumulate(map(model.size_of, tokens), initial=0)]


def _trials(
    model: LanguageModel, text: str, tokens: Sequence[int], edges: Sequence[int], places: Sequence[Place]
) -> Iterator[_Trial]:
    """The tokens of each alternative, from the first that changes to the end of what follows it."""
    indexes = {edge: k for k, edge in enumerate(edges) if edge >= 0}
    for place in places:
        before = next(edge for edge in range(place.start, -1, -1) if edge in indexes)
        reach = min(place.end + DEFAULTS.suffix_characters, len(text))
        behind = next(edge for edge in range(reach, len(text) + 1) if edge in indexes)
        index, stop = indexes[before], indexes[behind]
        for word in place.alternatives:
            if place.end - place.start == 1 and len(model.tokens(word)) > 1:
                continue  # a rare character
            other = model.tokens(text[before : place.start] + word + text[place.end : behind])
            same = 0
            while same < min(len(other), stop - index) - 1 and other[same] == tokens[index + same]:
                same += 1
            if len(other) - same <= BATCH:
                yield _Trial(place, word, index + same, stop, other[same:])
