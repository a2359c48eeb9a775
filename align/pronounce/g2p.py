"""Readings of English words that the dictionary lacks, by a joint n-gram model of letters and phones.

A word is a sequence of pairs of a letter and the phones, at most two, that it stands for; the likeliest
sequences are searched with a beam. After Bisani and Ney, "Joint-sequence models for grapheme-to-phoneme
conversion" (2008). scripts/make_english trains the model on the dictionary and reports its error rate.
"""

from __future__ import annotations

import io
import lzma
import zipfile
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from align.core.errors import ModelError
from align.pronounce.phones import Reading
from align.registry.model_list import models_folder

ORDER = 8
"""Pairs in the longest sequence that the model counts."""
START, END = "<", ">"
"""Pairs without a letter."""
BEAM_SIZE = 20
NEAR = 1.4
"""A second reading is offered if it is at most this much less likely, as a natural logarithm. [1 to 2]"""
_LONGEST = 40
"""Letters; anything longer is not a word, and is cut here."""


class _Partial(NamedTuple):
    """The start of a word.

    Attributes:
        nodes: of the tree, for the last 0, 1, ... pairs; fewer where the model lacks longer sequences.
    """

    cost: float
    nodes: tuple[int, ...]
    phones: Reading


@dataclass(frozen=True)
class Spelling:
    """The model: a tree of pair sequences, one level for each order.

    Attributes:
        names: of the pairs: START, END, then "x:k s", "h:" and so on.
        keys: a level's nodes, sorted: index of the parent in its level x pairs + the last pair.
        costs: negative logarithm of the probability of a node's last pair after the others, in STEP.
        backoffs: the same of the factor where a node lacks a child; none for the last level.
    """

    STEP: ClassVar[float] = 1 / 16

    names: tuple[str, ...]
    keys: tuple[NDArray[np.int64], ...]
    costs: tuple[NDArray[np.int16], ...]
    backoffs: tuple[NDArray[np.int16], ...]

    def readings(self, word: str) -> tuple[Reading, ...]:
        """The likeliest reading of a word of the letters a to z, and the second where it is near.

        () where the model says that all letters are silent, or does not know one of them.
        """
        beam = [_Partial(0.0, (0, self._children[0][0]), ())]
        for letter in word[:_LONGEST]:
            pairs = self._by_letter.get(letter, ())
            beam = sorted(self._extended(partial, *pair) for partial in beam for pair in pairs)[:BEAM_SIZE]
        ended = sorted(self._extended(partial, 1, ()) for partial in beam if partial.phones)
        best: dict[Reading, float] = {}
        for partial in ended:
            best.setdefault(partial.phones, partial.cost)
        return tuple(phones for phones, cost in best.items() if cost < ended[0].cost + NEAR)[:2]

    def _extended(self, partial: _Partial, pair: int, phones: Reading) -> _Partial:
        """With one more pair, at its cost after the longest sequence that the model knows."""
        cost, known = partial.cost, False
        nodes = [0]
        for order in reversed(range(len(partial.nodes))):
            node = partial.nodes[order]
            child = self._children[order].get(node * len(self.names) + pair)
            if child is not None:
                if not known:
                    cost += self.costs[order].item(child) * self.STEP
                known = True
                nodes.insert(1, child)
            elif not known and order:
                cost += self.backoffs[order - 1].item(node) * self.STEP
        return _Partial(cost, tuple(nodes[:ORDER]), partial.phones + phones)

    @cached_property
    def _by_letter(self) -> dict[str, list[tuple[int, Reading]]]:
        letters: dict[str, list[tuple[int, Reading]]] = {}
        for number, name in enumerate(self.names[2:], 2):
            letters.setdefault(name[0], []).append((number, tuple(name[2:].split())))
        return letters

    @cached_property
    def _children(self) -> tuple[dict[int, int], ...]:
        return tuple({key: node for node, key in enumerate(level.tolist())} for level in self.keys)

    def to_bytes(self) -> bytes:
        """As `from_bytes` reads it; equal models have equal bytes."""
        arrays: dict[str, NDArray[np.generic]] = {"names": np.array(self.names)}
        for order, keys in enumerate(self.keys):
            arrays[f"keys{order}"] = np.diff(keys, prepend=0).astype(np.uint32)
            arrays[f"costs{order}"] = self.costs[order].clip(0, 255).astype(np.uint8)
        for order, backoffs in enumerate(self.backoffs):
            arrays[f"falls{order}"] = backoffs.clip(-127, 127).astype(np.int8)
        buffer = io.BytesIO()
        np.savez(buffer, **arrays)  # type: ignore[arg-type]
        return lzma.compress(buffer.getvalue(), preset=9 | lzma.PRESET_EXTREME)

    @classmethod
    def from_bytes(cls, data: bytes) -> Spelling:
        """Read what `to_bytes` wrote."""
        with np.load(io.BytesIO(lzma.decompress(data)), allow_pickle=False) as arrays:
            return cls(
                names=tuple(arrays["names"].tolist()),
                keys=tuple(np.cumsum(arrays[f"keys{order}"], dtype=np.int64) for order in range(ORDER)),
                costs=tuple(arrays[f"costs{order}"].astype(np.int16) for order in range(ORDER)),
                backoffs=tuple(arrays[f"falls{order}"].astype(np.int16) for order in range(ORDER - 1)),
            )


@cache
def english_spelling(path: Path | None = None) -> Spelling:
    """The model that ships with align, or that in a file; loaded once per process, in 0.2 s.

    Raises:
        ModelError: the file is missing or damaged.
    """
    path = path or models_folder() / "english" / "spelling.npz.xz"
    try:
        return Spelling.from_bytes(path.read_bytes())
    except (OSError, lzma.LZMAError, zipfile.BadZipFile, ValueError, KeyError) as error:
        raise ModelError(str(path), "ships with align and cannot be read; install align again") from error


def spelled_readings(word: str) -> tuple[Reading, ...]:
    """Readings of a word of the letters a to z in lower case, the likeliest first."""
    return english_spelling().readings(word)
