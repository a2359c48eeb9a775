"""Write the files of a result that somebody wants."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from align.errors import InputError, UsageError
from align.leftovers import sole_writer, sweep
from align.options import FileOptions
from align.outputs import KINDS, Output, outputs
from align.result import settled
from align.review.page import sound_for
from align.source import hindrance
from align.spreadsheet import BYTE_ORDER_MARK
from align.subtitles.rules import CueOptions
from align.values import Recording, Result
from align.written import Destination

_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u2028\u2029\ufffd\ud800-\udfff]')
"""What some system refuses in a file name."""
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
"""Names that are devices on Windows, whatever follows the dot."""
_LONGEST_NAME = 200
"""Bytes of NAME; systems allow 255 for a file name, and the longest ending has less than 30."""
_WITH_BOM = (".srt", ".vtt", ".ass", ".txt", ".csv")
"""Text that some program takes for another encoding without a mark; in JSON and XML a mark is an error."""
_WITH_CRLF = (".srt", ".vtt", ".ass", ".txt", ".edl", ".TextGrid")
_AS_THEY_ARE = FileOptions()


def write_all(
    result: Result,
    folder: Path,
    kinds: Iterable[str],
    options: CueOptions,
    files: FileOptions = _AS_THEY_ARE,
    recording: Recording | None = None,
    into: Destination | None = None,
) -> tuple[Path, ...]:
    """Write the chosen files into `folder`, each whole or not at all; their paths.

    They are the same whether `result` was just made or comes from its file.

    Args:
        kinds: endings of files, or words of `align.outputs.KINDS`.
        recording: of the result, whose sound goes into the page of mismatches; None leaves it out there.
        into: says which files are read, and so are not written over; by default the recording alone.

    Raises:
        UsageError: a kind that this result does not become; nothing is written.
        InputError: a file that is there would be lost, and nothing is written; or no file can be.
    """
    reads = (recording.path,) if recording else ()
    into = into or destination(folder, result.name, reads=reads, overwrite=files.overwrite)
    into.check(names_of(result, kinds, options, files))
    return into.put(contents(result, folder, kinds, options, files, recording))


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
        UsageError: a kind that this result does not become.
    """
    firm = settled(result)
    chosen = _chosen(outputs(firm, options, files, sound_for(recording, folder)), kinds)
    names = [f"{safe_name(firm.name)}.{output.ending}" for output in chosen]
    return {
        name: _encoded(output.write(), Path(name).suffix, files)
        for name, output in zip(names, chosen, strict=True)
    }


def destination(
    folder: Path,
    name: str,
    reads: Iterable[Path] = (),
    updated: Path | None = None,
    overwrite: bool = False,
) -> Destination:
    """Where the files NAME.* go; `align.written` says what each argument means."""
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
def claimed(into: Destination, names: Iterable[str] = ()) -> Iterator[None]:
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


def safe_name(name: str) -> str:
    """`name` as every system takes it for a file name, at most _LONGEST_NAME bytes in UTF-8."""
    cleaned = _UNSAFE.sub("_", name)
    short = cleaned.encode("utf-8")[:_LONGEST_NAME].decode("utf-8", "ignore").strip(" .")
    return f"_{short}" if not short or _RESERVED.fullmatch(short) else short


def _chosen(found: Sequence[Output], kinds: Iterable[str]) -> tuple[Output, ...]:
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
