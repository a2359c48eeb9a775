"""Choose the device to compute on, and report what a failing GPU means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from align.core.errors import ModelError, UsageError

AUTO, CPU, CUDA = "auto", "cpu", "cuda"

_CHOICE = re.compile("auto|cpu|cuda(:[0-9]{1,3})?")
_OUT_OF_MEMORY = ("out of memory", "ALLOC_FAILED")
"""In the messages of CTranslate2, CUDA and cuBLAS when the GPU's memory is full."""
_GPU_LIBRARIES = ("CUDA", "cuBLAS", "cuDNN", "libcu")


@dataclass(frozen=True, slots=True)
class Device:
    """The CPU or a GPU.

    Attributes:
        kind: CPU or CUDA. Results depend on this alone, not on which GPU it was.
        index: of the GPU among those that CUDA sees.
    """

    kind: str
    index: int = 0


class GpuMemoryError(ModelError):
    """The GPU's memory is full."""


def check_choice(chosen: str) -> None:
    """Refuse anything but auto, cpu, cuda, cuda:1 and so on.

    Raises:
        UsageError: it does not name a device.
    """
    if not _CHOICE.fullmatch(chosen):
        raise UsageError(f"there is no device {chosen!r}; choose auto, cpu, cuda, or one GPU such as cuda:1")


def usable_device(chosen: str) -> Device:
    """The device to compute on; "auto" is a CUDA GPU if there is one.

    Raises:
        ModelError: the chosen GPU does not exist.
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
    """Tell a failure of the GPU, for which CTranslate2 raises RuntimeError, from a fault of the program.

    Raises:
        GpuMemoryError: the GPU's memory is full.
        ModelError: the GPU cannot be used, since a library or a driver is missing or broken.
    """
    try:
        yield
    except RuntimeError as error:
        message = str(error)
        if any(sign in message for sign in _OUT_OF_MEMORY):
            problem = f"the GPU's memory is full ({message}); choose --device cpu"
            raise GpuMemoryError("cuda", problem) from error
        if any(sign in message for sign in _GPU_LIBRARIES):
            problem = f"the GPU failed ({message}); see `align doctor`, or choose --device cpu"
            raise ModelError("cuda", problem) from error
        raise
