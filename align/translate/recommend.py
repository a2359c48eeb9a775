"""Which translation models fit into this machine, and how long they take."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass

from align.registry import named_translators

_DEFAULT = ("translator", 1.5, 2.0, "the default, pinned and verified (Qwen2.5-Coder-1.5B-Instruct)")
"""Name, billions of parameters, gigabytes of memory, and what it is."""
_SECONDS = 1600.0
"""That one core takes for 90 minutes of talk, some 900 sentences, per billion parameters."""
_FREE = 0.7
"""Share of the memory that the model may take; the rest is for the recording and other programs."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A translation model on this machine.

    Attributes:
        name: for `--translation-model`.
        gigabytes: of memory that it needs.
        fits: whether this machine has them.
        minutes: for 90 minutes of talk, about, on the CPU.
    """

    name: str
    purpose: str
    gigabytes: float
    fits: bool
    minutes: int


def recommendations(memory: int, cores: int) -> tuple[Recommendation, ...]:
    """The default model and those that have a name.

    Args:
        memory: bytes of this machine.
        cores: of its CPU; beyond eight the memory is the limit.
    """
    named = [(one.name, one.parameters, one.gigabytes, one.purpose) for one in named_translators()]
    return tuple(
        Recommendation(
            name,
            purpose,
            gigabytes,
            gigabytes <= _FREE * memory / 1e9,
            math.ceil(_SECONDS * parameters / min(cores, 8) / 60),
        )
        for name, parameters, gigabytes, purpose in (_DEFAULT, *named)
    )


def total_memory() -> int:
    """Bytes of memory of this machine, 0 where the system does not say."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return 0
