"""`align export`: the files of a result again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from align.cli.grouped_help import GroupedCommand
from align.cli.messages import print_document, report_empty_files, say_silent
from align.cli.options import (
    OVERWRITE,
    PATH,
    cue_options,
    file_options,
    files_read,
    wanted_kinds,
    with_output_options,
    with_result_options,
)
from align.core.terminal import printable


@click.command(cls=GroupedCommand)
@click.argument("alignment", type=PATH)
@click.option("-o", "--out", type=PATH, help="Folder for the files; the alignment's own by default.")
@click.option(
    "--audio", type=PATH, metavar="FILE", help="The recording; by default looked for beside ALIGNMENT."
)
@OVERWRITE
@with_result_options
@with_output_options
def export(alignment: Path, out: Path | None, audio: Path | None, **given: Any) -> None:
    """Write files again from ALIGNMENT, a NAME.alignment.json.

    Options that are not given are those of the run. The recording is needed only for the sound in the
    report page, which is left out without it.
    """
    from align.export.outputs import has_sound
    from align.export.stored_options import stored_options
    from align.export.write import claimed_folder, destination, names_of, write_all
    from align.result.alignment_json import load
    from align.review.recording import recording_of

    result = load(alignment)
    stored = stored_options(result, alignment)
    kinds, cues = wanted_kinds(given, stored.formats), cue_options(given, stored.cues)
    files = file_options(given, cues.fps, stored.files)
    folder = out or alignment.parent
    into = destination(folder, result.name, files_read(given, audio), alignment, files.overwrite)
    with claimed_folder(into, names_of(result, kinds, cues, files)):
        recording = recording_of(result, alignment.parent, audio) if has_sound(kinds) else None
        paths = write_all(result, folder, kinds, cues, files, recording, into)
    if recording is None:
        say_silent(result, alignment.parent, kinds, given["quiet"])
    if given["as_json"]:
        print_document({"ok": True, "files": list(map(str, paths))})
    elif not given["quiet"]:
        click.echo("\n".join(printable(str(path)) for path in paths), err=True)
    report_empty_files(result, files, given["quiet"])
