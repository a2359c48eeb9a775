"""The recording of a result that was read from its file, when it is at hand again."""

from __future__ import annotations

from pathlib import Path

from align.audio.decode import read_audio
from align.core.audio_choice import stored_choice
from align.core.errors import InputError
from align.core.input_files import is_file
from align.core.types import Recording, Result


def recording_of(result: Result, folder: Path, audio: Path | None = None) -> Recording | None:
    """The recording that a result was made from; None when it is not there.

    Args:
        result: whose `audio_digest` its sound must have.
        folder: to look into, under the name that the recording had.
        audio: where it is, when the user says so.

    Raises:
        InputError: `audio` cannot be used or is another recording.
    """
    path = audio or folder / Path(result.audio).name
    if audio is None and not is_file(path):
        return None
    try:
        recording = read_audio(path, stored_choice(result.options, folder))
    except InputError:
        if audio:
            raise
        return None
    if recording.digest == result.audio_digest:
        return recording
    if audio:
        raise InputError(path, f"is not {result.audio} that was aligned; name that, or leave --audio out")
    return None
