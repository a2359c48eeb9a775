"""`align export`: write the files of a result again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from align.cli import options as shared
from align.cli.grouped_help import GroupedCommand
from align.cli.messages import print_document, report_left_out, report_silent_page
from align.core.terminal import printable


@click.command(cls=GroupedCommand)
@shared.ALIGNMENT
@shared.OUT
@shared.AUDIO
@shared.OVERWRITE
@shared.with_result_options
@shared.with_output_options
def export(alignment: Path, out: Path | None, audio: Path | None, **given: Any) -> None:
    """Write subtitles and other files from ALIGNMENT, a NAME.alignment.json.

    Options that are not given are those of the run. The recording is needed only for the sound in the
    report page, which has none without it.
    """
    from align.export.outputs import has_sound
    from align.export.stored_options import stored_options
    from align.export.write import claimed_folder, destination, names_of, write_all
    from align.result.alignment_json import load
    from align.review.recording import recording_of

    result = load(alignment)
    stored = stored_options(result, alignment)
    kinds, cues = shared.wanted_kinds(given, stored.formats), shared.cue_options(given, stored.cues)
    files = shared.file_options(given, cues.fps, stored.files)
    folder = out or alignment.parent
    into = destination(folder, result.name, shared.files_read(given, audio), alignment, files.overwrite)
    with claimed_folder(into, names_of(result, kinds, cues, files)):
        recording = recording_of(result, alignment.parent, audio) if has_sound(kinds) else None
        paths = write_all(result, folder, kinds, cues, files, recording, into)
    if recording is None:
        report_silent_page(result, alignment.parent, kinds, given["quiet"])
    if given["as_json"]:
        print_document({"ok": True, "files": list(map(str, paths))})
    elif not given["quiet"]:
        click.echo("\n".join(printable(str(path)) for path in paths), err=True)
    report_left_out(result, files, given["quiet"])
