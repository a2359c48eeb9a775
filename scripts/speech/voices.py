"""Speakers' voices: the packed ones, mixtures of them, and either made deeper or higher."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.core.errors import UsageError

AUTOMATIC = ("jf_alpha", "jm_kumo", "jf_nezumi@1.06", "jm_kumo@0.86", "jf_tebukuro@0.94")
"""Given in turn to the speakers that no option names."""

_SPEC = re.compile(r"(?P<mix>[^@]+?)(?:@(?P<shift>\d+(?:\.\d+)?))?")
_PART = re.compile(r"(?P<name>\w+)(?::(?P<weight>-?\d+(?:\.\d+)?))?")
_SHIFTS = (0.7, 1.4)


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice.

    Attributes:
        parts: packed voices with their weights, whose sum is 1.
        shift: by how much pitch and formants are raised; 0.85 is a deep voice, 1.15 a child's.
    """

    parts: tuple[tuple[str, float], ...]
    shift: float = 1.0

    def style(self, packed: Mapping[str, NDArray[np.float32]]) -> NDArray[np.float32]:
        """The mixture's style vectors, (510, 1, 256).

        Raises:
            UsageError: there is no such packed voice.
        """
        for name, _ in self.parts:
            if name not in packed:
                raise UsageError(f"no voice is called {name}; choose from {', '.join(sorted(packed))}")
        mixed = sum(np.float32(weight) * packed[name] for name, weight in self.parts)
        return np.asarray(mixed, dtype=np.float32)


def parse(spec: str) -> Voice:
    """Read NAME[:WEIGHT][+NAME:WEIGHT...][@SHIFT], such as "jf_alpha:0.5+jm_kumo:0.5@0.95".

    Raises:
        UsageError: it is not of that form, the weights sum to nothing, or the shift is out of range.
    """
    whole = _SPEC.fullmatch(spec)
    found = [_PART.fullmatch(part) for part in whole["mix"].split("+")] if whole else []
    parts = [(part["name"], float(part["weight"] or 1)) for part in found if part]
    total = sum(weight for _, weight in parts)
    shift = float(whole["shift"] or 1) if whole else 0.0
    if len(parts) != len(found) or total <= 0 or not _SHIFTS[0] <= shift <= _SHIFTS[1]:
        raise UsageError(f"{spec!r} is not a voice; write NAME, NAME:0.5+NAME:0.5 or NAME@0.92 (0.7 to 1.4)")
    return Voice(tuple((name, weight / total) for name, weight in parts), shift)


def read_given(options: Sequence[str]) -> dict[str, str]:
    """What `--voice NAME=SPEC` says, name to spec.

    Raises:
        UsageError: there is no “=” in it.
    """
    for option in options:
        if "=" not in option:
            raise UsageError(f"--voice {option}: write NAME=SPEC, such as Ann=jf_alpha")
    return dict(option.split("=", 1) for option in options)


def cast(speakers: Sequence[str], given: Mapping[str, str]) -> dict[str, str]:
    """A voice's spec for each speaker: the `given` ones, and for the others AUTOMATIC in turn.

    Raises:
        UsageError: a voice is given to somebody who does not speak.
    """
    for name in given:
        if name not in speakers:
            raise UsageError(
                f"--voice {name}: nobody of that name speaks; the script has {', '.join(speakers)}"
            )
    free = [spec for spec in AUTOMATIC if spec not in given.values()] or list(AUTOMATIC)
    unnamed = [name for name in speakers if name not in given]
    automatic = {name: free[place % len(free)] for place, name in enumerate(unnamed)}
    return {name: given.get(name) or automatic[name] for name in speakers}


def shifted(samples: NDArray[np.float32], shift: float) -> NDArray[np.float32]:
    """The samples played `shift` times as fast: as many times higher, and shorter.

    The band-limited resampling of a periodic signal, so utterances should begin and end in silence.
    """
    if shift == 1.0:
        return samples
    wanted = round(len(samples) / shift)
    spectrum = np.fft.rfft(samples)
    kept = np.zeros(wanted // 2 + 1, dtype=spectrum.dtype)
    shared = min(len(kept), len(spectrum))
    kept[:shared] = spectrum[:shared]
    return np.asarray(np.fft.irfft(kept, wanted) * (wanted / len(samples)), dtype=np.float32)
