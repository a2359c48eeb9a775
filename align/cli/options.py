"""Options that several commands share, and the frozen options that are built from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from align.core.types import Result
    from align.export.options import FileOptions
    from align.export.stored_options import StoredOptions
    from align.pipeline.options import RunOptions
    from align.subtitles.frames import FrameRate
    from align.subtitles.options import CueOptions
    from align.transcript.read import Reading
    from align.translate.options import TranslationOptions

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

PATH = click.Path(path_type=Path)
SEVERITIES = ("high", "medium", "low")
TRANSLATORS = ("local", "openai", "file", "whisper", "ctranslate2")
AS_IN_THE_RUN = "as in the run"
"""The default of an option whose value is stored in a result."""


def group(*options: Decorator) -> Decorator:
    """One decorator for several options, which are listed last to first."""

    def decorated(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in options:
            command = option(command)
        return command

    return decorated


# Options of one recording or result

ALIGNMENT = click.argument("alignment", type=PATH)
AUDIO = click.option("--audio", type=PATH, metavar="FILE",
                     help="The recording; by default looked for beside ALIGNMENT.")  # fmt: skip
OUT = click.option("-o", "--out", type=PATH, help="Output folder; by default that of ALIGNMENT.")
GLOSSARY = click.option("--glossary", type=PATH, metavar="FILE",
                        help="Names and terms, with their garbled forms (TOML).")  # fmt: skip
FPS = click.option("--fps", show_default="25", metavar="RATE",
                   help="Frame rate of the video: 23.976, 24, 25, 29.97, 30, 50 or 59.94.")  # fmt: skip
PROFILE = click.option("--profile", show_default="netflix-zh or netflix-en by language", metavar="NAME|FILE",
                       help="Rules: netflix-zh, netflix-en, bilibili, youtube or a TOML file.")  # fmt: skip
OFFLINE = click.option("--offline", is_flag=True, help="Never download models.")
THREADS = click.option("--threads", type=int, default=0, show_default=True, metavar="N",
                       help="CPU threads; 0 for all.")  # fmt: skip
OVERWRITE = click.option(
    "--overwrite", is_flag=True, help="Overwrite even files that align did not write or that were edited."
)

CSV = click.option("--csv", "as_csv", is_flag=True, help="Print a table for spreadsheets to stdout.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document to stdout.")
QUIET = click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors to stderr.")
VERBOSE = click.option("-v", "--verbose", is_flag=True, help="Show a traceback with errors.")
with_output_options = group(VERBOSE, QUIET, JSON)

# Options of a run, in groups that commands share


def with_cleaning(level: str) -> Decorator:
    """The options about cleaning; `level` is the default."""
    return group(
        click.option("--script", type=click.Choice(["as-is", "simplified", "traditional"]),
                     default="as-is", show_default=True, help="Convert Chinese characters to this script."),
        click.option("--clean", type=click.Choice(["light", "full", "off"]), default=level,
                     show_default=True,
                     help="Fix punctuation, spaces, split words; full also hides fillers, stutters."),
    )  # fmt: skip


SPOKEN = click.option("--language", default="auto", show_default=True, metavar="CODE",
                      help="Spoken language, such as zh; auto detects it by script.")  # fmt: skip
with_audio_options = group(
    click.option("--time-jumps", type=click.Choice(["auto", "keep", "cut"]), default="auto",
                 show_default=True, help="Timestamp jumps: keep as silence, or cut; auto cuts in .ts files."),
    click.option("--channel", default="mix", show_default=True, metavar="mix|left|right|N",
                 help="Channel to listen to, for one speaker per channel; N counts from 0."),
    click.option("--track", type=click.IntRange(0), show_default="the default one", metavar="N",
                 help="Audio track of a file that has several, from 0."),
)  # fmt: skip
with_reading_options = group(
    click.option("--format", "form", metavar="FORMAT",
                 help="Format of the transcript, such as srt; found by its content if omitted."),
    click.option("--no-labels", is_flag=True, help="The transcript names no speakers; colons are text."),
    click.option("--speakers-are", metavar="NAME[,NAME]",
                 help="The only names that are speaker labels in the transcript."),
)  # fmt: skip
with_job_options = group(
    with_audio_options,
    click.option("--recognize", type=click.Choice(["uncertain", "all"]), default="uncertain",
                 show_default=True, help="Recognise only where text and audio disagree, or all speech."),
    click.option("--proofread", type=click.Choice(["auto", "off", "words", "all"]), default="auto",
                 show_default=True,
                 help="Find wrong words that sound right: in odd passages, or everywhere (all)."),
    click.option("--aligner", type=click.Choice(["phone", "attention"]), default="phone",
                 show_default=True, help="Align by phones (Mandarin, English) or attention (any language)."),
    click.option("--speakers", default="auto", show_default=True, metavar="N|auto|off",
                 help="Number of speakers; off also stops checking labels against voices."),
    click.option("--diarizer", default="senko", show_default=True, metavar="senko|pyannote|FILE",
                 help="Diarization engine, or an RTTM file of who speaks when."),
    click.option("--participants", type=PATH, metavar="FILE", help="Names of the speakers, one per line."),
    click.option("--known-voices", is_flag=True, help="Name voices enrolled with `align voices enroll`."),
    click.option("--second-language", default="auto", show_default=True, metavar="CODE",
                 help="Language to translate into; auto is English, or Chinese for English."),
    click.option("--language", default="auto", show_default=True, metavar="CODE",
                 help="Language of the transcript, such as zh; auto detects it by script."),
)  # fmt: skip
with_model_options = group(
    click.option("--fail-on", type=click.Choice(SEVERITIES),
                 help="Exit with 1 if a mismatch has this severity or a higher one."),
    OFFLINE,
    THREADS,
    click.option("--device", default="auto", show_default=True, metavar="auto|cpu|cuda[:N]",
                 help="Where to compute; N is the index of a GPU, from 0."),
    click.option("--model", default="base", show_default=True, metavar="SIZE|FOLDER",
                 help="Whisper model for recognition; alignment always uses base."),
    GLOSSARY,
    click.option("--lexicon", type=PATH, metavar="FILE",
                 help="Pronunciations, one per line, such as `伊森 = Ethan`."),
    click.option("--no-translate", is_flag=True, help="Don't translate."),
)  # fmt: skip
with_translation_options = group(
    click.option("--yes", is_flag=True, help="Send text to --address without asking first."),
    click.option("--token-prices", metavar="IN,OUT",
                 help="Dollars per million input and output tokens, to estimate openai's cost."),
    click.option("--translation", "given", type=PATH, metavar="FILE",
                 help="For file: a translated transcript or subtitles, fitted to the cues."),
    click.option("--address", metavar="URL",
                 help="For openai: any compatible server, such as http://127.0.0.1:8080/v1."),
    click.option("--translation-model", metavar="NAME|FILE|FOLDER",
                 help="Translation model: a name, GGUF file, folder, or OWNER/NAME on the hub."),
    click.option("--translation-backend", type=click.Choice(TRANSLATORS), show_default="local",
                 help="Translation backend (docs/guides/translation.md)."),
)  # fmt: skip

# Options about cues and files have no default in click: what is not given comes from the options object, or
# from the result.

with_cue_rules = group(
    click.option("--labels", type=click.Choice(["name", "chevrons", "off"]), show_default="name",
                 help="Speakers in SRT: `Name:`, `>> NAME:`, or no names in any format."),
    click.option("--lines", type=click.IntRange(1, 2), show_default="1 in Chinese, else 2", metavar="1|2",
                 help="Lines that a cue may fill in the transcript's language."),
    click.option("--layout", type=click.Choice(["horizontal", "vertical"]), show_default="horizontal",
                 help="Shape of the video: 16:9, or 9:16 with shorter lines, higher up."),
    FPS,
    PROFILE,
    click.option("--top-language", type=click.Choice(["transcript", "translation"]),
                 show_default="transcript", help="Language on top in bilingual cues."),
    click.option("--max-lines", type=click.IntRange(1, 2), show_default="2", metavar="1|2",
                 help="Maximum lines per language in bilingual cues."),
    click.option("--two-speaker-cues", type=click.Choice(["needed", "short", "off"]),
                 show_default="needed", help="When short turns of two speakers share a cue, with dashes."),
)  # fmt: skip
with_cue_options = group(
    with_cue_rules,
    click.option("--shot-changes", type=PATH, metavar="VIDEO",
                 help="Align cues with the shot changes of a video (package scenedetect)."),
)  # fmt: skip
with_file_options = group(
    click.option("--timeline-start", metavar="HH:MM:SS:FF",
                 show_default="01:00:00:00 in EDL, 00:00:00:00 in XML",
                 help="Timecode at which the editor's timeline starts; for markers only."),
    click.option("--offset", show_default="00:00:00:00", metavar="[-]HH:MM:SS:FF",
                 help="Shift all times (negative = earlier)."),
    click.option("--crlf/--no-crlf", default=None, show_default="no-crlf",
                 help="Use Windows line endings (CR LF) in text files."),
    click.option("--bom/--no-bom", default=None, show_default="no-bom",
                 help="Start text files with a byte order mark."),
    click.option("--to", "kinds", multiple=True, show_default="usual", metavar="KIND[,KIND]",
                 help="usual (srt, vtt, ass, report), all, or some, such as docx,zh-en.srt."),
)  # fmt: skip


def with_result_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options about cues and files of a command that reads a result, which has those of its run."""
    own = {id(option) for option in getattr(command, "__click_params__", ())}
    command = with_file_options(with_cue_options(command))
    for option in getattr(command, "__click_params__", ()):
        if id(option) not in own and option.show_default:
            option.show_default = AS_IN_THE_RUN
    return command


# From the options of a command to frozen options


def reading_of(given: Mapping[str, Any], language: str, stored: Reading | None = None) -> Reading:
    """How the options of a command say that a transcript is read.

    Args:
        stored: how the run read it, for a command that names nothing.

    Raises:
        UsageError: there is no such format, or the options exclude each other.
    """
    from align.transcript.read import Reading

    names = tuple(name.strip() for name in (given.get("speakers_are") or "").split(",") if name.strip())
    spoken = None if language == "auto" else language
    if stored is not None and not (names or given.get("no_labels") or given.get("form")):
        return stored
    return Reading(names, not given.get("no_labels", False), given.get("form"), spoken)


def run_options(**given: Any) -> RunOptions:
    """The RunOptions that the options of `align run` ask for.

    Raises:
        UsageError: they do not go together.
    """
    from align.pipeline.options import RunOptions

    same = {field.name: given[field.name] for field in fields(RunOptions) if field.name in given}
    speakers = given["speakers"]
    return RunOptions(
        **same
        | {
            "second_language": None if given["no_translate"] else given["second_language"],
            "channel": channel_of(given["channel"]),
            "speakers": int(speakers) if speakers.isascii() and speakers.isdigit() else speakers,
            "cues": cue_options(given),
            "translation": translation_options(given),
            "reading": reading_of(given, "auto"),
        }
    )


def channel_of(given: str) -> str | int:
    """The channel that `--channel` names, as RunOptions has it."""
    return int(given) if given.isascii() and given.isdigit() else given


def options_for_result(result: Result, given: dict[str, Any], stored: StoredOptions) -> RunOptions:
    """The RunOptions with which to go on from a result: its own, but for what the command line changes.

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
        speakers=OFF,
        cues=cue_options(given, stored.cues),
        translation=translation_options(given, stored.translation),
        **{name: given[name] for name in ("model", "device", "threads", "offline")},
    )


def with_given_words(stored: StoredOptions, given: dict[str, Any]) -> StoredOptions:
    """The stored options, with the glossary and the lexicon of the command line if it names any.

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
    """The kinds of files that `--to` asks for, those of the run without it.

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
        stored: those of the run, for what was not given.

    Raises:
        UsageError: a timecode does not exist at all or at this frame rate, or is past 24 hours.
    """
    from align.export.options import FileOptions

    changes: dict[str, Any] = {name: given[name] for name in ("bom", "crlf") if given[name] is not None}
    if given["offset"] is not None:
        offset = given["offset"].strip()
        seconds = rate.seconds(rate.frame_of(offset.removeprefix("-")))
        changes["offset"] = -seconds if offset.startswith("-") else seconds
    if given["timeline_start"] is not None:
        changes["timeline_start"] = rate.frame_of(given["timeline_start"])
        rate.timecode(changes["timeline_start"])  # raises if it is past 24 hours
    return replace(stored or FileOptions(), **changes, overwrite=given.get("overwrite", False))


def files_read(given: Mapping[str, Any], *more: Path | None) -> tuple[Path, ...]:
    """The files that the options of a command name, and `more`: none of them may be overwritten."""
    named = [Path(given[name]) for name in ("profile", "diarizer") if given.get(name)]
    return tuple(value for value in (*given.values(), *named, *more) if isinstance(value, Path))


def cue_options(given: dict[str, Any], stored: CueOptions | None = None) -> CueOptions:
    """The CueOptions that the options of a command ask for.

    Args:
        stored: those of the run, for what was not given.

    Raises:
        UsageError: they do not go together.
        InputError: the profile's file or the video cannot be used.
        ModelError: the package that finds shot changes is missing.
    """
    from align.subtitles.frames import FrameRate
    from align.subtitles.options import CueOptions, Dialogue, Layout, SpeakerLabels
    from align.subtitles.rules import profile
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
        "layout": ("layout", Layout),
    }
    changes = {
        field: value(given[name]) for name, (field, value) in read.items() if given.get(name) is not None
    }
    return replace(stored or CueOptions(), **changes)


def translation_options(
    given: dict[str, Any], stored: TranslationOptions | None = None
) -> TranslationOptions:
    """The TranslationOptions that the options of a command ask for.

    Args:
        stored: those of the run, if no option about translation was given.

    Raises:
        UsageError: they do not go together.
        ModelError: the backend was chosen, and its package is not installed.
    """
    from align.translate.llama_cpp import load_xllamacpp
    from align.translate.options import LOCAL, TranslationOptions

    names = ("translation_backend", "translation_model", "address", "given")
    backend, model, address, file = (given.get(name) for name in names)
    if stored is not None and backend is model is address is file is None:
        return stored
    if backend == LOCAL and not given["no_translate"]:
        load_xllamacpp()
    return TranslationOptions(backend or LOCAL, model, address, file)
