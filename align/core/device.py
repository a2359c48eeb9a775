"""Where to compute, and what a GPU means when it fails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from align.core.errors import ModelError, UsageError

AUTO, CPU, CUDA = "auto", "cpu", "cuda"

_CHOICE = re.compile("auto|cpu|cuda(:[0-9]{1,3})?")
_NO_ROOM = ("out of memory", "ALLOC_FAILED")
"""In what CTranslate2, CUDA and cuBLAS say when the GPU's memory is full."""
_OF_THE_GPU = ("CUDA", "cuBLAS", "cuDNN", "libcu")


@dataclass(frozen=True, slots=True)
class Device:
    """A processor or a graphics card.

    Attributes:
        kind: CPU or CUDA. What is computed depends on this alone, and not on which card it was.
        index: of the card among those that CUDA sees.
    """

    kind: str
    index: int = 0


class GpuMemoryError(ModelError):
    """The GPU's memory is full."""


def check_choice(chosen: str) -> None:
    """Refuse what names no device.

    Raises:
        UsageError: it is none of auto, cpu, cuda, cuda:1 and so on.
    """
    if not _CHOICE.fullmatch(chosen):
        raise UsageError(f"there is no device {chosen!r}; choose auto, cpu, cuda, or one GPU such as cuda:1")


def usable_device(chosen: str) -> Device:
    """The device to compute on: a CUDA GPU where "auto" finds one that works.

    Raises:
        ModelError: a GPU was asked for that is not there.
    """
    if chosen == CPU:
        return Device(CPU)
    import ctranslate2

    count = ctranslate2.get_cuda_device_count()
    if chosen == AUTO:
        return Device(CUDA if count else CPU)
    if not count:
        raise ModelError("cuda", "no CUDA GPU can be used; see `align doctor`, or choose --device cpu")
    index = int(chosen.partition(":")[2] or 0)
    if index >= count:
        raise ModelError(chosen, f"there are {count} GPUs, counted from 0; choose cuda:{count - 1} or less")
    return Device(CUDA, index)


@contextmanager
def gpu_faults() -> Iterator[None]:
    """Tell what CTranslate2 says of a GPU (always a RuntimeError) from a fault of the program.

    Raises:
        GpuMemoryError: its memory is full.
        ModelError: it cannot be used otherwise, since a library or a driver is missing or broken.
    """
    try:
        yield
    except RuntimeError as error:
        said = str(error)
        if any(sign in said for sign in _NO_ROOM):
            raise GpuMemoryError("cuda", f"the GPU's memory is full ({said}); choose --device cpu") from error
        if any(sign in said for sign in _OF_THE_GPU):
            raise ModelError(
                "cuda", f"the GPU failed ({said}); see `align doctor`, or choose --device cpu"
            ) from error
        raise
