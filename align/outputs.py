"""The files that a result can become: what each is called, which words choose it, and what writes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from align.errors import UsageError

if TYPE_CHECKING:
    from align.options import FileOptions
    from align.subtitles.rules import CueOptions
    from align.values import Result, Track

USUAL = "usual"
"""The word for the files that most people need, which `align run` writes when nobody asks for others."""
KINDS = (
    *("usual", "all", "srt", "vtt", "ass", "json", "csv", "html", "ttml", "bcc", "karaoke"),
    *("txt", "docx", "textgrid", "words", "markers", "edl", "xml", "fcpxml"),
)
"""Words for several files at once. A single file goes by its own ending, such as "zh-en.srt"."""


@dataclass(frozen=True, slots=True)
class Output:
    """A file that a result can become.

    Attributes:
        ending: what follows NAME and a dot.
        kinds: the words of KINDS that choose it, "all" apart, which chooses every file.
        write: makes its content.
    """

    ending: str
    kinds: tuple[str, ...]
    write: Callable[[], str | bytes]


def outputs(result: Result, cues: CueOptions, files: FileOptions) -> tuple[Output, ...]:
    """Every file that this result can become, in the order of writing.

    The document comes first, since all others follow from it. It, the page and the other files that
    are looked at beside the recording keep the recording's own times; `files.offset` moves the rest.
    """
    from align.result import dump
    from align.shift import shifted

    moved = shifted(result, files.offset)
    return (
        Output("alignment.json", (USUAL, "json"), partial(dump, result)),
        *_subtitles(moved, cues),
        *_reports(result, files),
        *_special_subtitles(moved, cues),
        *_transcripts(moved, cues),
        *_words(result, moved),
        *_markers(result, moved, cues, files),
    )


def check_kinds(kinds: Sequence[str]) -> None:
    """Refuse a kind that no result becomes, before any long work.

    Raises:
        UsageError: it is no word of KINDS and does not end as a file would.
    """
    for kind in kinds:
        if kind not in KINDS and kind.rpartition(".")[2].lower() not in KINDS:
            raise UsageError(f'there is no kind of file "{kind}"; choose from {", ".join(KINDS)}')


def _reports(result: Result, files: FileOptions) -> Iterator[Output]:
    from align.mismatch.entries import entries
    from align.mismatch.report import mismatches_csv, mismatches_json
    from align.review.page import page
    from align.shift import shifted_entries

    def table() -> str:
        return mismatches_csv(shifted_entries(entries(result), files.offset))

    yield Output("mismatches.json", (USUAL, "json"), partial(mismatches_json, result))
    yield Output("mismatches.csv", (USUAL, "csv"), table)
    yield Output("mismatches.html", (USUAL, "html"), partial(page, result))


def _tracks(result: Result) -> tuple[tuple[str, ...], ...]:
    """Each language for itself, and both together."""
    both = _languages(result)
    return ((both[0],), (both[1],), both) if len(both) == 2 else (both,)


def _languages(result: Result) -> tuple[str, ...]:
    """The transcript's, and the other where there is one."""
    return tuple(dict.fromkeys(code for code in (result.language, result.second_language) if code))


def _laid_out(result: Result, languages: Sequence[str]) -> Track:
    from align.subtitles.layout import lay_out

    return lay_out(result.phrases, languages, result.language)


def _subtitles(result: Result, cues: CueOptions) -> Iterator[Output]:
    """Each language for itself and both together; ASS holds all there is."""
    from align.subtitles.formats.ass import ass
    from align.subtitles.formats.srt import srt
    from align.subtitles.formats.vtt import vtt

    for languages in _tracks(result):
        yield _shown((USUAL, "srt"), srt, result, languages, cues)
    for languages in _tracks(result):
        yield _shown((USUAL, "vtt"), vtt, result, languages, cues)
    yield _shown((USUAL, "ass"), ass, result, _languages(result), cues)


def _special_subtitles(result: Result, cues: CueOptions) -> Iterator[Output]:
    """What single sites and players want; Bilibili takes one language a file."""
    from align.subtitles.formats.ass import karaoke_ass
    from align.subtitles.formats.bcc import bcc
    from align.subtitles.formats.ttml import ttml
    from align.subtitles.formats.vtt import karaoke_vtt

    def sung(write: Callable[..., str], languages: Sequence[str]) -> Callable[[], str]:
        return lambda: write(_laid_out(result, languages), result.alignment.tokens, result.language, cues)

    both = _languages(result)
    for languages in _tracks(result):
        yield _shown(("ttml",), ttml, result, languages, cues)
    for code in both:
        yield _shown(("bcc",), bcc, result, (code,), cues)
    for languages in dict.fromkeys((both[:1], both)):
        yield Output(f"{'-'.join(languages)}.karaoke.vtt", ("karaoke",), sung(karaoke_vtt, languages))
    yield Output(f"{'-'.join(both)}.karaoke.ass", ("karaoke",), sung(karaoke_ass, both))


def _shown(
    kinds: tuple[str, ...],
    write: Callable[[Track, CueOptions], str],
    result: Result,
    languages: Sequence[str],
    cues: CueOptions,
) -> Output:
    """A file of cues, which ends as the last of its kinds."""
    return Output(
        f"{'-'.join(languages)}.{kinds[-1]}", kinds, lambda: write(_laid_out(result, languages), cues)
    )


def _transcripts(result: Result, cues: CueOptions) -> Iterator[Output]:
    from align.subtitles.formats.docx import docx
    from align.subtitles.formats.text import text

    for languages in _tracks(result):
        yield Output(f"{'-'.join(languages)}.txt", ("txt",), partial(text, result, languages, cues))
    for languages in _tracks(result):
        yield Output(f"{'-'.join(languages)}.docx", ("docx",), partial(docx, result, languages, cues))


def _words(result: Result, moved: Result) -> Iterator[Output]:
    from align.subtitles.formats.textgrid import textgrid
    from align.subtitles.formats.words import words_csv, words_json

    yield Output("words.json", ("words",), partial(words_json, moved))
    yield Output("words.csv", ("words",), partial(words_csv, moved))
    yield Output("TextGrid", ("textgrid",), partial(textgrid, result))


def _markers(result: Result, moved: Result, cues: CueOptions, files: FileOptions) -> Iterator[Output]:
    from align.mismatch.entries import entries
    from align.mismatch.markers.ass import commented_ass
    from align.mismatch.markers.edl import edls, resolve_start
    from align.mismatch.markers.fcp7 import fcp7
    from align.mismatch.markers.fcpxml import fcpxml
    from align.mismatch.markers.marker import length, markers_of
    from align.shift import shifted_entries
    from align.subtitles.frames import FrameRate

    rate = FrameRate.of(f"{cues.frame_rate:g}")
    listed = shifted_entries(entries(result), files.offset)
    markers = markers_of(listed, rate)
    start = files.timeline_start
    in_resolve = resolve_start(rate) if start is None else start
    for number, content in enumerate(edls(markers, result.name, rate, in_resolve), 1):
        part = f".{number}" if number > 1 else ""
        yield Output(f"mismatches{part}.edl", ("markers", "edl"), partial(str, content))
    timeline = (markers, result.name, rate, start or 0, length(markers, moved.duration, rate))
    yield Output("mismatches.xml", ("markers", "xml"), partial(fcp7, *timeline))
    yield Output("mismatches.fcpxml", ("markers", "fcpxml"), partial(fcpxml, *timeline))

    def commented() -> str:
        return commented_ass(_laid_out(moved, _languages(result)), listed, cues)

    yield Output("mismatches.ass", ("markers",), commented)
