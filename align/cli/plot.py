"""`align plot`: a result as pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from align.cli import options as shared
from align.cli.messages import print_document


@click.command()
@shared.ALIGNMENT
@shared.OUT
@click.option("--to", "kinds", default="png,svg", show_default=True, metavar="FORM[,FORM]",
              help="Picture formats: png, svg or both.")  # fmt: skip
@shared.OVERWRITE
@shared.with_cue_options
@shared.with_output_options
def plot(alignment: Path, out: Path | None, kinds: str, **given: Any) -> None:
    """Plot ALIGNMENT: confidence and mismatches over time, speakers, reading speed.

    ALIGNMENT is a NAME.alignment.json. Options that are not given are those of the run. Needs the package
    matplotlib.
    """
    from align.core.terminal import one_line
    from align.export.plots.write import forms_named, names_of, write_pictures
    from align.export.stored_options import stored_options
    from align.export.write import claimed_folder, destination
    from align.result.alignment_json import load

    forms = forms_named(kinds)
    result = load(alignment)
    cues = shared.cue_options(given, stored_options(result, alignment).cues)
    reads = shared.files_read(given, alignment)
    into = destination(out or alignment.parent, result.name, reads, overwrite=given["overwrite"])
    with claimed_folder(into, names_of(result, forms)):
        paths, lacking = write_pictures(result, into, forms, cues)
    notes = (
        [f"no installed font has {one_line(lacking)}; install one such as Noto Sans CJK"] if lacking else []
    )
    if given["as_json"]:
        print_document({"ok": True, "notes": notes, "files": list(map(str, paths))})
    elif not given["quiet"]:
        click.echo("\n".join(map(str, paths)), err=True)
    if notes and not given["quiet"]:
        click.echo(f"align: {notes[0]}", err=True)
