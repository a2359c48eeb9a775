"""Recordings of many hours: each file has the right times, as other readers find them, or is refused."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import docx
import numpy as np
import opentimelineio as otio
import pysubs2
import pytest
from praatio import textgrid as praat

from align.core.errors import UsageError
from align.core.types import Alignment, MismatchKind, Result, Span
from align.export.markers.edl import resolve_start
from align.export.options import FileOptions
from align.export.write import write_all
from align.mismatch.entries import entries
from align.result.alignment_json import load
from align.subtitles.frames import FrameRate
from align.subtitles.options import CueOptions
from align.subtitles.read import read_subtitles
from align.subtitles.tracks import track_of
from align.transcript.cleaning.apply_rules import Cleaning
from align.transcript.read import read_transcript
from tests.conftest import Command
from tests.export.formats.python_readers import by_pysubs2, by_ttconv, by_webvtt
from tests.export.formats.readers import cue_times_ffmpeg, cue_times_mkvmerge, srt_errors, webvtt_errors
from tests.results import sample

HOUR = 3600.0
NAME = "livestream"
AS_IT_IS = Cleaning("off")
TEN, LAST, BEYOND = 10 * HOUR - 12, 99 * HOUR, 149 * HOUR
"""Seconds: where ASS gets a second digit for hours, the longest recording, and that with an --offset."""
ALL_BUT_EDL = (
    *("usual", "ttml", "bcc", "karaoke", "txt", "docx", "textgrid", "words"),
    *("xml", "fcpxml", "labels", "mismatches.ass"),
)
PAL = FrameRate.of("25")


def late(seconds: float) -> Result:
    """The sample with everything `seconds` later, its cues on frames."""

    def moved(span: Span) -> Span:
        return Span(span.start + seconds, span.end + seconds)

    def on_frames(span: Span) -> Span:
        return Span(PAL.seconds(PAL.frame(span.start)), PAL.seconds(PAL.frame(span.end)))

    result = sample()
    tokens = tuple(replace(t, span=moved(t.span)) if t.span else t for t in result.alignment.tokens)
    return replace(
        result,
        duration=result.duration + seconds,
        alignment=Alignment(tokens, tuple(map(moved, result.alignment.untranscribed))),
        mismatches=tuple(replace(one, span=moved(one.span)) for one in result.mismatches),
        phrases=tuple(replace(one, span=moved(on_frames(one.span))) for one in result.phrases),
    )


@pytest.fixture(scope="module", params=["in the recording", "by --offset"])
def way(request: pytest.FixtureRequest) -> str:
    """How times get large."""
    return str(request.param)


@pytest.fixture(scope="module", params=[TEN, LAST, BEYOND], ids=["10 h", "99 h", "149 h"])
def hours(request: pytest.FixtureRequest) -> float:
    return float(request.param)


@pytest.fixture(scope="module")
def files(way: str, hours: float, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with every file but the EDL."""
    folder = tmp_path_factory.mktemp("late")
    options = FileOptions(offset=hours) if way == "by --offset" else FileOptions()
    result = late(0) if way == "by --offset" else late(hours)
    write_all(result, folder, ALL_BUT_EDL, CueOptions(), options)
    return folder


def same(found: object, expected: object, within: float = 0.0011) -> bool:
    """Whether as many times are the same within a millisecond or so."""
    one, other = np.array(found, dtype=float), np.array(expected, dtype=float)
    return one.shape == other.shape and bool(np.all(abs(one - other) <= within))


def cues_of(hours: float, *languages: str) -> list[tuple[float, float]]:
    """When each cue begins and ends."""
    track = track_of(late(0), languages or ("zh", "en"), CueOptions())
    return [(cue.span.start + hours, cue.span.end + hours) for cue in track.cues]


def events_of(hours: float, ending: str) -> list[tuple[float, float]]:
    """When each cue of a file begins and ends; in ASS there is an event for each of the two languages."""
    languages = ending.partition(".")[0].split("-")
    events = 2 if ending.endswith("ass") else 1
    return [times for times in cues_of(hours, *languages) for _ in range(events)]


def places_of(hours: float) -> list[tuple[float, float]]:
    shown = (one for one in late(hours).mismatches if one.kind is not MismatchKind.FILLER)
    return [(round(one.span.start, 3), round(one.span.end, 3)) for one in shown]


SHOWN = (
    "zh.srt",
    "en.srt",
    "zh-en.srt",
    "zh.vtt",
    "zh-en.vtt",
    "zh-en.ass",
    "zh.karaoke.vtt",
    "zh-en.karaoke.ass",
)


@pytest.mark.parametrize("ending", SHOWN)
@pytest.mark.parametrize("read", [cue_times_ffmpeg, cue_times_mkvmerge])
def test_ffmpeg_and_mkvmerge_find_the_times(
    ending: str, read: Callable[[Path], list[tuple[float, float]]], files: Path, hours: float
) -> None:
    assert same(read(files / f"{NAME}.{ending}"), events_of(hours, ending), 0.0101)


def test_the_validators_find_no_fault(files: Path, hours: float) -> None:
    assert webvtt_errors(files / f"{NAME}.zh-en.vtt") == []
    assert webvtt_errors(files / f"{NAME}.zh.karaoke.vtt") == []
    if hours < 100 * HOUR:  # beyond, ffmpeg and mkvmerge read it, and that validator has no third digit
        assert srt_errors(files / f"{NAME}.zh-en.srt") == []


def test_readers_of_python_find_the_times(files: Path, hours: float) -> None:
    text = {
        form: (files / f"{NAME}.zh-en.{form}").read_text("utf-8") for form in ("srt", "vtt", "ass", "ttml")
    }
    found = {"vtt": by_webvtt(text["vtt"]), "ttml": by_ttconv(text["ttml"])}
    if hours < 100 * HOUR:  # three digits are more than pysubs2 knows
        found |= {f"{form}, pysubs2": by_pysubs2(text[form], form) for form in ("srt", "vtt", "ass")}
    for name, seen in found.items():
        ending = f"zh-en.{name.partition(',')[0]}"
        times = [(round(1000 * start), round(1000 * end)) for start, end in events_of(hours, ending)]
        assert [(one.start, one.end) for one in seen] == times, name


def test_our_own_readers_find_the_times(files: Path, hours: float) -> None:
    for ending in ("zh.srt", "zh-en.srt", "zh-en.vtt", "zh-en.ass"):
        path = files / f"{NAME}.{ending}"
        track = read_subtitles(path).track
        assert same([(cue.span.start, cue.span.end) for cue in track.cues], cues_of(hours)), ending
        assert sum(len(turn.text) for turn in read_transcript(path, AS_IT_IS).turns) > 500


def test_bcc_and_words_have_the_times(files: Path, hours: float) -> None:
    body = json.loads((files / f"{NAME}.zh.bcc").read_text("utf-8"))["body"]
    assert same([(cue["from"], cue["to"]) for cue in body], cues_of(hours))
    spans = [timed.span for timed in late(hours).alignment.tokens if timed.span]
    words = json.loads((files / f"{NAME}.words.json").read_text("utf-8"))["words"]
    rows = list(csv.DictReader((files / f"{NAME}.words.csv").read_text("utf-8-sig").splitlines()))
    for found in (words, rows):
        assert same(float(found[0]["start"]), spans[0].start)
        assert same(float(found[-1]["end"]), spans[-1].end)
        starts = [float(row["start"]) for row in found if row["start"] not in (None, "")]
        assert starts == sorted(starts)


def test_transcripts_with_times_are_read_again_without_them(files: Path, hours: float) -> None:
    path = files / f"{NAME}.zh.txt"
    first = f"[{hours // HOUR:02.0f}:{hours % HOUR // 60:02.0f}:{hours % 60:02.0f}] "
    assert path.read_text("utf-8").startswith(first)
    shown = [one.text for one in docx.Document(str(files / f"{NAME}.zh.docx")).paragraphs]
    assert shown[1].startswith(first)
    for again in (path, files / f"{NAME}.zh.docx"):
        turns = read_transcript(again, AS_IT_IS).turns
        assert not re.search(r"\d\d:\d\d", "".join(turn.text for turn in turns))
        assert {turn.speaker for turn in turns} >= {"陈倩", "Ethan", "Bruce"}


def test_the_files_of_the_recording_have_its_times(files: Path, hours: float, way: str) -> None:
    """Which --offset does not move."""
    own = late(hours) if way == "in the recording" else late(0)
    again = load(files / f"{NAME}.alignment.json")
    assert same(again.phrases[-1].span.end, own.phrases[-1].span.end)
    grid = praat.openTextgrid(str(files / f"{NAME}.TextGrid"), includeEmptyIntervals=False)
    words = [timed.span for timed in own.alignment.tokens if timed.span]
    found = grid.getTier("words").entries
    assert same((found[0].start, found[-1].end), (words[0].start, words[-1].end))
    rows = (files / f"{NAME}.mismatches.labels.txt").read_text("utf-8").splitlines()
    labels = [tuple(map(float, row.split("\t")[:2])) for row in rows]
    assert same(labels, [(one.span.start, one.span.end) for one in own.mismatches])
    listed = json.loads((files / f"{NAME}.mismatches.json").read_text("utf-8"))["mismatches"]
    assert same([one["start"] for one in listed], [one.span.start for one in own.mismatches])
    page = (files / f"{NAME}.mismatches.html").read_text("utf-8")
    assert f'data-start="{own.mismatches[0].span.start}"' in page


def test_reports_and_comments_have_the_times(files: Path, hours: float) -> None:
    rows = list(csv.DictReader((files / f"{NAME}.mismatches.csv").read_text("utf-8-sig").splitlines()))
    shown = [one.mismatch.span.start for one in entries(late(hours))]
    assert same([row["start"] for row in rows], shown)
    clock = [[float(part) for part in row["timecode"].split(":")] for row in rows]
    assert same([60 * (60 * h + m) + s for h, m, s in clock], shown)
    path = files / f"{NAME}.mismatches.ass"
    comments = re.findall(r"^Comment: 0,(\d+):(\d\d):(\d\d\.\d\d),", path.read_text("utf-8"), re.MULTILINE)
    begins = [60 * (60 * int(h) + int(m)) + float(s) for h, m, s in comments]
    assert same(begins, [start for start, _ in places_of(hours)], 0.0101)
    assert same(cue_times_ffmpeg(path), events_of(hours, "zh-en.ass"), 0.0101)


def test_editors_find_the_markers_in_xml(files: Path, hours: float) -> None:
    begins = [PAL.frame(start) for start, _ in places_of(hours)]
    timeline = otio.adapters.read_from_file(str(files / f"{NAME}.mismatches.xml"), "fcp_xml")
    assert [one.marked_range.start_time.value for one in timeline.tracks.markers] == begins
    root = ElementTree.parse(files / f"{NAME}.mismatches.fcpxml")
    found = [Fraction((one.get("start") or "")[:-1]) * 25 for one in root.iter("marker")]
    assert found == begins


def test_an_edl_has_its_times_up_to_24_hours_of_the_timeline(tmp_path: Path) -> None:
    result = late(22 * HOUR)
    (path,) = write_all(result, tmp_path, ["edl"], CueOptions())
    timeline = otio.adapters.read_from_string(path.read_text("utf-8"), "cmx_3600", rate=25)
    starts = [clip.source_range.start_time.value for clip in timeline.find_clips()]
    assert starts == [resolve_start(PAL) + PAL.frame(start) for start, _ in places_of(22 * HOUR)]


@pytest.mark.parametrize(
    ("result", "files"),
    [
        (late(LAST), FileOptions()),
        (late(23 * HOUR), FileOptions()),  # the timeline of Resolve begins with 01:00:00:00
        (sample(), FileOptions(offset=LAST)),
        (sample(), FileOptions(timeline_start=25 * 24 * 3600 - 100)),
    ],
)
def test_past_24_hours_there_is_no_edl_and_all_else_is_written(
    result: Result, files: FileOptions, tmp_path: Path
) -> None:
    with pytest.raises(
        UsageError,
        match=r"livestream\.mismatches\.edl was not written: an EDL ends at 24:00:00:00 of the timeline, "
        r"and the last mismatch is at .* h; choose an earlier .* fcpxml.*\(the \d+ other files",
    ):
        write_all(result, tmp_path, ["all"], CueOptions(), files)
    there = {path.name.removeprefix(f"{NAME}.") for path in tmp_path.iterdir()}
    assert there >= {"alignment.json", "zh-en.ass", "mismatches.xml", "mismatches.labels.txt"}
    assert "mismatches.edl" not in there
    write_all(late(23 * HOUR), tmp_path, ["edl"], CueOptions(), FileOptions(timeline_start=0))


def test_the_command_says_what_it_could_not_write(align: Command, tmp_path: Path) -> None:
    (document,) = write_all(late(LAST), tmp_path, ["alignment.json"], CueOptions())
    ran = align("export", document, "-o", tmp_path, "--to", "all", "-q")
    assert ran.returncode == 2
    assert ran.stderr.count("\n") == 1
    assert "mismatches.edl was not written" in ran.stderr
    assert (tmp_path / f"{NAME}.mismatches.labels.txt").exists()
    ran = align("export", document, "-o", tmp_path, "--to", "all", "--timeline-start", "24:00:00:00")
    assert (ran.returncode, ran.stderr) == (
        2,
        "align: 24.00 h is beyond the 24 hours of timecode\n",
    )


def test_no_warning_of_a_library_is_told(align: Command, tmp_path: Path) -> None:
    (document,) = write_all(late(LAST), tmp_path, ["alignment.json"], CueOptions())
    ran = align("export", document, "-o", tmp_path, "--to", "usual,karaoke,mismatches.ass,docx,xml", "-q")
    assert (ran.returncode, ran.stderr) == (0, "")
    written = (tmp_path / f"{NAME}.zh-en.ass").read_text("utf-8")
    text = re.sub(r",2,96,96,54,1$", ",x,96,96,54,1", written, flags=re.MULTILINE)
    with pytest.warns(RuntimeWarning, match="Failed to parse alignment"):
        pysubs2.SSAFile.from_string(text, "ass")
    (tmp_path / "odd.ass").write_text(text, "utf-8")
    ran = align("check", tmp_path / "odd.ass")
    assert "Warning" not in ran.stderr


def test_plots_have_few_and_whole_hours(align: Command, tmp_path: Path) -> None:
    (document,) = write_all(late(LAST), tmp_path, ["alignment.json"], CueOptions())
    ran = align("plot", document, "--to", "svg", "-o", tmp_path, "-q")
    assert (ran.returncode, ran.stderr) == (0, "")
    pictures = sorted(tmp_path.glob("*.svg"))
    assert len(pictures) > 2
    times = re.findall(r"\b\d{1,3}:\d\d:\d\d\b", pictures[0].read_text("utf-8"))
    assert times
