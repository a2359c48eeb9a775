"""`align clean`: clean a transcript and list every change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from align.cli import options as shared
from align.cli.messages import print_document, progress_for
from align.core.errors import UsageError

if TYPE_CHECKING:
    from align.core.progress import Progress
    from align.transcript.cleaning_report import CleanDocument, Proposal


@click.command()
@click.argument("transcript", type=shared.PATH)
@click.option("-o", "--out", type=shared.PATH, help="Output folder; by default that of TRANSCRIPT.")
@shared.with_reading_options
@shared.SPOKEN
@shared.with_cleaning("full")
@shared.GLOSSARY
@shared.OVERWRITE
@click.option(
    "--proofread",
    type=click.Choice(["off", "latin", "words", "all"]),
    default="latin",
    show_default=True,
    help="Propose corrections for Latin words, odd passages too, or everything.",
)
@shared.OFFLINE
@shared.THREADS
@shared.with_output_options
def clean(transcript: Path, out: Path | None, **given: Any) -> None:
    """Clean TRANSCRIPT, and list every change with its place, its rule and both texts.

    Writes NAME.clean.txt, which `align run` reads, NAME.clean.json with all changes, and NAME.clean.diff for
    people. The transcript itself is never changed. Suspected wrong words are listed in NAME.clean.json as
    proposals, and never applied; with --proofread words or all, the language model looks for Chinese ones.
    """
    from align.export.write import claimed_folder, destination
    from align.transcript.cleaning.apply_rules import Cleaning
    from align.transcript.cleaning.glossary import EMPTY, read_glossary
    from align.transcript.cleaning_report import clean_document, names_of, write_clean
    from align.transcript.read import read_document

    glossary = read_glossary(given["glossary"]) if given["glossary"] else EMPTY
    cleaning = Cleaning(given["clean"], given["script"], glossary)
    done = clean_document(read_document(transcript, shared.reading_of(given, given["language"])), cleaning)
    progress, reads = progress_for(given["quiet"]), shared.files_read(given, transcript)
    into = destination(
        out or transcript.parent, f"{transcript.stem}.clean", reads, overwrite=given["overwrite"]
    )
    with claimed_folder(into, names_of(done)):
        proposals = _proposals(done, given, progress)
        files = write_clean(done, into, proposals)
    changes = sum(len(turn.edits) for turn in done.turns)
    if given["as_json"]:
        counts = {"changes": changes, "rules": done.rules, "proposals": len(proposals)}
        print_document({"ok": True, "files": list(map(str, files)), **counts})
    by_rule = ", ".join(f"{count} by {rule}" for rule, count in done.rules.items())
    progress.say(f"Changes: {changes}" + (f" ({by_rule})" if changes else ""))
    if proposals:
        progress.say(f"Proposals: {len(proposals)}; they are listed in {files[1].name} and not applied")
    progress.say("\n".join(map(str, files)))


def _proposals(done: CleanDocument, given: dict[str, Any], progress: Progress) -> tuple[Proposal, ...]:
    """The suspected wrong words of the cleaned text."""
    import os
    from bisect import bisect_right
    from itertools import accumulate

    from align.core.cache import Cache, default_cache_folder
    from align.pipeline.loaded_models import TRANSLATOR
    from align.pipeline.proofread import cached_reader
    from align.proofread.language_model import LanguageModel
    from align.proofread.proofread import proofread
    from align.registry import ensure, find
    from align.transcript.cleaning_report import Proposal
    from align.translate.local_llm import gguf_file

    if given["threads"] < 0:
        raise UsageError(f"threads cannot be {given['threads']}; choose a number, or 0 for all")
    if given["proofread"] == "off":
        return ()
    read = None
    if given["proofread"] != "latin":
        with progress.transfer() as arrived:
            folder = ensure(TRANSLATOR, offline=given["offline"], announce=progress.say, progress=arrived)
        threads = given["threads"] or os.cpu_count() or 1
        read = cached_reader(
            lambda: LanguageModel(gguf_file(folder), threads),
            find(TRANSLATOR).digest, Cache(default_cache_folder()), progress,
        )  # fmt: skip
    texts = [turn.turn.text.replace("\n", " ") for turn in done.turns]
    offsets = list(accumulate((len(text) + 1 for text in texts), initial=0))
    terms = [term.text for term in done.cleaning.glossary.terms]
    proposals = []
    for each in proofread("\n".join(texts), terms, read, given["proofread"] == "all"):
        turn = bisect_right(offsets, each.start) - 1
        start, end = each.start - offsets[turn], each.end - offsets[turn]
        proposals.append(
            Proposal(
                *(turn, start, end, each.written, each.alternatives),
                score=each.score,
                first_score=each.first_score,
                reasons=each.reasons,
            )
        )
    return tuple(proposals)
