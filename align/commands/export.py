"""`align export`: the files of a result again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from align.commands.options import (
    PATH,
    cue_options,
    file_options,
    told,
    wanted_kinds,
    with_cue_options,
    with_file_options,
)
from align.commands.telling import print_document, say_left_out
from align.terminal import printable


@click.command()
@click.argument("alignment", type=PATH)
@click.option("-o", "--out", type=PATH, help="Folder for the files; the alignment's own by default.")
@with_file_options
@with_cue_options
@told
def export(alignment: Path, out: Path | None, **given: Any) -> None:  # fmt: skip
    """Write files again from ALIGNMENT, a NAME.alignment.json; needs no audio."""
    from align.export import claimed, write_all
    from align.result import load

    kinds, files, cues = wanted_kinds(given), file_options(given), cue_options(given)
    result = load(alignment)
    folder = out or alignment.parent
    with claimed(folder, result.name):
        paths = write_all(result, folder, kinds, cues, files)
    if given["as_json"]:
        print_document({"ok": True, "files": list(map(str, paths))})
    elif not given["quiet"]:
        click.echo("\n".join(printable(str(path)) for path in paths), err=True)
    say_left_out(result, files, given["quiet"])
