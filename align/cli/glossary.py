"""`align glossary`: the names and terms of a show."""

from __future__ import annotations

from pathlib import Path

import click

from align.cli import options as shared
from align.core.errors import UsageError


@click.group()
def glossary() -> None:
    """Keep the names and terms of a show in a glossary."""


@glossary.command(name="from-review")
@shared.ALIGNMENT
@click.option("-o", "--out", type=shared.PATH, help="File to write; by default stdout.")
@shared.GLOSSARY
@shared.OVERWRITE
def from_review(alignment: Path, out: Path | None, glossary: Path | None, overwrite: bool) -> None:
    """Write a glossary of the words corrected in the review of ALIGNMENT, for the next episode.

    With --glossary, they are added to the terms of that file; it may be the one to write, with --overwrite.
    """
    from align.core.atomic_write import write_whole
    from align.review.decisions.to_glossary import corrected_words, glossary_with
    from align.transcript.cleaning.glossary import EMPTY, read_glossary

    content = glossary_with(corrected_words(alignment), read_glossary(glossary) if glossary else EMPTY)
    if out is None:
        click.echo(content, nl=False)
        return
    if out.exists() and not overwrite:
        raise UsageError(f"{out} exists already; choose another file, or --overwrite")
    write_whole(out, content.encode("utf-8"))
