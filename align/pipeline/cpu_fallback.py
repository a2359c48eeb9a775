"""What is done again on the CPU, where the GPU has no room for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from align.core.device import GpuMemoryError
from align.core.types import Result
from align.pipeline.context import RunContext

NOTE = "The GPU's memory is too small for this, and all was computed on the CPU."


def where_it_fits(work: Callable[[RunContext], Result], context: RunContext) -> Result:
    """The result of `work` on the context's device, or on the CPU with a note where a GPU has no room.

    It is done on the CPU from the start, so that the result is that of the CPU in every word.
    """
    try:
        return work(context)
    except GpuMemoryError:
        context.progress.say(NOTE)
        result = work(replace(context, models=context.models.on_cpu))
        return replace(result, notes=(*result.notes, NOTE))
