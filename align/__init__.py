"""Align every word of a transcript with the audio, and write bilingual subtitles.

    result = align.align("talk.mp4", "talk.txt", second_language="en")
    result.save("subtitles", formats=["srt", "vtt", "ass"])
    for word in result.words: print(word.text, word.start, word.end, word.speaker, word.confidence)

Names are imported when they are first used, so that `import align` costs nothing. It switches off the
telemetry of libraries (`align.core.telemetry`): import it before onnxruntime or ray.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from align.core.telemetry import switch_off
from align.core.version import __version__

if TYPE_CHECKING:
    from align.api import Result, Word, align, load
    from align.core.cache import Cache, default_cache_folder
    from align.core.errors import AlignError, InputError, ModelError, QualityError, UsageError
    from align.core.progress import Bars, Lines, Progress, Silent
    from align.export.options import FileOptions
    from align.export.write import write_all
    from align.pipeline.context import Inputs, RunContext
    from align.pipeline.loaded_models import Models, load_models
    from align.pipeline.options import RunOptions
    from align.pipeline.run import gather, run
    from align.subtitles.options import CueOptions, SpeakerLabels
    from align.transcript.read import Reading

_HOMES = {
    "align.api": ("Result", "Word", "align", "load"),
    "align.core.errors": ("AlignError", "InputError", "ModelError", "QualityError", "UsageError"),
    "align.export.write": ("write_all",),
    "align.export.options": ("FileOptions",),
    "align.pipeline.options": ("RunOptions",),
    "align.pipeline.run": ("RunContext", "Inputs", "gather", "run"),
    "align.core.progress": ("Bars", "Lines", "Progress", "Silent"),
    "align.pipeline.loaded_models": ("Models", "load_models"),
    "align.core.cache": ("Cache", "default_cache_folder"),
    "align.subtitles.options": ("CueOptions", "SpeakerLabels"),
    "align.transcript.read": ("Reading",),
}

__all__ = [
    "AlignError",
    "Bars",
    "Cache",
    "CueOptions",
    "FileOptions",
    "InputError",
    "Inputs",
    "Lines",
    "ModelError",
    "Models",
    "Progress",
    "QualityError",
    "Reading",
    "Result",
    "RunContext",
    "RunOptions",
    "Silent",
    "SpeakerLabels",
    "UsageError",
    "Word",
    "__version__",
    "align",
    "default_cache_folder",
    "gather",
    "load",
    "load_models",
    "run",
    "write_all",
]  # fmt: skip

switch_off()


def __getattr__(name: str) -> object:
    """A public name, from the module where it lives."""
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
