"""`align run`: the main job."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from align.cli.grouped_help import GroupedCommand
from align.cli.messages import progress_for, report, report_empty_files
from align.cli.options import (
    OVERWRITE,
    PATH,
    file_options,
    files_read,
    run_options,
    wanted_kinds,
    with_cleaning,
    with_cue_options,
    with_file_options,
    with_model_options,
    with_output_options,
    with_reading_options,
    with_run_options,
)
from align.cli.translation_options import ask_before_sending, with_translation_options


@click.command(cls=GroupedCommand)
@click.argument("audio", type=PATH)
@click.argument("transcript", type=PATH)
@with_run_options
@with_reading_options
@with_cleaning("light")
@with_model_options
@with_translation_options
@OVERWRITE
@with_file_options
@with_cue_options
@with_output_options
def run(audio: Path, transcript: Path, out: Path, fail_on: str | None, **given: Any) -> int:
    """Align AUDIO with TRANSCRIPT, and write subtitles and a mismatches report.

    AUDIO is any audio or video file. TRANSCRIPT is plain text, Markdown, DOCX, subtitles, or what a
    recogniser wrote, with or without speaker labels; `align inspect` shows how it is read. A run that was
    stopped goes on where it was when it is started again.
    """
    from align.core.cache import Cache, default_cache_folder
    from align.export.stored_options import stored_options_of, with_options
    from align.export.summary import failure_of
    from align.export.write import claimed_folder, destination, names_of, write_all
    from align.pipeline.context import RunContext
    from align.pipeline.loaded_models import load_models
    from align.pipeline.run import gather, outline, with_supplied_translation
    from align.pipeline.run import run as do_run
    from align.transcript.inspection import inspect_transcript

    options = run_options(**given)
    kinds, files = wanted_kinds(given), file_options(given, options.cues.fps)
    progress = progress_for(given["quiet"])
    inputs = gather(audio, transcript, options, progress)
    options = with_supplied_translation(options, inputs)
    for line in inspect_transcript(inputs.transcript, inputs.tokens, inputs.language).summary:
        progress.say(line)
    translate = inputs.second_language is not None
    # before the models, and after the inputs, so that a bad one leaves no empty folder
    soon, reads = outline(inputs), files_read(given, audio, transcript)
    into = destination(out, soon.name, reads, overwrite=files.overwrite)
    with claimed_folder(into, names_of(soon, kinds, options.cues, files)):
        if translate:
            ask_before_sending((turn.text for turn in inputs.transcript.turns), options.translation, given)
        with progress.transfer() as arrived:
            models = load_models(options, inputs.language, translate, progress.say, arrived)
        result = do_run(inputs, RunContext(models, Cache(default_cache_folder()), options, progress))
        result = with_options(result, stored_options_of(inputs, options, files, kinds))
        kinds = kinds if result.phrases else ("json", "csv", "html")
        paths = write_all(result, out, kinds, options.cues, files, inputs.recording, into)
    failure = failure_of(result, fail_on)
    report(result, paths, options, failure, given)
    report_empty_files(result, files, given["quiet"])
    return failure.exit_code if failure else 0
