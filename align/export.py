"""Write the files of a result that somebody wants."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from align.arguments import AnyPath, fitted
from align.errors import InputError, UsageError
from align.files import write_whole
from align.leftovers import sole_writer, sweep
from align.options import FileOptions
from align.outputs import KINDS, Output, outputs
from align.review.page import sound_for
from align.source import reason
from align.spreadsheet import BYTE_ORDER_MARK
from align.subtitles.rules import CueOptions
from align.values import Recording, Result

_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u2028\u2029\ufffd]')
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
    folder: AnyPath,
    kinds: Iterable[str],
    options: CueOptions,
    files: FileOptions = _AS_THEY_ARE,
    recording: Recording | None = None,
) -> tuple[Path, ...]:
    """Write the chosen files into `folder`, each whole or not at all; their paths.

    They are the same whether `result` was just made or comes from its file, since all its times are rounded
    where they are made. A format that cannot hold the result keeps no other file from being written.

    Args:
        kinds: endings of files, or words of `align.outputs.KINDS`.
        recording: of the result, whose sound goes into the page of mismatches; None leaves it out there.

    Raises:
        UsageError: a kind that this result does not become, or an argument of the wrong type, and nothing is
            written; or a format that cannot hold it, such as an EDL past 24 hours, and all others are.
        InputError: the folder cannot be written.
    """
    place, wanted = fitted("folder", folder, Path), fitted("kinds", kinds, tuple[str, ...])
    options, files = fitted("options", options, CueOptions), fitted("files", files, FileOptions)
    recording = fitted("recording", recording, Recording | None)
    result = fitted("result", result, Result)
    chosen = _chosen(outputs(result, options, files, sound_for(recording, place)), wanted)
    name = safe_name(result.name)
    paths, refused = [], []
    for output in chosen:
        path = place / f"{name}.{output.ending}"
        try:
            content = output.write()
        except UsageError as error:
            refused.append(f"{path} was not written: {error}")
            continue
        write_whole(path, _encoded(content, path.suffix, files))
        paths.append(path)
    if refused:
        others = f" (the {len(paths)} other files were written)" if paths else ""
        raise UsageError(f"{'; '.join(refused)}{others}")
    return tuple(paths)


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
            folder, f"cannot be written ({reason(error)}); choose another folder with -o"
        ) from error
    sweep(folder)


@contextmanager
def claimed(folder: Path, name: str) -> Iterator[None]:
    """The same, and no other run writes the files of NAME there until the block ends.

    Raises:
        InputError: it cannot be written, or another run writes these files now.
    """
    check_folder(folder)
    with sole_writer(folder, safe_name(name)):
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
    return tuple(output for output in found if wanted & {"all", output.ending, *output.kinds})


def _encoded(content: str | bytes, suffix: str, files: FileOptions) -> bytes:
    """The bytes of a file, with the mark and the ends of lines that were asked for."""
    if isinstance(content, bytes):
        return content
    if files.crlf and suffix in _WITH_CRLF:
        content = content.replace("\r\n", "\n").replace("\n", "\r\n")
    if files.bom and suffix in _WITH_BOM:
        content = BYTE_ORDER_MARK + content.removeprefix(BYTE_ORDER_MARK)
    return content.encode("utf-8")
