"""Write the files of a result that somebody wants."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
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
from align.export.outputs import KINDS, OutputFile, outputs
from align.export.report_page.page import sound_for
from align.subtitles.options import CueOptions

_WITH_BOM = (".srt", ".vtt", ".ass", ".txt", ".csv")
"""Text that some program takes for another encoding without a mark; in JSON and XML a mark is an error."""
_WITH_CRLF = (".srt", ".vtt", ".ass", ".txt", ".edl", ".TextGrid")
_AS_THEY_ARE = FileOptions()


def write_all(
    result: Result,
    folder: AnyPath,
    kinds: Iterable[str],
    options: CueOptions,
    files: FileOptions = _AS_THEY_ARE,
    recording: Recording | None = None,
    into: Destination | None = None,
) -> tuple[Path, ...]:
    """Write the chosen files into `folder`, each whole or not at all; their paths.

    They are the same whether `result` was just made or comes from its file, since all its times are rounded
    where they are made. A format that cannot hold the result keeps no other file from being written.

    Args:
        kinds: endings of files, or words of `align.export.outputs.KINDS`.
        recording: of the result, whose sound goes into the page of mismatches; None leaves it out there.
        into: says which files are read, and so are not written over; by default the recording alone.

    Raises:
        UsageError: a kind that this result does not become, or an argument of the wrong type, and nothing is
            written; or a format that cannot hold it, such as an EDL past 24 hours, and all others are.
        InputError: a file that is there would be lost, and nothing is written; or no file can be.
    """
    place, wanted = fitted("folder", folder, Path), fitted("kinds", kinds, tuple[str, ...])
    options, files = fitted("options", options, CueOptions), fitted("files", files, FileOptions)
    recording = fitted("recording", recording, Recording | None)
    result = fitted("result", result, Result)
    reads = (recording.path,) if recording else ()
    into = into or destination(place, result.name, reads=reads, overwrite=files.overwrite)
    into.check(names_of(result, wanted, options, files))
    made, refused = _made(result, place, wanted, options, files, recording)
    paths = into.put(made)
    if refused:
        others = f" (the {len(paths)} other files were written)" if paths else ""
        places = "; ".join(f"{place / name} was not written: {error}" for name, error in refused.items())
        raise UsageError(f"{places}{others}")
    return paths


def names_of(
    result: Result, kinds: Iterable[str], options: CueOptions, files: FileOptions = _AS_THEY_ARE
) -> tuple[str, ...]:
    """The names of the chosen files, which are those of any result of that name in these languages.

    A kind that this result does not become is passed over.
    """
    name, wanted = safe_name(result.name), set(kinds)
    found = outputs(result, options, files)
    return tuple(f"{name}.{one.ending}" for one in found if one.is_among(wanted))


def contents(
    result: Result,
    folder: Path,
    kinds: Iterable[str],
    options: CueOptions,
    files: FileOptions = _AS_THEY_ARE,
    recording: Recording | None = None,
) -> dict[str, bytes]:
    """What stands in each of the chosen files, by name, in the order of writing.

    Args:
        folder: that they are for; the page of mismatches names the recording as it is seen from there.

    Raises:
        UsageError: a kind that this result does not become, or a format that cannot hold it.
    """
    made, refused = _made(result, folder, kinds, options, files, recording)
    for error in refused.values():
        raise error
    return made


def _made(
    result: Result,
    folder: Path,
    kinds: Iterable[str],
    options: CueOptions,
    files: FileOptions,
    recording: Recording | None,
) -> tuple[dict[str, bytes], dict[str, UsageError]]:
    """What stands in each of the chosen files, by name, and why those that are missing cannot be written."""
    made: dict[str, bytes] = {}
    refused: dict[str, UsageError] = {}
    for output in _chosen(outputs(result, options, files, sound_for(recording, folder)), kinds):
        name = f"{safe_name(result.name)}.{output.ending}"
        try:
            made[name] = _encoded(output.write(), Path(name).suffix, files)
        except UsageError as error:
            refused[name] = error
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
    """Make `folder` where it is missing and try to write in it, before any long work.

    What a killed run has left of files that it was writing goes.

    Raises:
        InputError: it cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"align")
    except (OSError, ValueError) as error:  # a name with a zero byte in it is a ValueError
        raise InputError(
            folder, f"cannot be written ({hindrance(folder, error)}); choose another folder with -o"
        ) from error
    sweep(folder)


@contextmanager
def claimed_folder(into: Destination, names: Iterable[str] = ()) -> Iterator[None]:
    """The same, and no other run writes the files of NAME there until the block ends.

    Args:
        names: of the files that are to be written, as far as they are known by now.

    Raises:
        InputError: it cannot be written, one of the files would be lost, or another run writes them now.
    """
    into.check(names)
    check_folder(into.folder)
    with sole_writer(into.folder, into.name):
        yield


def _chosen(found: Sequence[OutputFile], kinds: Iterable[str]) -> tuple[OutputFile, ...]:
    """The files that `kinds` name, each once, in the order of writing."""
    wanted = set(kinds)
    endings = [output.ending for output in found]
    for kind in sorted(wanted - set(endings) - set(KINDS)):
        raise UsageError(f'"{kind}" is no file of this result; choose from {", ".join((*KINDS, *endings))}')
    return tuple(output for output in found if output.is_among(wanted))


def _encoded(content: str | bytes, suffix: str, files: FileOptions) -> bytes:
    """The bytes of a file, with the mark and the ends of lines that were asked for."""
    if isinstance(content, bytes):
        return content
    if files.crlf and suffix in _WITH_CRLF:
        content = content.replace("\r\n", "\n").replace("\n", "\r\n")
    if files.bom and suffix in _WITH_BOM:
        content = BYTE_ORDER_MARK + content.removeprefix(BYTE_ORDER_MARK)
    return content.encode("utf-8")
