"""The files that a result can become: what each is called, which words choose it, and what writes it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from align.core.errors import UsageError
from align.core.types import Result, Track
from align.export.formats.ass import ass, karaoke_ass
from align.export.formats.bcc import bcc
from align.export.formats.docx import docx
from align.export.formats.srt import srt
from align.export.formats.textgrid import textgrid
from align.export.formats.ttml import ttml
from align.export.formats.txt import text
from align.export.formats.vtt import karaoke_vtt, vtt
from align.export.formats.words import words_csv, words_json
from align.export.markers.ass_comments import commented_ass
from align.export.markers.audacity import label_track
from align.export.markers.edl import edl, file_count, resolve_start
from align.export.markers.final_cut import fcp7, fcpxml
from align.export.markers.marker import length, markers_of
from align.export.mismatches import mismatches_csv, mismatches_json
from align.export.options import FileOptions
from align.export.report_page.page import SILENT, ReportAudio, page
from align.export.shift import shifted, shifted_entries, shifted_track
from align.mismatch.entries import Entry, entries
from align.result.alignment_json import dump
from align.subtitles.frames import FrameRate
from align.subtitles.options import CueOptions
from align.subtitles.tracks import track_languages, track_of

USUAL = "usual"
"""The word for the files that most people need, which `align run` writes by default."""
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
        kinds: the words of KINDS that choose it, except "all", which chooses every file.
        write: makes its content; raises a UsageError if the format cannot hold this result.
    """

    ending: str
    kinds: tuple[str, ...]
    write: Callable[[], str | bytes]

    def is_among(self, wanted: Collection[str]) -> bool:
        """Whether one of these endings or words of KINDS chooses it."""
        return any(word in wanted for word in ("all", self.ending, *self.kinds))


def has_sound(kinds: Sequence[str]) -> bool:
    """Whether the recording is needed for one of these kinds."""
    return not {USUAL, "all", "html", "mismatches.html"}.isdisjoint(kinds)


def check_kinds(kinds: Sequence[str]) -> None:
    """Refuse an unknown kind, before any long work.

    Raises:
        UsageError: a kind is not in KINDS and does not end as a file would.
    """
    for kind in kinds:
        if kind not in KINDS and kind.rpartition(".")[2].lower() not in KINDS:
            raise UsageError(f'unknown kind of file "{kind}"; choose from {", ".join(KINDS)}')


def outputs(
    result: Result, cues: CueOptions, files: FileOptions, sound: ReportAudio = SILENT
) -> tuple[OutputFile, ...]:
    """Every file that this result can become, in the order of writing.

    alignment.json comes first, since all others follow from it. It, the report page and other files that
    are used beside the recording keep the recording's own times; `files.offset` shifts the rest.
    ASS holds all languages; Bilibili takes one a file. `sound` is for the report page.
    """
    in_video = shifted(result, files.offset)
    unshifted = entries(result)
    listed = shifted_entries(unshifted, files.offset)
    tracks = track_languages(result, cues)
    spoken, together = tracks[0], tracks[-1]
    tokens, language = in_video.alignment.tokens, result.language

    def track(languages: tuple[str, ...]) -> Track:
        return shifted_track(track_of(result, languages, cues), files.offset)

    def cue_file(
        form: str, write: Callable[[Track, CueOptions], str], languages: tuple[str, ...], *kinds: str
    ) -> OutputFile:
        return OutputFile(f"{'-'.join(languages)}.{form}", kinds, lambda: write(track(languages), cues))

    def transcript(
        form: str, write: Callable[[Result, Sequence[str], CueOptions], str | bytes], languages: Sequence[str]
    ) -> OutputFile:
        content = partial(write, in_video, languages, cues)
        return OutputFile(f"{'-'.join(languages)}.{form}", (form,), content)

    timed_vtt = partial(karaoke_vtt, tokens=tokens, language=language)
    timed_ass = partial(karaoke_ass, tokens=tokens, language=language)
    return (
        OutputFile("alignment.json", (USUAL, "json"), partial(dump, result)),
        *(cue_file("srt", srt, languages, USUAL, "srt") for languages in tracks),
        *(cue_file("vtt", vtt, languages, USUAL, "vtt") for languages in tracks),
        cue_file("ass", ass, together, USUAL, "ass"),
        OutputFile("mismatches.json", (USUAL, "json"), partial(mismatches_json, result)),
        OutputFile("mismatches.csv", (USUAL, "csv"), partial(mismatches_csv, listed)),
        OutputFile("mismatches.html", (USUAL, "html"), partial(page, result, sound)),
        *(cue_file("ttml", ttml, languages, "ttml") for languages in tracks),
        *(cue_file("bcc", bcc, languages, "bcc") for languages in tracks if len(languages) == 1),
        *(
            cue_file("karaoke.vtt", timed_vtt, languages, "karaoke")
            for languages in dict.fromkeys((spoken, together))
        ),
        cue_file("karaoke.ass", timed_ass, together, "karaoke"),
        *(transcript("txt", text, languages) for languages in tracks),
        *(transcript("docx", docx, languages) for languages in tracks),
        OutputFile("words.json", ("words",), partial(words_json, in_video)),
        OutputFile("words.csv", ("words",), partial(words_csv, in_video)),
        OutputFile("TextGrid", ("textgrid",), partial(textgrid, result)),
        *_timeline_markers(listed, in_video, cues.fps, files.timeline_start),
        OutputFile("mismatches.ass", ("markers",), lambda: commented_ass(track(together), listed, cues)),
        OutputFile("mismatches.labels.txt", ("markers", "labels"), partial(label_track, unshifted)),
    )


def _timeline_markers(
    listed: Sequence[Entry], result: Result, rate: FrameRate, start: int | None
) -> Iterator[OutputFile]:
    """Markers for video editors; `start` is the first frame of the timeline, None for each editor's own."""
    markers = markers_of(listed, rate)
    in_resolve = resolve_start(rate) if start is None else start
    for part in range(file_count(markers)):
        ending = f"mismatches.{part + 1}.edl" if part else "mismatches.edl"
        yield OutputFile(
            ending, ("markers", "edl"), partial(edl, markers, result.name, rate, in_resolve, part)
        )
    end = length(markers, result.duration, rate)
    for ending, write in (("xml", fcp7), ("fcpxml", fcpxml)):
        content = partial(write, markers, result.name, rate, start or 0, end)
        yield OutputFile(f"mismatches.{ending}", ("markers", ending), content)
