"""Write the chosen files of a result."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from align.core.arguments import AnyPath, fitted
from align.core.csv_cells import BYTE_ORDER_MARK
from align.core.errors import InputError, UsageError
from align.core.input_files import hindrance
from align.core.temp_files import sole_writer, sweep
from align.core.types import Recording, Result
from align.core.written_files import Destination, safe_name
from align.export.options import FileOptions
from align.export.outputs import KINDS, outputs
from align.export.report_page.page import sound_for
from align.subtitles.options import CueOptions

_WITH_BOM = (".srt", ".vtt", ".ass", ".txt", ".csv")
"""Text that some programs misread without a byte order mark; in JSON and XML a mark is an error."""
_WITH_CRLF = (".srt", ".vtt", ".ass", ".txt", ".edl", ".TextGrid")
_DEFAULTS = FileOptions()


def write_all(
    result: Result,
    folder: AnyPath,
    kinds: Iterable[str],
    options: CueOptions,
    files: FileOptions = _DEFAULTS,
    recording: Recording | None = None,
    into: Destination | None = None,
) -> tuple[Path, ...]:
    """Write the chosen files into `folder`, each whole or not at all; return their paths.

    They are the same whether `result` was just computed or read from its file, since all its times are
    rounded where they are computed. A format that cannot hold the result does not stop the other files.

    Args:
        kinds: endings of files, or words of `align.export.outputs.KINDS`.
        recording: of the result, for the sound in the report page; None leaves it out.
        into: says which files are read, and so not overwritten; by default only the recording.

    Raises:
        UsageError: a kind that this result cannot become, or an argument of the wrong type, and nothing is
            written; or a format that cannot hold it, such as an EDL past 24 hours, and all others are.
        InputError: an existing file would be lost, and nothing is written; or no file can be written.
    """
    place, wanted = fitted("folder", folder, Path), fitted("kinds", kinds, tuple[str, ...])
    options, files = fitted("options", options, CueOptions), fitted("files", files, FileOptions)
    recording = fitted("recording", recording, Recording | None)
    result = fitted("result", result, Result)
    reads = (recording.path,) if recording else ()
    into = into or destination(place, result.name, reads=reads, overwrite=files.overwrite)
    into.check(names_of(result, wanted, options, files))
    contents, refused = _contents(result, place, wanted, options, files, recording)
    paths = into.put(contents)
    if refused:
        others = f" (the {len(paths)} other files were written)" if paths else ""
        reasons = "; ".join(f"{place / name} was not written: {error}" for name, error in refused.items())
        raise UsageError(f"{reasons}{others}")
    return paths


def names_of(
    result: Result, kinds: Iterable[str], options: CueOptions, files: FileOptions = _DEFAULTS
) -> tuple[str, ...]:
    """The names of the chosen files, the same for every result of that name in these languages.

    A kind that this result cannot become is ignored.
    """
    name, wanted = safe_name(result.name), set(kinds)
    return tuple(
        f"{name}.{output.ending}" for output in outputs(result, options, files) if output.is_among(wanted)
    )


def contents(
    result: Result,
    folder: Path,
    kinds: Iterable[str],
    options: CueOptions,
    files: FileOptions = _DEFAULTS,
    recording: Recording | None = None,
) -> dict[str, bytes]:
    """The content of each of the chosen files, by name, in the order of writing.

    Args:
        folder: where they will be written; the report page names the recording relative to it.

    Raises:
        UsageError: a kind that this result cannot become, or a format that cannot hold it.
    """
    made, refused = _contents(result, folder, kinds, options, files, recording)
    for error in refused.values():
        raise error
    return made


def _contents(
    result: Result,
    folder: Path,
    kinds: Iterable[str],
    options: CueOptions,
    files: FileOptions,
    recording: Recording | None,
) -> tuple[dict[str, bytes], dict[str, UsageError]]:
    """The content of each of the chosen files by name, and why the missing ones cannot be written."""
    possible, wanted = outputs(result, options, files, sound_for(recording, folder)), set(kinds)
    known = (*KINDS, *(output.ending for output in possible))
    for kind in sorted(wanted.difference(known)):
        raise UsageError(f'this result has no file "{kind}"; choose from {", ".join(known)}')
    made: dict[str, bytes] = {}
    refused: dict[str, UsageError] = {}
    for output in possible:
        if not output.is_among(wanted):
            continue
        name = f"{safe_name(result.name)}.{output.ending}"
        try:
            content = output.write()
        except UsageError as error:
            refused[name] = error
            continue
        if isinstance(content, str):
            if files.crlf and name.endswith(_WITH_CRLF):
                content = content.replace("\r\n", "\n").replace("\n", "\r\n")
            if files.bom and name.endswith(_WITH_BOM):
                content = BYTE_ORDER_MARK + content.removeprefix(BYTE_ORDER_MARK)
            content = content.encode("utf-8")
        made[name] = content
    return made, refused


def destination(
    folder: Path,
    name: str,
    reads: Iterable[Path] = (),
    updated: Path | None = None,
    overwrite: bool = False,
) -> Destination:
    """Where the files NAME.* go; `align.core.written_files` says what each argument means."""
    return Destination(folder, safe_name(name), tuple(reads), updated, overwrite)


def check_folder(folder: Path) -> None:
    """Make `folder` if it is missing and try to write in it, before any long work.

    Removes the partly written files of a killed run.

    Raises:
        InputError: it cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"align")
    except (OSError, ValueError) as error:  # ValueError: a name with a zero byte in it
        raise InputError(
            folder, f"cannot be written ({hindrance(folder, error)}); choose another folder with -o"
        ) from error
    sweep(folder)


@contextmanager
def claimed_folder(into: Destination, names: Iterable[str] = ()) -> Iterator[None]:
    """The same, and no other run writes the files of NAME there until the block ends.

    Args:
        names: of the files that will be written, as far as they are known.

    Raises:
        InputError: it cannot be written, one of the files would be lost, or another run is writing them.
    """
    into.check(names)
    check_folder(into.folder)
    with sole_writer(into.folder, into.name):
        yield
