"""`align clean`: a transcript mended, and every change listed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from align.commands.options import GLOSSARY, PATH, told, with_cleaning
from align.commands.telling import print_document, progress_for


@click.command()
@click.argument("transcript", type=PATH)
@click.option("-o", "--out", type=PATH, help="Folder for the files; the transcript's own by default.")
@with_cleaning("full")
@GLOSSARY
@told
def clean(transcript: Path, out: Path | None, **given: Any) -> None:
    """Mend TRANSCRIPT, and list every change: its place, its rule, both texts.

    Writes NAME.clean.txt, which `align run` reads, NAME.clean.json with all changes, and NAME.clean.diff for
    the eye. The transcript itself is never changed.
    """
    from align.clean.glossary import EMPTY, read_glossary
    from align.clean.report import clean_document, write_clean
    from align.clean.rules import Cleaning
    from align.export import check_folder
    from align.transcript.read import read_document

    glossary = read_glossary(given["glossary"]) if given["glossary"] else EMPTY
    cleaning = Cleaning(given["clean"], given["script"], glossary)
    done = clean_document(read_document(transcript), cleaning)
    folder = out or transcript.parent
    check_folder(folder)
    files = write_clean(done, folder)
    changes = sum(len(one.edits) for one in done.turns)
    if given["as_json"]:
        print_document({"ok": True, "files": list(map(str, files)), "changes": changes, "rules": done.rules})
    progress = progress_for(given["quiet"])
    counted = ", ".join(f"{count} by {rule}" for rule, count in done.rules.items())
    progress.say(f"Changes: {changes}" + (f" ({counted})" if changes else ""))
    progress.say("\n".join(map(str, files)))
