"""`align retime`: realign what changed in a transcript."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from align.cli import options as shared
from align.cli.grouped_help import GroupedCommand
from align.cli.messages import (
    ask_before_sending,
    progress_for,
    report,
    report_left_out,
    report_silent_page,
)


@click.command(cls=GroupedCommand)
@shared.ALIGNMENT
@click.argument("transcript", type=shared.PATH)
@shared.OUT
@shared.AUDIO
@shared.with_reading_options
@shared.with_model_options
@shared.with_translation_options
@shared.OVERWRITE
@shared.with_result_options
@shared.with_output_options
def retime(
    alignment: Path, transcript: Path, out: Path | None, audio: Path | None, fail_on: str | None, **given: Any
) -> int:
    """Realign only what changed in TRANSCRIPT since ALIGNMENT, a NAME.alignment.json.

    Words that did not change keep their times. The recording is needed only if the cache of `align run` was
    pruned, or to recognise a change that remains uncertain; only those seconds are decoded, and only its
    length is checked. Options that are not given are those of the run.
    """
    from dataclasses import replace

    from align.export.stored_options import stored_options, with_options
    from align.export.summary import failure_of
    from align.export.write import claimed_folder, destination, names_of, write_all
    from align.pipeline.context import load_context
    from align.pipeline.realign.changes import read_change
    from align.pipeline.realign.realign import realign
    from align.pipeline.translation import lacks_translation, with_translations
    from align.result.alignment_json import load

    progress = progress_for(given["quiet"])
    old = load(alignment)
    stored = shared.with_given_words(stored_options(old, alignment), given)
    options = shared.options_for_result(old, given, stored)
    kinds = shared.wanted_kinds(given, stored.formats)
    files = shared.file_options(given, options.cues.fps, stored.files)
    stored = replace(stored, formats=kinds, cues=options.cues, files=files, translation=options.translation)
    reading = shared.reading_of(given, "auto", stored.reading)
    stored = replace(stored, reading=reading)
    edit = read_change(old, alignment, transcript, stored.lexicon, stored.glossary, audio, reading)
    folder = out or alignment.parent
    reads = shared.files_read(given, transcript, edit.sound_path)
    into = destination(folder, old.name, reads, alignment, files.overwrite)
    with claimed_folder(into, names_of(old, kinds, options.cues, files)):
        result = realign(edit, load_context(options, old.language, False, progress))
        if options.second_language and lacks_translation(result):
            missing = (phrase.text for phrase in result.phrases if not phrase.translation)
            ask_before_sending(missing, options.translation, given)
            context = load_context(options, old.language, True, progress)
            result = with_translations(result, context, edit.glossary, edit.recording)
        result = with_options(result, stored)
        paths = write_all(result, folder, kinds, options.cues, files, edit.recording, into)
    if edit.recording is None:
        report_silent_page(result, alignment.parent, kinds, given["quiet"])
    progress.say(edit.summary)
    code = report(result, paths, options, failure_of(result, fail_on), given)
    report_left_out(result, files, given["quiet"])
    return code
