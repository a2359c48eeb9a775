"""The command line: options, progress and exit codes. What is done stands in pipeline.py.

Only click and the errors are imported here; each command imports what it needs, so that
`align --help` answers at once.
"""

from __future__ import annotations

import json
import re
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from align.errors import AlignError, QualityError

if TYPE_CHECKING:
    from align.options import RunOptions
    from align.progress import Progress
    from align.subtitles.rules import CueOptions
    from align.values import Result

INTERRUPTED = 130
PATH = click.Path(path_type=Path)
SEVERITIES = ("high", "medium", "low")


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    no_args_is_help=False,
)
@click.version_option(package_name="align-subtitles", prog_name="align")
def cli() -> None:
    """Give every word of a transcript its place in the audio, and write bilingual subtitles from it."""


def _with_cue_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options about cues, which `run` and `export` share."""
    for option in (
        click.option("--labels", type=click.Choice(["name", "chevrons", "off"]), default="name",
                     show_default=True, help="Speakers in SRT: `Name:`, `>> NAME:`, or no names anywhere."),
        click.option("--lines", type=click.IntRange(1, 2), default=1, show_default=True, metavar="1|2",
                     help="Lines of the transcript's language that a cue should fill."),
        click.option("--frame-rate", type=float, default=25.0, show_default=True, metavar="FPS",
                     help="Frames a second of the video; cue times fall on frames."),
    ):  # fmt: skip
        command = option(command)
    return command


def _with_run_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that `run` alone has."""
    for option in (
        click.option("--recognise", type=click.Choice(["doubtful", "all"]), default="doubtful",
                     show_default=True, help="Recognise only where text and sound disagree, or all speech."),
        click.option("--aligner", type=click.Choice(["phone", "attention"]), default="phone",
                     show_default=True, help="Place words by sound (Mandarin, English) or by attention."),
        click.option("--speakers", default="auto", show_default=True, metavar="N|auto|off",
                     help="How many voices to tell apart where the transcript has no labels."),
        click.option("--second-language", default="auto", show_default=True, metavar="CODE",
                     help="Language to translate into; auto is English, or Chinese beside English."),
        click.option("--language", default="auto", show_default=True, metavar="CODE",
                     help="Language of the transcript, such as zh; auto tells it by the script."),
        click.option("-o", "--out", type=PATH, default=Path(),
                     help="Folder for the files; by default the current one."),
    ):  # fmt: skip
        command = option(command)
    return command


def _with_model_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options about models, and about what they should make, which `run` and `retime` share."""
    for option in (
        click.option("--fail-on", type=click.Choice(SEVERITIES),
                     help="Exit with 1 when there is a mismatch of this severity or a higher one."),
        click.option("--offline", is_flag=True, help="Never pull a model."),
        click.option("--threads", type=int, default=0, show_default=True, metavar="N",
                     help="Threads of the CPU; 0 is all."),
        click.option("--device", type=click.Choice(["auto", "cpu", "cuda"]), default="auto",
                     show_default=True, help="Where to compute."),
        click.option("--model", default="base", show_default=True, metavar="SIZE|FOLDER",
                     help="Whisper model that recognises; the one that aligns is always base."),
        click.option("--lexicon", type=PATH, metavar="FILE",
                     help="How words are pronounced: lines such as `伊森 = Ethan`."),
        click.option("--no-translate", is_flag=True, help="Leave the second language out."),
    ):  # fmt: skip
        command = option(command)
    return command


def _told(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options about what is told: --json, -q and -v."""
    for option in (
        click.option("-v", "--verbose", is_flag=True, help="Show where an error came from."),
        click.option("-q", "--quiet", is_flag=True, help="Say nothing on stderr but errors."),
        click.option("--json", "as_json", is_flag=True, help="Print one JSON document on stdout."),
    ):
        command = option(command)
    return command


@cli.command()
@click.argument("audio", type=PATH)
@click.argument("transcript", type=PATH)
@_with_run_options
@_with_model_options
@_with_cue_options
@_told
def run(audio: Path, transcript: Path, out: Path, fail_on: str | None, **given: Any) -> int:
    """Align AUDIO with TRANSCRIPT, and write subtitles and a mismatches report.

    AUDIO is any audio or video file. TRANSCRIPT is plain text, Markdown, DOCX, SRT, VTT or ASS, with
    or without speaker labels. A run that was stopped goes on where it was when it is started again.
    """
    from align.bench import Bench
    from align.export import check_folder, write_all
    from align.pipeline import gather
    from align.pipeline import run as do_run
    from align.shelf import stock
    from align.stages import Stages, stages_folder

    options = run_options(**given)
    progress = _progress(given["quiet"])
    inputs = gather(audio, transcript, options, progress)
    check_folder(out)  # before the models, and after the inputs, so that a bad one leaves no empty folder
    with progress.transfer() as arrived:
        translate = inputs.second_language is not None
        shelf = stock(options, inputs.language, translate, progress.say, arrived)
    result = do_run(inputs, Bench(shelf, Stages(stages_folder()), options, progress))
    kinds = ("all",) if result.phrases else ("json", "csv", "html")
    files = write_all(result, out, kinds, options.cues)
    failure = _failure(result, fail_on)
    _report(result, files, options, failure, given)
    return failure.exit_code if failure else 0


def _failure(result: Result, fail_on: str | None) -> QualityError | None:
    """What keeps a result from being good, though all its files are written."""
    from align.mismatch.belonging import check_belonging
    from align.summary import check_gate

    try:
        check_belonging(result.found, result.covered, result.transcript, result.audio)
        check_gate(result, fail_on)
    except QualityError as error:
        return error
    return None


def _report(
    result: Result, files: Sequence[Path], options: RunOptions, failure: QualityError | None, given: Any
) -> None:
    """Tell what a run found, in a table for the eye and one document for a script."""
    from align.summary import as_document, print_summary

    if given["as_json"]:
        _print_document(as_document(result, files, failure))
    if not given["quiet"]:
        print_summary(result, files, options.cues)
    if failure:
        click.echo(f"align: {failure}", err=True)


def run_options(**given: Any) -> RunOptions:
    """The RunOptions that the options of `align run` ask for.

    Raises:
        UsageError: they do not go together.
    """
    from align.options import RunOptions

    speakers = given["speakers"]
    return RunOptions(
        language=given["language"],
        second_language=None if given["no_translate"] else given["second_language"],
        aligner=given["aligner"],
        lexicon=given["lexicon"],
        recognise=given["recognise"],
        model=given["model"],
        device=given["device"],
        threads=given["threads"],
        speakers=int(speakers) if speakers.isascii() and speakers.isdigit() else speakers,
        offline=given["offline"],
        cues=cue_options(given),
    )


def cue_options(given: dict[str, Any]) -> CueOptions:
    """The CueOptions that the options of a command ask for."""
    from align.subtitles.rules import CueOptions, SpeakerLabels

    return CueOptions(given["frame_rate"], given["lines"], SpeakerLabels(given["labels"]))


@cli.command()
@click.argument("alignment", type=PATH)
@click.option(
    "--to",
    "kinds",
    multiple=True,
    default=("all",),
    show_default="all",
    metavar="KIND[,KIND]",
    help="srt, vtt, ass, json, csv, html, all, or one file such as zh-en.srt.",
)
@click.option("-o", "--out", type=PATH, help="Folder for the files; the alignment's own by default.")
@_with_cue_options
@_told
def export(alignment: Path, kinds: Sequence[str], out: Path | None, **given: Any) -> None:  # fmt: skip
    """Write files again from ALIGNMENT, a NAME.alignment.json; needs no audio."""
    from align.export import check_folder, write_all
    from align.result import load

    result = load(alignment)
    folder = out or alignment.parent
    check_folder(folder)
    wanted = [kind.strip() for kind in ",".join(kinds).split(",") if kind.strip()]
    files = write_all(result, folder, wanted, cue_options(given))
    if given["as_json"]:
        _print_document({"ok": True, "files": list(map(str, files))})
    elif not given["quiet"]:
        click.echo("\n".join(map(str, files)), err=True)


@cli.command()
@click.argument("alignment", type=PATH)
@click.argument("transcript", type=PATH)
@click.option("-o", "--out", type=PATH, help="Folder for the files; the alignment's own by default.")
@click.option(
    "--audio", type=PATH, metavar="FILE", help="The recording; by default looked for beside ALIGNMENT."
)
@_with_model_options
@_with_cue_options
@_told
def retime(
    alignment: Path, transcript: Path, out: Path | None, audio: Path | None, fail_on: str | None, **given: Any
) -> int:
    """Place only what changed: ALIGNMENT of an earlier run, TRANSCRIPT as it reads now.

    Words that did not change keep their times. The recording is needed only where `align run` no longer keeps
    what it heard, or to recognise what a change leaves in doubt; only those seconds are decoded, so no more
    than its length is checked. Cues are cut anew: give the options that `align run` was given.
    """
    from align.bench import Bench
    from align.export import check_folder, write_all
    from align.retime import lacks_translation, read_edit, with_translations
    from align.retime import retime as do_retime
    from align.shelf import stock
    from align.stages import Stages, stages_folder

    progress = _progress(given["quiet"])
    edit = read_edit(alignment, transcript, audio, given["lexicon"])
    language, second = edit.old.language, edit.old.second_language
    same = {"aligner": edit.old.aligner, "recognise": "doubtful", "speakers": "off"}
    options = run_options(**given, **same, language=language, second_language=second)
    check_folder(folder := out or alignment.parent)

    def bench(translate: bool) -> Bench:
        with progress.transfer() as arrived:
            shelf = stock(options, language, translate, progress.say, arrived)
        return Bench(shelf, Stages(stages_folder()), options, progress)

    result = do_retime(edit, bench(translate=False))
    if options.second_language and lacks_translation(result):
        result = with_translations(result, bench(translate=True))
    files = write_all(result, folder, ("all",), options.cues)
    failure = _failure(result, fail_on)
    progress.say(edit.summary)
    _report(result, files, options, failure, given)
    return failure.exit_code if failure else 0


@cli.group()
def models() -> None:
    """List, pull and verify the models."""


@models.command("list")
@_told
def models_list(**given: Any) -> None:
    """List every model: what it is for, how large it is, whether it is here."""
    from align.doctor import model_rows, print_models

    rows = model_rows()
    if given["as_json"]:
        _print_document({"ok": True, "models": rows})
    else:
        print_models(rows)


@models.command("pull")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--offline", is_flag=True, help="Only check what is here.")
@_told
def models_pull(names: Sequence[str], offline: bool, **given: Any) -> None:
    """Pull models, and mend damaged ones; without NAME those that `align run` needs."""
    from align.registry import ensure, find, pull
    from align.shelf import ALIGNER, TRANSLATOR

    progress = _progress(given["quiet"])
    folders = {}
    for name in names or (ALIGNER, TRANSLATOR):
        with progress.transfer() as arrived:
            pull(find(name), arrived, offline=offline)
        folders[name] = str(ensure(name, offline=True))
        progress.say(f"{name}: verified, in {folders[name]}")
    if given["as_json"]:
        _print_document({"ok": True, "folders": folders})


@models.command("verify")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@_told
def models_verify(names: Sequence[str], **given: Any) -> None:
    """Read every byte of the models that are here, and compare it with what was published."""
    from align.registry import State, find, load_registry, state_of, verify

    progress = _progress(given["quiet"])
    here = [model.name for model in load_registry() if state_of(model) is not State.ABSENT]
    folders = {}
    for name in names or here:
        folders[name] = str(verify(find(name)))
        progress.say(f"{name}: every byte is as published, in {folders[name]}")
    if not folders:
        progress.say("No model is here yet; pull those that `align run` needs with `align models pull`.")
    if given["as_json"]:
        _print_document({"ok": True, "folders": folders})


@cli.command()
@_told
def doctor(**given: Any) -> int:
    """Say what is installed, which models are here, whether CUDA works, and how to mend what is missing."""
    from align.doctor import as_document, examine, failure, print_findings

    findings = examine()
    broken = failure(findings)
    if given["as_json"]:
        _print_document(as_document(findings, broken))
    else:
        print_findings(findings)
    if broken:
        click.echo(f"align: {broken}", err=True)
    return broken.exit_code if broken else 0


def _progress(quiet: bool) -> Progress:
    """Bars for a terminal, lines for a pipe, nothing when it should be quiet."""
    from align.progress import Bars, Lines, Silent

    if quiet:
        return Silent()
    return Bars() if sys.stderr.isatty() else Lines()


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit; every failure is one sentence and an exit code."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    try:
        code = cli.main(given, prog_name="align", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "align"
        _fail(given, f"{error.format_message()} See `{command} --help`.", error.exit_code, error)
    except click.ClickException as error:
        _fail(given, error.format_message(), error.exit_code, error)
    except AlignError as error:
        _fail(given, str(error), error.exit_code, error)
    except (click.Abort, KeyboardInterrupt) as error:
        _fail(given, "Stopped; the same command goes on from the last finished stage.", INTERRUPTED, error)
    except BrokenPipeError:
        sys.exit(1)
    except Exception as error:
        sentence = (
            f"a fault in align itself ({type(error).__name__}: {error}); run it with -v and report that"
        )
        _fail(given, sentence, AlignError.exit_code, error)


def _fail(given: Sequence[str], message: str, code: int, error: BaseException) -> None:
    """Say what went wrong, as JSON where that was asked for, and exit.

    The arguments are looked at as they were given, since a usage error may come before they are read.
    """
    if "--verbose" in given or any(re.fullmatch("-q*v[qv]*", one) for one in given):
        traceback.print_exception(error)
    if "--json" in given:
        _print_document({"ok": False, "error": message, "exit_code": code})
    click.echo(f"align: {message}", err=True)
    sys.exit(code)


def _print_document(document: dict[str, Any]) -> None:
    """Print the one document that --json asks for."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))
