"""The main job on the demo recording, held against what is really spoken in it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import pytest

from align.core.types import MismatchKind, Result
from align.mismatch.parameters import DEFAULTS
from align.subtitles.check import check
from align.subtitles.options import CueOptions
from align.subtitles.tracks import track_of
from tests.demo.truth import cue_speakers, share_right, share_right_by_best_names, start_errors
from tests.export.formats.readers import (
    chromium_cue_texts,
    count_cues_ffmpeg,
    count_cues_mkvmerge,
    webvtt_errors,
)
from tests.folders import files_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAME = "livestream-demo"
TRACKS = ("zh", "en", "zh-en")


def test_every_file_is_there(labelled_files: Path) -> None:
    subtitles = [f"{NAME}.{track}.{form}" for track in TRACKS for form in ("srt", "vtt")]
    reports = [f"{NAME}.mismatches.{form}" for form in ("json", "csv", "html")]
    expected = [*subtitles, *reports, f"{NAME}.zh-en.ass", f"{NAME}.alignment.json"]
    assert list(files_in(labelled_files)) == sorted(expected)


def test_the_text_is_found_and_the_speech_is_covered(labelled: Result) -> None:
    assert labelled.transcript_coverage > 0.97
    assert labelled.speech_coverage > 0.8


def test_tokens_start_where_they_are_spoken(labelled: Result) -> None:
    errors = start_errors(labelled)
    assert len(errors) > 0.95 * len(labelled.alignment.tokens)
    assert median(map(abs, errors)) <= 0.1


def test_cues_carry_the_speaker_that_the_labels_name(labelled: Result) -> None:
    assert labelled.speakers_from == "labels"
    assert share_right(cue_speakers(labelled)) >= 0.95


def test_cues_carry_the_right_voice_without_labels(plain: Result) -> None:
    assert plain.speakers_from == "voices"
    assert share_right_by_best_names(cue_speakers(plain)) >= 0.95


def test_no_two_cues_overlap(labelled: Result) -> None:
    for before, after in pairwise(labelled.phrases):
        assert before.span.end <= after.span.start


def test_every_mandarin_cue_keeps_the_rules(labelled: Result) -> None:
    assert check(track_of(labelled, ("zh",), CueOptions()), CueOptions()) == ()


def test_every_cue_has_an_english_line(labelled: Result) -> None:
    for phrase in labelled.phrases:
        assert phrase.translation.strip()
        assert not any("\u4e00" <= character <= "\u9fff" for character in phrase.translation)


@pytest.mark.parametrize("ending", [*(f"{track}.srt" for track in TRACKS), "zh-en.ass"])
def test_other_programs_find_every_cue(ending: str, labelled_files: Path, labelled: Result) -> None:
    path = labelled_files / f"{NAME}.{ending}"
    cues = track_of(labelled, tuple(ending.partition(".")[0].split("-")), CueOptions()).cues
    events = sum(1 if path.suffix != ".ass" else sum(map(bool, cue.lines)) for cue in cues)
    assert count_cues_ffmpeg(path) == count_cues_mkvmerge(path) == events  # ASS has one for each language


@pytest.mark.parametrize("track", TRACKS)
def test_a_validator_accepts_the_vtt_and_a_browser_shows_its_text(
    track: str, labelled_files: Path, labelled: Result, browser: Browser
) -> None:
    path = labelled_files / f"{NAME}.{track}.vtt"
    assert webvtt_errors(path) == []
    cues = track_of(labelled, tuple(track.split("-")), CueOptions()).cues
    shown = [text.split("\n") for text in chromium_cue_texts(browser, path)]
    assert shown == [[line for lines in cue.lines for line in lines] for cue in cues]


def test_a_clip_of_a_long_show_is_found_in_the_show_s_transcript(whole_show: Result) -> None:
    assert whole_show.transcript_coverage < 0.1
    assert whole_show.speech_coverage > max(0.9, DEFAULTS.min_coverage)
    unspoken = [one for one in whole_show.mismatches if one.kind is MismatchKind.UNSPOKEN]
    reported = sum(one.tokens[1] - one.tokens[0] for one in unspoken)
    placed = sum(one.span is not None for one in whole_show.alignment.tokens)
    assert placed + reported == len(whole_show.alignment.tokens)
