"""`align batch`: the main job for many recordings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from align.cli.grouped_help import GroupedCommand
from align.cli.messages import print_document, progress_for
from align.cli.options import (
    OVERWRITE,
    file_options,
    run_options,
    wanted_kinds,
    with_cleaning,
    with_cue_rules,
    with_file_options,
    with_job_options,
    with_model_options,
    with_output_options,
)
from align.cli.translation_options import with_translation_options
from align.core.errors import UsageError

if TYPE_CHECKING:
    from align.translate.options import TranslationOptions


@click.command(cls=GroupedCommand)
@click.argument("manifest")
@click.option("-o", "--out", default=".", help="Folder or URL for the files; by default the current folder.")
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    metavar="N",
    help="Recordings at a time; the threads are shared among them.",
)
@click.option(
    "--engine",
    type=click.Choice(["processes", "ray"]),
    default="processes",
    show_default=True,
    help="What does the work: processes on this machine, or a Ray cluster.",
)
@click.option(
    "--gpus",
    type=click.FloatRange(0),
    default=0.0,
    metavar="SHARE",
    help="Share of a GPU for each Ray worker, such as 0.5; none by default.",
)
@click.option("--fresh", is_flag=True, help="Do all again, also what is done and unchanged.")
@with_job_options
@with_cleaning("light")
@with_model_options
@with_translation_options
@OVERWRITE
@with_file_options
@with_cue_rules
@with_output_options
def batch(
    manifest: str, out: str, jobs: int, engine: str, gpus: float, fresh: bool, **given: Any
) -> int:  # fmt: skip
    """Align all recordings of MANIFEST with their transcripts, as `align run` does each.

    MANIFEST is a folder with recordings and, beside each, its transcript of the same name; or a list: CSV
    with a first line of column names, or JSON lines. Columns are audio, transcript and, where wanted, out,
    language, speakers, glossary, lexicon. What is done and unchanged is not done again, and a recording
    that cannot be used stops no other; at the end there is a table, and batch.json in the folder. Exits
    with the gravest of the recordings' exit codes. docs/guides/many-recordings.md tells more.
    """
    from time import monotonic

    from align.batch.backends import Backend, follow
    from align.batch.job import JobOptions
    from align.batch.manifest import read_jobs
    from align.batch.report import as_document, exit_code, in_short, print_table, written
    from align.batch.storage import beside, local, whole, write
    from align.export.write import check_folder, destination

    if gpus and engine != "ray":
        raise UsageError("--gpus is for Ray alone; add --engine ray")
    began, home = monotonic(), whole(out)
    folder = local(home)
    summary = destination(folder, "batch", overwrite=given["overwrite"]) if folder else None
    options = run_options(**given)
    _check_translation(options.translation, given["yes"])
    files = file_options(given, options.cues.fps)
    wanted = JobOptions(options, wanted_kinds(given), files, given["fail_on"], fresh)
    progress = progress_for(given["quiet"])
    todo = read_jobs(whole(manifest), home, wanted)
    if summary:
        summary.check(["batch.json"])
        check_folder(summary.folder)
    outcomes = follow(todo, Backend(engine, jobs, options.threads, gpus), progress)
    seconds = monotonic() - began
    document = as_document(outcomes, seconds)
    if summary:
        summary.put({"batch.json": written(document)})
    else:
        write(beside(home, "batch.json"), written(document))
    if given["as_json"]:
        print_document(document)
    if not given["quiet"]:
        print_table(outcomes, seconds)
    for trace in (one.trace for one in outcomes if one.trace and given["verbose"]):
        click.echo(trace, err=True)
    if code := exit_code(outcomes):
        click.echo(f"align: {in_short(outcomes)}", err=True)
    return code


def _check_translation(options: TranslationOptions, yes: bool) -> None:
    """Refuse what many recordings cannot share, and what must be agreed to beforehand."""
    if options.given is not None:
        raise UsageError("--translation is the translation of one recording; use `align run` for it")
    if options.leaves_machine and not yes:
        raise UsageError(
            "The text of the cues, names of speakers and the glossaries of all recordings would be sent to "
            f"{options.where}; add --yes to send them"
        )
