"""`align retime`: a mended text beside the alignment of the old one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from align.cli.messages import progress_for, report, report_empty_files, say_silent
from align.cli.options import (
    PATH,
    file_options,
    files_read,
    run_options,
    wanted_kinds,
    with_cue_options,
    with_model_options,
    with_output_options,
    with_overwriting_files,
)
from align.cli.translation_options import ask_before_sending, with_translation_options


@click.command()
@click.argument("alignment", type=PATH)
@click.argument("transcript", type=PATH)
@click.option("-o", "--out", type=PATH, help="Folder for the files; the alignment's own by default.")
@click.option(
    "--audio", type=PATH, metavar="FILE", help="The recording; by default looked for beside ALIGNMENT."
)
@with_model_options
@with_translation_options
@with_overwriting_files
@with_cue_options
@with_output_options
def retime(
    alignment: Path, transcript: Path, out: Path | None, audio: Path | None, fail_on: str | None, **given: Any
) -> int:
    """Place only what changed: ALIGNMENT of an earlier run, TRANSCRIPT as it reads now.

    Words that did not change keep their times. The recording is needed only where `align run` no longer keeps
    what it heard, or to recognise what a change leaves in doubt; only those seconds are decoded, so no more
    than its length is checked. Cues are cut anew: give the options that `align run` was given.
    """
    from align.core.cache import Cache, default_cache_folder
    from align.export.summary import failure_of
    from align.export.write import claimed_folder, destination, names_of, write_all
    from align.pipeline.changes import read_change
    from align.pipeline.context import RunContext
    from align.pipeline.loaded_models import load_models
    from align.pipeline.realign import realign as do_retime
    from align.pipeline.translation import lacks_translation, with_translations

    progress = progress_for(given["quiet"])
    kinds, files = wanted_kinds(given), file_options(given)
    edit = read_change(alignment, transcript, audio, given["lexicon"], given["glossary"])
    language, second = edit.old.language, edit.old.second_language
    same: dict[str, Any] = {"aligner": edit.old.aligner, "recognize": "uncertain", "speakers": "off"}
    same |= {"diarizer": "senko", "participants": None, "known_voices": False}
    same |= {"clean": edit.old.clean, "script": edit.old.script}
    options = run_options(**given, **same, language=language, second_language=second)
    folder = out or alignment.parent

    def context(translate: bool) -> RunContext:
        with progress.transfer() as arrived:
            models = load_models(options, language, translate, progress.say, arrived)
        return RunContext(models, Cache(default_cache_folder()), options, progress)

    reads = files_read(given, transcript, edit.sound_path)
    into = destination(folder, edit.old.name, reads, alignment, files.overwrite)
    with claimed_folder(into, names_of(edit.old, kinds, options.cues, files)):
        result = do_retime(edit, context(translate=False))
        if options.second_language and lacks_translation(result):
            missing = (one.text for one in result.phrases if not one.translation)
            ask_before_sending(missing, options.translation, given)
            result = with_translations(result, context(translate=True), edit.glossary, edit.recording)
        paths = write_all(result, folder, kinds, options.cues, files, edit.recording, into)
    failure = failure_of(result, fail_on)
    if edit.recording is None:
        say_silent(result, alignment.parent, kinds, given["quiet"])
    progress.say(edit.summary)
    report(result, paths, options, failure, given)
    report_empty_files(result, files, given["quiet"])
    return failure.exit_code if failure else 0
