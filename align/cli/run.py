"""`align run`: the main job."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from align.cli import options as shared
from align.cli.grouped_help import GroupedCommand
from align.cli.messages import ask_before_sending, progress_for, report, report_left_out


@click.command(cls=GroupedCommand)
@click.argument("audio", type=shared.PATH)
@click.argument("transcript", type=shared.PATH)
@click.option(
    "-o", "--out", type=shared.PATH, default=Path(), help="Output folder; by default the current one."
)
@shared.with_job_options
@shared.with_reading_options
@shared.with_cleaning("light")
@shared.with_model_options
@shared.with_translation_options
@shared.OVERWRITE
@shared.with_file_options
@shared.with_cue_options
@shared.with_output_options
def run(audio: Path, transcript: Path, out: Path, fail_on: str | None, **given: Any) -> int:
    """Align TRANSCRIPT with AUDIO, and write subtitles and a report of mismatches.

    AUDIO is any audio or video file. TRANSCRIPT is plain text, Markdown, DOCX, subtitles, or what a
    recogniser wrote, with or without speaker labels; `align inspect` shows how it is read. To continue
    a run that was stopped, run the same command again.
    """
    from align.export.stored_options import stored_options_of, with_options
    from align.export.summary import failure_of
    from align.export.write import claimed_folder, destination, names_of, write_all
    from align.pipeline.context import load_context
    from align.pipeline.run import outline, with_supplied_translation
    from align.pipeline.run import run as do_run
    from align.pipeline.spoken_language import gather_and_hear
    from align.transcript.inspection import inspect_transcript

    options = shared.run_options(**given)
    kinds, files = shared.wanted_kinds(given), shared.file_options(given, options.cues.fps)
    progress = progress_for(given["quiet"])
    inputs = gather_and_hear(audio, transcript, options, progress)
    options = with_supplied_translation(options, inputs)
    chosen = options.language != "auto"
    inspection = inspect_transcript(inputs.transcript, inputs.tokens, inputs.language, chosen, inputs.heard)
    for line in inspection.summary:
        progress.say(line)
    translate = inputs.second_language is not None
    # Claim the folder before loading models, but after reading inputs: a bad one leaves no empty folder.
    planned, reads = outline(inputs), shared.files_read(given, audio, transcript)
    into = destination(out, planned.name, reads, overwrite=files.overwrite)
    with claimed_folder(into, names_of(planned, kinds, options.cues, files)):
        if translate:
            ask_before_sending((turn.text for turn in inputs.transcript.turns), options.translation, given)
        result = do_run(inputs, load_context(options, inputs.language, translate, progress))
        result = with_options(result, stored_options_of(inputs, options, files, kinds))
        kinds = kinds if result.phrases else ("json", "csv", "html")
        paths = write_all(result, out, kinds, options.cues, files, inputs.recording, into)
    code = report(result, paths, options, failure_of(result, fail_on), given)
    report_left_out(result, files, given["quiet"])
    return code
