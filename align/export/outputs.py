"""The files that a result can become: what each is called, which words choose it, and what writes it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from align.core.errors import UsageError

if TYPE_CHECKING:
    from align.core.types import Result, Track
    from align.export.options import FileOptions
    from align.export.report_page.page import ReportAudio
    from align.mismatch.entries import Entry
    from align.subtitles.options import CueOptions

USUAL = "usual"
"""The word for the files that most people need, which `align run` writes when nobody asks for others."""
KINDS = (
    *("usual", "all", "srt", "vtt", "ass", "json", "csv", "html", "ttml", "bcc", "karaoke"),
    *("txt", "docx", "textgrid", "words", "markers", "edl", "xml", "fcpxml", "labels"),
)
"""Words for several files at once. A single file goes by its own ending, such as "zh-en.srt"."""


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file that a result can become.

    Attributes:
        ending: what follows NAME and a dot.
        kinds: the words of KINDS that choose it, "all" apart, which chooses every file.
        write: makes its content; a UsageError says why the format cannot hold this result.
    """

    ending: str
    kinds: tuple[str, ...]
    write: Callable[[], str | bytes]

    def is_among(self, wanted: Collection[str]) -> bool:
        """Whether endings or words of KINDS name it."""
        return any(one in wanted for one in ("all", self.ending, *self.kinds))


def outputs(
    result: Result, cues: CueOptions, files: FileOptions, sound: ReportAudio | None = None
) -> tuple[OutputFile, ...]:
    """Every file that this result can become, in the order of writing.

    The document comes first, since all others follow from it. It, the page and the other files that
    are looked at beside the recording keep the recording's own times; `files.offset` moves the rest.
    `sound` is for the page alone.
    """
    from align.export.shift import shifted
    from align.result.alignment_json import dump

    wanted = _Wanted(result, shifted(result, files.offset), cues, files, sound)
    return (
        OutputFile("alignment.json", (USUAL, "json"), partial(dump, result)),
        *_subtitles(wanted),
        *_reports(wanted),
        *_special_subtitles(wanted),
        *_transcripts(wanted),
        *_words(wanted),
        *_markers(wanted),
    )


def has_sound(kinds: Sequence[str]) -> bool:
    """Whether the recording is needed for one of these kinds."""
    return not {USUAL, "all", "html", "mismatches.html"}.isdisjoint(kinds)


def check_kinds(kinds: Sequence[str]) -> None:
    """Refuse a kind that no result becomes, before any long work.

    Raises:
        UsageError: it is no word of KINDS and does not end as a file would.
    """
    for kind in kinds:
        if kind not in KINDS and kind.rpartition(".")[2].lower() not in KINDS:
            raise UsageError(f'there is no kind of file "{kind}"; choose from {", ".join(KINDS)}')


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What all files are written from.

    Attributes:
        result: at the times of the recording.
        moved: at those of the video.
        sound: of the page, None for none.
    """

    result: Result
    moved: Result
    cues: CueOptions
    files: FileOptions
    sound: ReportAudio | None

    @property
    def tracks(self) -> tuple[tuple[str, ...], ...]:
        """The languages of each track: one by one, and last all together."""
        from align.subtitles.tracks import track_languages

        return track_languages(self.result, self.cues)

    def track(self, languages: tuple[str, ...]) -> Track:
        """The cues in some languages, at the times of the video."""
        from align.export.shift import shifted_track
        from align.subtitles.tracks import track_of

        return shifted_track(track_of(self.result, languages, self.cues), self.files.offset)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The mismatches at the times of the video."""
        from align.export.shift import shifted_entries
        from align.mismatch.entries import entries

        return shifted_entries(entries(self.result), self.files.offset)


def _subtitles(wanted: _Wanted) -> Iterator[OutputFile]:
    """Each language for itself and both together; ASS holds all there is."""
    from align.export.formats.ass import ass
    from align.export.formats.srt import srt
    from align.export.formats.vtt import vtt

    for form, write in (("srt", srt), ("vtt", vtt)):
        for languages in wanted.tracks:
            yield _shown(form, (USUAL, form), write, languages, wanted)
    yield _shown("ass", (USUAL, "ass"), ass, wanted.tracks[-1], wanted)


def _special_subtitles(wanted: _Wanted) -> Iterator[OutputFile]:
    """What single sites and players want; Bilibili takes one language a file."""
    from align.export.formats.ass import karaoke_ass
    from align.export.formats.bcc import bcc
    from align.export.formats.ttml import ttml
    from align.export.formats.vtt import karaoke_vtt

    spoken, together = wanted.tracks[0], wanted.tracks[-1]
    for languages in wanted.tracks:
        yield _shown("ttml", ("ttml",), ttml, languages, wanted)
    for languages in (one for one in wanted.tracks if len(one) == 1):
        yield _shown("bcc", ("bcc",), bcc, languages, wanted)
    tokens, language = wanted.moved.alignment.tokens, wanted.result.language
    for languages in dict.fromkeys((spoken, together)):
        sung = partial(karaoke_vtt, tokens=tokens, language=language)
        yield _shown("karaoke.vtt", ("karaoke",), sung, languages, wanted)
    lit = partial(karaoke_ass, tokens=tokens, language=language)
    yield _shown("karaoke.ass", ("karaoke",), lit, together, wanted)


def _shown(
    form: str,
    kinds: tuple[str, ...],
    write: Callable[[Track, CueOptions], str],
    languages: tuple[str, ...],
    wanted: _Wanted,
) -> OutputFile:
    """A file of cues."""
    return OutputFile(
        f"{'-'.join(languages)}.{form}", kinds, lambda: write(wanted.track(languages), wanted.cues)
    )


def _reports(wanted: _Wanted) -> Iterator[OutputFile]:
    from align.export.mismatches import mismatches_csv, mismatches_json
    from align.export.report_page.page import SILENT, page

    yield OutputFile("mismatches.json", (USUAL, "json"), partial(mismatches_json, wanted.result))
    yield OutputFile("mismatches.csv", (USUAL, "csv"), lambda: mismatches_csv(wanted.entries))
    yield OutputFile("mismatches.html", (USUAL, "html"), partial(page, wanted.result, wanted.sound or SILENT))


def _transcripts(wanted: _Wanted) -> Iterator[OutputFile]:
    from align.export.formats.docx import docx
    from align.export.formats.txt import text

    for form, write in (("txt", text), ("docx", docx)):
        for languages in wanted.tracks:
            content = partial(write, wanted.moved, languages, wanted.cues)
            yield OutputFile(f"{'-'.join(languages)}.{form}", (form,), content)


def _words(wanted: _Wanted) -> Iterator[OutputFile]:
    from align.export.formats.textgrid import textgrid
    from align.export.formats.words import words_csv, words_json

    yield OutputFile("words.json", ("words",), partial(words_json, wanted.moved))
    yield OutputFile("words.csv", ("words",), partial(words_csv, wanted.moved))
    yield OutputFile("TextGrid", ("textgrid",), partial(textgrid, wanted.result))


def _markers(wanted: _Wanted) -> Iterator[OutputFile]:
    from align.export.markers.ass_comments import commented_ass
    from align.export.markers.audacity import label_track
    from align.export.markers.edl import count_of, edls, resolve_start
    from align.export.markers.fcp7 import fcp7
    from align.export.markers.fcpxml import fcpxml
    from align.export.markers.marker import length, markers_of
    from align.mismatch.entries import entries

    rate = wanted.cues.fps
    name, listed, start = wanted.result.name, wanted.entries, wanted.files.timeline_start
    markers = markers_of(listed, rate)
    in_resolve = resolve_start(rate) if start is None else start
    lists = partial(edls, markers, name, rate, in_resolve)
    for number in range(count_of(markers)):
        part = f".{number + 1}" if number else ""
        yield OutputFile(f"mismatches{part}.edl", ("markers", "edl"), partial(lambda n: lists()[n], number))
    timeline = (markers, name, rate, start or 0, length(markers, wanted.moved.duration, rate))
    yield OutputFile("mismatches.xml", ("markers", "xml"), partial(fcp7, *timeline))
    yield OutputFile("mismatches.fcpxml", ("markers", "fcpxml"), partial(fcpxml, *timeline))
    track = wanted.tracks[-1]
    yield OutputFile(
        "mismatches.ass", ("markers",), lambda: commented_ass(wanted.track(track), listed, wanted.cues)
    )
    yield OutputFile(
        "mismatches.labels.txt", ("markers", "labels"), partial(label_track, entries(wanted.result))
    )
