"""Which files a result becomes, what they are called, and the writing of them."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

from align.errors import InputError, UsageError
from align.files import write_whole
from align.result import dump, settled
from align.subtitles.rules import CueOptions
from align.values import Result

KINDS = ("all", "srt", "vtt", "ass", "json", "csv", "html")
"""Words for several files at once: all of them, or all that end so. A single file goes by its own ending."""

_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u2028\u2029\ufffd]')
"""What some system refuses in a file name."""
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
"""Names that are devices on Windows, whatever follows the dot."""
_LONGEST_NAME = 200
"""Bytes of NAME; systems allow 255 for a file name, and the longest ending has less than 30."""


def outputs(result: Result) -> tuple[str, ...]:
    """The endings of all files that this result becomes, such as "zh-en.srt", in the order of writing."""
    return tuple(_writers(result, CueOptions()))


def write_all(result: Result, folder: Path, kinds: Iterable[str], options: CueOptions) -> tuple[Path, ...]:
    """Write the chosen files into `folder`, each whole or not at all; their paths.

    They are the same whether `result` was just made or comes from its file.

    Args:
        kinds: endings that `outputs` names, or words of KINDS.

    Raises:
        UsageError: a kind that this result does not become; nothing is written.
        InputError: the folder cannot be written.
    """
    firm = settled(result)
    writers = _writers(firm, options)
    endings = _chosen(tuple(writers), kinds)
    name = safe_name(firm.name)
    paths = []
    for ending in endings:
        path = folder / f"{name}.{ending}"
        write_whole(path, writers[ending]())
        paths.append(path)
    return tuple(paths)


def check_folder(folder: Path) -> None:
    """Make `folder` where it is missing and try to write in it, before any long work.

    Raises:
        InputError: it cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"align")
    except OSError as error:
        raise InputError(
            folder, f"cannot be written ({error.strerror}); choose another folder with -o"
        ) from error


def safe_name(name: str) -> str:
    """`name` as every system takes it for a file name, at most _LONGEST_NAME bytes in UTF-8."""
    cleaned = _UNSAFE.sub("_", name)
    short = cleaned.encode("utf-8")[:_LONGEST_NAME].decode("utf-8", "ignore").strip(" .")
    return f"_{short}" if not short or _RESERVED.fullmatch(short) else short


def _writers(result: Result, options: CueOptions) -> dict[str, Callable[[], str]]:
    """What makes the content of each file, by its ending; the document first: all others follow from it.

    The writers are imported here, so that naming KINDS on the command line loads none of them.
    """
    from align.mismatch.report import mismatches_csv, mismatches_json
    from align.review.page import page

    return {
        "alignment.json": partial(dump, result),
        **_subtitle_writers(result, options),
        "mismatches.json": partial(mismatches_json, result),
        "mismatches.csv": partial(mismatches_csv, result),
        "mismatches.html": partial(page, result),
    }


def _subtitle_writers(result: Result, options: CueOptions) -> Mapping[str, Callable[[], str]]:
    """Each language for itself and both together; ASS holds all there is."""
    from align.subtitles.formats.ass import ass
    from align.subtitles.formats.srt import srt
    from align.subtitles.formats.vtt import vtt
    from align.subtitles.layout import lay_out

    def writer(write: Callable[..., str], languages: tuple[str, ...]) -> Callable[[], str]:
        return lambda: write(lay_out(result.phrases, languages, result.language), options)

    both = tuple(dict.fromkeys(code for code in (result.language, result.second_language) if code))
    tracks = ((both[0],), (both[1],), both) if len(both) == 2 else (both,)
    writers = {
        f"{'-'.join(languages)}.{form}": writer(write, languages)
        for form, write in (("srt", srt), ("vtt", vtt))
        for languages in tracks
    }
    return writers | {f"{'-'.join(both)}.ass": writer(ass, both)}


def _chosen(endings: tuple[str, ...], kinds: Iterable[str]) -> tuple[str, ...]:
    """The endings that `kinds` name, each once, in the order of writing."""
    wanted = set(kinds)
    for kind in sorted(wanted - set(endings) - set(KINDS)):
        raise UsageError(f'"{kind}" is no file of this result; choose from {", ".join((*KINDS, *endings))}')
    return tuple(ending for ending in endings if wanted & {"all", ending, ending.rpartition(".")[2]})
