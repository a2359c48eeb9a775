"""`align plot`: a result as pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from align.cli.messages import print_document
from align.cli.options import OVERWRITE, PATH, cue_options, files_read, with_cue_options, with_output_options


@click.command()
@click.argument("alignment", type=PATH)
@click.option("-o", "--out", type=PATH, help="Folder for the pictures; the alignment's own by default.")
@click.option(
    "--to",
    "kinds",
    default="png,svg",
    show_default=True,
    metavar="FORM[,FORM]",
    help="Forms of the pictures: png, svg or both.",
)
@OVERWRITE
@with_cue_options
@with_output_options
def plot(alignment: Path, out: Path | None, kinds: str, **given: Any) -> None:  # fmt: skip
    """Draw ALIGNMENT, a NAME.alignment.json: sureness and mismatches over time, speakers, reading speed.

    Options that are not given are those of the run. Needs the package matplotlib.
    """
    from align.core.terminal import one_line
    from align.export.plots.write import forms_named, names_of, write_pictures
    from align.export.stored_options import stored_options
    from align.export.write import claimed_folder, destination
    from align.result.alignment_json import load

    forms = forms_named(kinds)
    result = load(alignment)
    cues = cue_options(given, stored_options(result, alignment).cues)
    reads = files_read(given, alignment)
    into = destination(out or alignment.parent, result.name, reads, overwrite=given["overwrite"])
    with claimed_folder(into, names_of(result, forms)):
        paths, lacking = write_pictures(result, into, forms, cues)
    note = (
        f"no font on this machine has {one_line(lacking)}; a font such as Noto Sans CJK does"
        if lacking
        else ""
    )
    if given["as_json"]:
        print_document({"ok": True, "notes": [note] if note else [], "files": list(map(str, paths))})
    elif not given["quiet"]:
        click.echo("\n".join(map(str, paths)), err=True)
    if note and not given["quiet"]:
        click.echo(f"align: {note}", err=True)
