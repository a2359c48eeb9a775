"""What another program may ask for: a recording and a transcript below one folder, and some options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from align.core.errors import InputError
from align.core.input_files import is_file
from align.export.outputs import check_kinds
from align.pipeline.options import RunOptions
from align.subtitles.frames import FrameRate
from align.subtitles.options import CueOptions

_Path = Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]
_Word = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]


class _Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Options of the main job; every path is below the server's folder.

    Attributes:
        out: the folder for the results; it is made if it is missing.
        formats: as `--to` takes them.
        glossary, lexicon, participants: files.
        fps: the frame rate of the video.
        overwrite: also replace files that align did not write.
    """

    out: _Path = "subtitles"
    formats: Annotated[tuple[_Word, ...], msgspec.Meta(min_length=1, max_length=50)] = ("usual",)
    language: _Word = "auto"
    second_language: _Word | None = "auto"
    speakers: Annotated[int, msgspec.Meta(ge=1, le=100)] | Literal["auto", "off"] = "auto"
    clean: Literal["light", "full", "off"] = "light"
    script: Literal["as-is", "simplified", "traditional"] = "as-is"
    recognize: Literal["uncertain", "all"] = "uncertain"
    glossary: _Path | None = None
    lexicon: _Path | None = None
    participants: _Path | None = None
    fps: _Word = "25"
    overwrite: bool = False


class JobRequest(_Options, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The main job, as `align run` does it."""

    audio: Annotated[_Path, msgspec.Meta(examples=["talk.mp4"])]
    transcript: Annotated[_Path, msgspec.Meta(examples=["talk.txt"])]


class BatchRequest(_Options, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Many of them, as `align batch` takes them.

    Attributes:
        recordings: a list (CSV or JSON lines), or a folder in which each recording has its transcript.
    """

    recordings: Annotated[_Path, msgspec.Meta(examples=["shows.csv"])]


class Machine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How jobs use this machine, which whoever starts the server decides."""

    root: str
    device: str = "auto"
    threads: int = 0
    offline: bool = False


def inside(root: Path, path: str) -> Path:
    """The path of something below `root`, with all links followed.

    Raises:
        InputError: it lies elsewhere, or is no path at all.
    """
    try:
        place = (root / path).resolve()
    except (OSError, RuntimeError, ValueError) as error:  # too long, links in a circle, a null character
        raise InputError(
            repr(path), f"is no path ({error}); name a file below the server's folder"
        ) from error
    if not place.is_relative_to(root.resolve()):
        raise InputError(path, "is outside the server's folder; name a file below it")
    return place


def existing(root: Path, path: str) -> Path:
    """The same for a file that must be there.

    Raises:
        InputError: there is no such file.
    """
    place = inside(root, path)
    if not is_file(place):
        raise InputError(path, "there is no such file in the server's folder")
    return place


def run_options(request: _Options, machine: Machine) -> RunOptions:
    """The options of the run that a request asks for, checked before anything is read.

    Raises:
        UsageError: they do not go together.
        InputError: a file is missing, or lies elsewhere.
    """
    root = Path(machine.root)
    check_kinds(request.formats)
    files = {name: getattr(request, name) for name in ("glossary", "lexicon", "participants")}
    options: dict[str, Any] = {name: existing(root, path) for name, path in files.items() if path}
    same = ("language", "second_language", "speakers", "clean", "script", "recognize")
    return RunOptions(
        **options,
        **{name: getattr(request, name) for name in same},
        device=machine.device,
        threads=machine.threads,
        offline=machine.offline,
        cues=CueOptions(fps=FrameRate.of(request.fps)),
    )


def check(request: JobRequest, machine: Machine) -> None:
    """Make sure that a job can start.

    Raises:
        InputError, UsageError: it cannot, and why.
    """
    root = Path(machine.root)
    for path in (request.audio, request.transcript):
        existing(root, path)
    if is_file(inside(root, request.out)):
        raise InputError(request.out, "is a file; name a folder")
    run_options(request, machine)
