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
    from align.transcript.cleaning.suggestion import RepairSuggestion
    from align.transcript.cleaning_report import CleanDocument


@click.command()
@click.argument("transcript", type=shared.PATH)
@click.option("-o", "--out", type=shared.PATH, help="Output folder; by default that of TRANSCRIPT.")
@shared.with_cleaning("full")
@shared.GLOSSARY
@shared.OVERWRITE
@click.option("--propose", is_flag=True, help="List the language model's suggestions for garbled passages.")
@shared.OFFLINE
@shared.THREADS
@shared.with_output_options
def clean(transcript: Path, out: Path | None, **given: Any) -> None:
    """Clean TRANSCRIPT, and list every change with its place, its rule and both texts.

    Writes NAME.clean.txt, which `align run` reads, NAME.clean.json with all changes, and NAME.clean.diff for
    people. The transcript itself is never changed. With --propose, the language model that translates
    suggests repairs of garbled passages; they are listed in NAME.clean.json and never applied.
    """
    from align.export.write import claimed_folder, destination
    from align.transcript.cleaning.apply_rules import Cleaning
    from align.transcript.cleaning.glossary import EMPTY, read_glossary
    from align.transcript.cleaning_report import clean_document, names_of, write_clean
    from align.transcript.read import read_document

    glossary = read_glossary(given["glossary"]) if given["glossary"] else EMPTY
    cleaning = Cleaning(given["clean"], given["script"], glossary)
    done = clean_document(read_document(transcript), cleaning)
    progress, reads = progress_for(given["quiet"]), shared.files_read(given, transcript)
    into = destination(
        out or transcript.parent, f"{transcript.stem}.clean", reads, overwrite=given["overwrite"]
    )
    with claimed_folder(into, names_of(done)):
        suggestions = _suggestions(done, given, progress) if given["propose"] else ()
        files = write_clean(done, into, suggestions)
    changes = sum(len(turn.edits) for turn in done.turns)
    if given["as_json"]:
        counts = {"changes": changes, "rules": done.rules, "proposals": len(suggestions)}
        print_document({"ok": True, "files": list(map(str, files)), **counts})
    by_rule = ", ".join(f"{count} by {rule}" for rule, count in done.rules.items())
    progress.say(f"Changes: {changes}" + (f" ({by_rule})" if changes else ""))
    if given["propose"]:
        progress.say(f"Suggestions: {len(suggestions)}; they are listed in {files[1].name} and not applied")
    progress.say("\n".join(map(str, files)))


def _suggestions(
    done: CleanDocument, given: dict[str, Any], progress: Progress
) -> tuple[RepairSuggestion, ...]:
    """The language model's suggestions for the passages that are still garbled."""
    import os

    from align.pipeline.loaded_models import TRANSLATOR
    from align.registry import ensure
    from align.translate.llama_cpp import Llama
    from align.translate.local_llm import gguf_file
    from align.translate.repair_suggestions import REPAIRS, suggest_repair, uncertain_passages

    if given["threads"] < 0:
        raise UsageError(f"threads cannot be {given['threads']}; choose a number, or 0 for all")
    passages = tuple(uncertain_passages([each.turn.text for each in done.turns], done.cleaning.glossary))
    with progress.transfer() as arrived:
        folder = ensure(TRANSLATOR, offline=given["offline"], announce=progress.say, progress=arrived)
    model = Llama(gguf_file(folder), given["threads"] or os.cpu_count() or 1, "cpu", REPAIRS)
    suggestions = []
    with progress.stage("Asking about garbled passages", len(passages)) as advance:
        for number, passage in enumerate(passages, 1):
            if suggestion := suggest_repair(passage, model):
                suggestions.append(suggestion)
            advance(number)
    return tuple(suggestions)
