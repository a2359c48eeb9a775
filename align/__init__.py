"""Give every word of a transcript its place in the audio, and write bilingual subtitles from it.

    options = RunOptions(second_language=None)
    inputs = gather(Path("talk.mp3"), Path("talk.txt"), options, Silent())
    shelf = stock(options, inputs.language, translate=False)
    result = run(inputs, Bench(shelf, Stages(stages_folder()), options, Silent()))
    write_all(result, Path("out"), ["usual"], options.cues)

Names are imported when they are first used, so that `import align` costs nothing. It forbids the libraries
that align stands on to report to their makers (`align.telemetry`); import it before onnxruntime,
faster_whisper or ray.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from align.telemetry import switch_off

if TYPE_CHECKING:
    from align.bench import Bench, Inputs
    from align.errors import AlignError, InputError, ModelError, QualityError, UsageError
    from align.export import write_all
    from align.options import FileOptions, RunOptions
    from align.pipeline import gather, run
    from align.progress import Bars, Lines, Progress, Silent
    from align.result import load
    from align.shelf import Shelf, stock
    from align.stages import Stages, stages_folder
    from align.subtitles.rules import CueOptions, SpeakerLabels
    from align.values import Result

_HOMES = {
    "align.errors": ("AlignError", "InputError", "ModelError", "QualityError", "UsageError"),
    "align.export": ("write_all",),
    "align.options": ("FileOptions", "RunOptions"),
    "align.pipeline": ("Bench", "Inputs", "gather", "run"),
    "align.progress": ("Bars", "Lines", "Progress", "Silent"),
    "align.result": ("load",),
    "align.shelf": ("Shelf", "stock"),
    "align.stages": ("Stages", "stages_folder"),
    "align.subtitles.rules": ("CueOptions", "SpeakerLabels"),
    "align.values": ("Result",),
}

__all__ = [
    "AlignError", "Bars", "Bench", "CueOptions", "FileOptions", "InputError", "Inputs", "Lines", "ModelError",
    "Progress", "QualityError", "Result", "RunOptions", "Shelf", "Silent", "SpeakerLabels", "Stages",
    "UsageError", "gather", "load", "run", "stages_folder", "stock", "write_all",
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
