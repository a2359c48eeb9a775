"""`align speakers`: who speaks in a result, under other names, or fewer of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from align.cli.grouped_help import GroupedCommand
from align.cli.messages import print_document, report_empty_files
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


@click.command(cls=GroupedCommand)
@click.argument("alignment", type=PATH)
@click.option("--rename", multiple=True, metavar="OLD=NEW", help="Call a speaker otherwise.")
@click.option("--merge", multiple=True, metavar="ONE=OTHER", help="Let OTHER say what ONE says.")
@click.option("-o", "--out", type=PATH, help="Folder for the files; the alignment's own by default.")
@OVERWRITE
@with_result_options
@with_output_options
def speakers(
    alignment: Path, rename: tuple[str, ...], merge: tuple[str, ...], out: Path | None, **given: Any
) -> None:
    """List who speaks in ALIGNMENT, a NAME.alignment.json, and who each voice may be.

    With --rename or --merge ALIGNMENT and the other files are written again under the new names. Renaming
    is done first. Options that are not given are those of the run.
    """
    from align.export.stored_options import stored_options
    from align.export.write import claimed_folder, destination, names_of, write_all
    from align.result.alignment_json import load
    from align.speakers.listing import as_document, print_speakers
    from align.speakers.rename import merge_speakers, parse_pairs, rename_speakers

    to_rename, to_merge = parse_pairs(rename, "--rename"), parse_pairs(merge, "--merge")
    result = load(alignment)
    stored = stored_options(result, alignment)
    kinds, cues = wanted_kinds(given, stored.formats), cue_options(given, stored.cues)
    files = file_options(given, cues.fps, stored.files)
    changed = merge_speakers(rename_speakers(result, to_rename), to_merge)
    paths: tuple[Path, ...] = ()
    if to_rename or to_merge:
        folder = out or alignment.parent
        into = destination(folder, result.name, files_read(given), alignment, files.overwrite)
        wanted = {*kinds, "alignment.json"}
        with claimed_folder(into, names_of(changed, wanted, cues, files)):
            paths = write_all(changed, folder, wanted, cues, files, into=into)
    if given["as_json"]:
        print_document({"ok": True, **as_document(changed), "files": list(map(str, paths))})
    elif not given["quiet"]:
        print_speakers(changed)
        click.echo("\n".join(map(str, paths)), err=True, nl=bool(paths))
    report_empty_files(changed, files, given["quiet"])
