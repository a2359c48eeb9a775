"""`align export`: the files of a result again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from align.commands.options import PATH, cue_options, told, with_cue_options
from align.commands.telling import print_document


@click.command()
@click.argument("alignment", type=PATH)
@click.option(
    "--to",
    "kinds",
    multiple=True,
    default=("all",),
    show_default="all",
    metavar="KIND[,KIND]",
    help="srt, vtt, ass, json, csv, html, all, or one file such as zh-en.srt.",
)
@click.option("-o", "--out", type=PATH, help="Folder for the files; the alignment's own by default.")
@with_cue_options
@told
def export(alignment: Path, kinds: Sequence[str], out: Path | None, **given: Any) -> None:  # fmt: skip
    """Write files again from ALIGNMENT, a NAME.alignment.json; needs no audio."""
    from align.export import check_folder, write_all
    from align.result import load

    result = load(alignment)
    folder = out or alignment.parent
    check_folder(folder)
    wanted = [kind.strip() for kind in ",".join(kinds).split(",") if kind.strip()]
    files = write_all(result, folder, wanted, cue_options(given))
    if given["as_json"]:
        print_document({"ok": True, "files": list(map(str, files))})
    elif not given["quiet"]:
        click.echo("\n".join(map(str, files)), err=True)
