"""`align speakers`: list, rename and merge the speakers of a result."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from align.cli import options as shared
from align.cli.grouped_help import GroupedCommand
from align.cli.messages import print_document, report_left_out


@click.command(cls=GroupedCommand)
@shared.ALIGNMENT
@click.option("--rename", multiple=True, metavar="OLD=NEW", help="Rename a speaker.")
@click.option("--merge", multiple=True, metavar="ONE=OTHER", help="Attribute everything ONE says to OTHER.")
@shared.OUT
@shared.OVERWRITE
@shared.with_result_options
@shared.with_output_options
def speakers(
    alignment: Path, rename: tuple[str, ...], merge: tuple[str, ...], out: Path | None, **given: Any
) -> None:
    """List the speakers in ALIGNMENT, a NAME.alignment.json, and who each voice may be.

    With --rename or --merge, ALIGNMENT and the other files are written again with the new names; renaming
    comes first. Options that are not given are those of the run.
    """
    from align.export.stored_options import stored_options
    from align.export.write import claimed_folder, destination, names_of, write_all
    from align.result.alignment_json import load
    from align.speakers.listing import as_document, print_speakers
    from align.speakers.rename import merge_speakers, parse_pairs, rename_speakers

    to_rename, to_merge = parse_pairs(rename, "--rename"), parse_pairs(merge, "--merge")
    result = load(alignment)
    stored = stored_options(result, alignment)
    kinds, cues = shared.wanted_kinds(given, stored.formats), shared.cue_options(given, stored.cues)
    files = shared.file_options(given, cues.fps, stored.files)
    changed = merge_speakers(rename_speakers(result, to_rename), to_merge)
    paths: tuple[Path, ...] = ()
    if to_rename or to_merge:
        folder = out or alignment.parent
        into = destination(folder, result.name, shared.files_read(given), alignment, files.overwrite)
        wanted = {*kinds, "alignment.json"}
        with claimed_folder(into, names_of(changed, wanted, cues, files)):
            paths = write_all(changed, folder, wanted, cues, files, into=into)
    if given["as_json"]:
        print_document({"ok": True, **as_document(changed), "files": list(map(str, paths))})
    elif not given["quiet"]:
        print_speakers(changed)
        click.echo("\n".join(map(str, paths)), err=True, nl=bool(paths))
    report_left_out(changed, files, given["quiet"])
