"""A recording that is decoded on demand, a few seconds at a time."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from align.audio.container import TIME_BASE, audio_track, declared_seconds, mono_blocks, opened
from align.audio.decode import FULL_SCALE, GAP, read_audio
from align.core.audio_choice import DEFAULT_CHOICE, AudioChoice, stored_choice
from align.core.errors import InputError
from align.core.input_files import is_file
from align.core.types import SAMPLE_RATE, Recording, Result

LEAD = 1.0
"""Seconds that are decoded before those requested, since decoders need some to settle."""

LOST = "could not be decoded"
"""Part of the note of a run that could not decode all the audio that the file declares."""

LENGTH_TOLERANCE = 1.0
"""Seconds by which the length that a file declares may differ from that of the recording."""


@dataclass(frozen=True, slots=True)
class SeekableAudio:
    """The samples of a file, decoded when they are read."""

    path: Path
    length: int
    choice: AudioChoice = DEFAULT_CHOICE

    def __len__(self) -> int:
        """Number of samples."""
        return self.length

    def __getitem__(self, part: slice, /) -> NDArray[np.float32]:
        """Samples of a range; silence where the file has none."""
        first, last, step = part.indices(self.length)
        samples = np.zeros(max(0, last - first), np.float32)
        with opened(self.path, "name the recording with --audio") as container:
            track = audio_track(container, self.path, self.choice, "name the recording with --audio")
            start = (container.start_time or 0) / TIME_BASE
            container.seek(round((max(0.0, first / SAMPLE_RATE - LEAD) + start) * TIME_BASE))
            begin: int | None = None
            for index, block, _, _ in mono_blocks(container, track, self.choice.channel):
                # A block with an unknown or nearly continuous timestamp follows the one before it.
                if index is not None and (begin is None or index - begin > GAP * SAMPLE_RATE):
                    begin = index
                begin = begin or 0
                low, high = max(first, begin), min(last, begin + len(block))
                if low < high:
                    sound = block[low - begin : high - begin] / np.float32(FULL_SCALE)
                    samples[low - first : high - first] = sound
                begin += len(block)
                if begin >= last:
                    break
        return samples[::step]


def find_recording(old: Result, alignment: Path, audio: Path | None) -> tuple[Recording | None, Path]:
    """The recording of an alignment, None if it is missing, and the path where it is or should be.

    Args:
        audio: its path; None looks beside the alignment.

    Raises:
        InputError: it cannot be used.
    """
    path = audio or alignment.parent / Path(old.audio).name
    if not audio and not is_file(path):
        return None, path
    lost = any(LOST in note for note in old.notes)
    choice = stored_choice(old.options, alignment)
    return seekable_recording(path, old.audio_digest, old.duration, lost, choice), path


def seekable_recording(
    path: Path, digest: str, duration: float, lost: bool, choice: AudioChoice = DEFAULT_CHOICE
) -> Recording:
    """A recording that an earlier run has decoded; only its length is checked.

    Where times are not those of the file's timestamps, it is decoded whole.

    Args:
        digest, duration: of the earlier run.
        lost: whether that run could not decode all the audio that the file declares.
        choice: what that run heard of the file.

    Raises:
        InputError: it cannot be opened, has no sound, or lasts longer or shorter.
    """
    longest = float("inf") if lost else duration + LENGTH_TOLERANCE
    whole = read_audio(path, choice) if choice.from_start else None
    if whole:
        seconds = whole.duration
    else:
        with opened(path, "name it with --audio") as container:
            track = audio_track(container, path, choice, "name the recording with --audio")
            seconds = declared_seconds(container, track)
    if seconds and not duration - LENGTH_TOLERANCE <= seconds <= longest:
        raise InputError(
            path,
            f"lasts {seconds:.1f} s and the aligned recording {duration:.1f} s; name that with --audio, or "
            "align this one with `align run`",
        )
    samples = SeekableAudio(path, round(duration * SAMPLE_RATE), choice)
    return whole or Recording(path, samples, digest, choice=choice)
