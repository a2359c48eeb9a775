"""The words of a text that may stand for another that sounds alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice, product

from align.pronounce.sound_key import HAN, han_sounds
from align.proofread.dictionary import Dictionary, common_readings
from align.proofread.parameters import DEFAULTS
from align.proofread.syllables import Sound

_HAN_RUN = re.compile(f"[{HAN}]+")


@dataclass(frozen=True, slots=True)
class Place:
    """Characters `start` to `end` of a text, with the words that sound like them."""

    start: int
    end: int
    alternatives: Mapping[str, Sound]


def find_places(text: str, dictionary: Dictionary) -> Iterator[Place]:
    """Every word, and every few words in a row, that sounds like another word, in order.

    A wrong word is often cut into several by the segmenter, which does not know it.
    """
    import rjieba

    context = han_sounds(text)
    for run in _HAN_RUN.finditer(text):
        lengths = map(len, rjieba.cut(run[0], False))
        edges = [run.start(), *(run.start() + end for end in accumulate(lengths))]
        for first, start in enumerate(edges[:-1]):
            for end in edges[first + 1 :]:
                if end - start > DEFAULTS.max_word:
                    break
                found: dict[str, Sound] = {}
                for syllables in _readings(text[start:end], [context[k] for k in range(start, end)]):
                    for word, sound in dictionary.alike(syllables).items():
                        found[word] = min(sound, found.get(word, sound))
                found.pop(text[start:end], None)
                if end - start == 1:
                    found = {word: sound for word, sound in found.items() if sound is Sound.SAME}
                if found:
                    yield Place(start, end, found)


def _readings(word: str, context: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """How a word may be read, first as in its context: a wrong word may not be read as the right one."""
    each = [
        tuple(dict.fromkeys((sound, *common_readings().get(char, ()))))
        for char, sound in zip(word, context, strict=True)
    ]
    yield from islice(product(*each), DEFAULTS.max_readings)
