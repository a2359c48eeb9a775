"""`align retime`: realign what changed in a transcript."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from align.cli.grouped_help import GroupedCommand
from align.cli.messages import progress_for, report, report_empty_files, say_silent
from align.cli.options import (
    OVERWRITE,
    PATH,
    file_options,
    files_read,
    options_for_result,
    wanted_kinds,
    with_given_words,
    with_model_options,
    with_output_options,
    with_result_options,
)
from align.cli.translation_options import ask_before_sending, with_translation_options


@click.command(cls=GroupedCommand)
@click.argument("alignment", type=PATH)
@click.argument("transcript", type=PATH)
@click.option("-o", "--out", type=PATH, help="Folder for the files; the alignment's own by default.")
@click.option(
    "--audio", type=PATH, metavar="FILE", help="The recording; by default looked for beside ALIGNMENT."
)
@with_model_options
@with_translation_options
@OVERWRITE
@with_result_options
@with_output_options
def retime(
    alignment: Path, transcript: Path, out: Path | None, audio: Path | None, fail_on: str | None, **given: Any
) -> int:
    """Place only what changed: ALIGNMENT of an earlier run, TRANSCRIPT as it reads now.

    Words that did not change keep their times. The recording is needed only where `align run` no longer keeps
    what it heard, or to recognise what a change leaves in doubt; only those seconds are decoded, so no more
    than its length is checked. Options that are not given are those of the run.
    """
    from dataclasses import replace

    from align.core.cache import Cache, default_cache_folder
    from align.export.stored_options import stored_options, with_options
    from align.export.summary import failure_of
    from align.export.write import claimed_folder, destination, names_of, write_all
    from align.pipeline.context import RunContext
    from align.pipeline.loaded_models import load_models
    from align.pipeline.realign.changes import read_change
    from align.pipeline.realign.realign import realign as do_retime
    from align.pipeline.translation import lacks_translation, with_translations
    from align.result.alignment_json import load

    progress = progress_for(given["quiet"])
    old = load(alignment)
    stored = with_given_words(stored_options(old, alignment), given)
    options = options_for_result(old, given, stored)
    kinds = wanted_kinds(given, stored.formats)
    files = file_options(given, options.cues.fps, stored.files)
    stored = replace(stored, formats=kinds, cues=options.cues, files=files, translation=options.translation)
    edit = read_change(old, alignment, transcript, stored.lexicon, stored.glossary, audio)
    folder = out or alignment.parent

    def context(translate: bool) -> RunContext:
        with progress.transfer() as arrived:
            models = load_models(options, old.language, translate, progress.say, arrived)
        return RunContext(models, Cache(default_cache_folder()), options, progress)

    reads = files_read(given, transcript, edit.sound_path)
    into = destination(folder, edit.old.name, reads, alignment, files.overwrite)
    with claimed_folder(into, names_of(edit.old, kinds, options.cues, files)):
        result = do_retime(edit, context(translate=False))
        if options.second_language and lacks_translation(result):
            missing = (one.text for one in result.phrases if not one.translation)
            ask_before_sending(missing, options.translation, given)
            result = with_translations(result, context(translate=True), edit.glossary, edit.recording)
        result = with_options(result, stored)
        paths = write_all(result, folder, kinds, options.cues, files, edit.recording, into)
    failure = failure_of(result, fail_on)
    if edit.recording is None:
        say_silent(result, alignment.parent, kinds, given["quiet"])
    progress.say(edit.summary)
    report(result, paths, options, failure, given)
    report_empty_files(result, files, given["quiet"])
    return failure.exit_code if failure else 0
