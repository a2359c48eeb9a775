"""`align batch`: the main job for many recordings."""

from __future__ import annotations

from typing import Any

import click

from align.cli import options as shared
from align.cli.grouped_help import GroupedCommand
from align.cli.messages import print_document, progress_for
from align.core.errors import UsageError

with_batch_options = shared.group(
    click.option("--fresh", is_flag=True, help="Redo everything, even what is done and unchanged."),
    click.option("--gpus", type=click.FloatRange(0), default=0.0, metavar="SHARE",
                 help="GPU share of each Ray worker, such as 0.5; none by default."),
    click.option("--engine", type=click.Choice(["processes", "ray"]), default="processes", show_default=True,
                 help="Run in processes on this machine, or on a Ray cluster."),
    click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, metavar="N",
                 help="Recordings at a time; they share the CPU threads."),
    click.option("-o", "--out", default=".", help="Output folder or URL; by default the current folder."),
)  # fmt: skip


@click.command(cls=GroupedCommand)
@click.argument("manifest")
@with_batch_options
@shared.with_job_options
@shared.with_reading_options
@shared.with_cleaning("light")
@shared.with_model_options
@shared.with_translation_options
@shared.OVERWRITE
@shared.with_file_options
@shared.with_cue_rules
@shared.with_output_options
def batch(manifest: str, out: str, jobs: int, engine: str, gpus: float, fresh: bool, **given: Any) -> int:
    """Align all recordings of MANIFEST with their transcripts, each as `align run` does.

    MANIFEST is a folder in which each recording has a transcript of the same name beside it; or a list: CSV
    with a header line, or JSON lines. Columns are audio, transcript and, optionally, out, language, speakers,
    glossary, lexicon. What is done and unchanged is skipped, and a recording that fails does not stop the
    others; the end is a table, and batch.json in the output folder. Exits with the highest exit code of any
    recording. See docs/guides/many-recordings.md.
    """
    from time import monotonic

    from align.batch.backends import Backend, follow
    from align.batch.job import JobOptions
    from align.batch.manifest import read_jobs
    from align.batch.report import as_document, exit_code, in_short, print_table, written
    from align.batch.storage import beside, local, whole, write
    from align.export.write import check_folder, destination

    if gpus and engine != "ray":
        raise UsageError("--gpus works only with Ray; add --engine ray")
    start, home = monotonic(), whole(out)
    folder = local(home)
    summary = destination(folder, "batch", overwrite=given["overwrite"]) if folder else None
    options = shared.run_options(**given)
    if options.translation.given is not None:
        raise UsageError("--translation is the translation of one recording; use `align run` for it")
    if options.translation.leaves_machine and not given["yes"]:
        raise UsageError(
            "The text of the cues, the speakers' names and the glossaries of all recordings would be sent to "
            f"{options.translation.where}; add --yes to send them"
        )
    files = shared.file_options(given, options.cues.fps)
    wanted = JobOptions(options, shared.wanted_kinds(given), files, given["fail_on"], fresh)
    progress = progress_for(given["quiet"])
    todo = read_jobs(whole(manifest), home, wanted)
    if summary:
        summary.check(["batch.json"])
        check_folder(summary.folder)
    outcomes = follow(todo, Backend(engine, jobs, options.threads, gpus), progress)
    seconds = monotonic() - start
    document = as_document(outcomes, seconds)
    if summary:
        summary.put({"batch.json": written(document)})
    else:
        write(beside(home, "batch.json"), written(document))
    if given["as_json"]:
        print_document(document)
    if not given["quiet"]:
        print_table(outcomes, seconds)
    for outcome in outcomes:
        if given["verbose"] and outcome.trace:
            click.echo(outcome.trace, err=True)
    if code := exit_code(outcomes):
        click.echo(f"align: {in_short(outcomes)}", err=True)
    return code
