"""`align clean`: clean a transcript and list every change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from align.cli.messages import print_document, progress_for
from align.cli.options import GLOSSARY, OVERWRITE, PATH, files_read, with_cleaning, with_output_options
from align.core.errors import UsageError

if TYPE_CHECKING:
    from align.core.progress import Progress
    from align.transcript.cleaning.suggestion import RepairSuggestion
    from align.transcript.cleaning_report import CleanDocument


@click.command()
@click.argument("transcript", type=PATH)
@click.option("-o", "--out", type=PATH, help="Folder for the files; the transcript's own by default.")
@with_cleaning("full")
@GLOSSARY
@OVERWRITE
@click.option("--propose", is_flag=True, help="List what the language model proposes for garbled places.")
@click.option("--offline", is_flag=True, help="Never pull a model.")
@click.option(
    "--threads", type=int, default=0, show_default=True, metavar="N", help="Threads of the CPU; 0 is all."
)
@with_output_options
def clean(transcript: Path, out: Path | None, **given: Any) -> None:
    """Mend TRANSCRIPT, and list every change: its place, its rule, both texts.

    Writes NAME.clean.txt, which `align run` reads, NAME.clean.json with all changes, and NAME.clean.diff for
    the eye. The transcript itself is never changed. With --propose the language model that translates is
    asked about garbled places; what it says is listed in NAME.clean.json, and never put into the text.
    """
    from align.export.write import claimed_folder, destination
    from align.transcript.cleaning.glossary import EMPTY, read_glossary
    from align.transcript.cleaning.rules import Cleaning
    from align.transcript.cleaning_report import clean_document, names_of, write_clean
    from align.transcript.read import read_document

    glossary = read_glossary(given["glossary"]) if given["glossary"] else EMPTY
    cleaning = Cleaning(given["clean"], given["script"], glossary)
    done = clean_document(read_document(transcript), cleaning)
    folder = out or transcript.parent
    progress = progress_for(given["quiet"])
    reads = files_read(given, transcript)
    into = destination(folder, f"{transcript.stem}.clean", reads, overwrite=given["overwrite"])
    with claimed_folder(into, names_of(done)):
        proposals = _proposals(done, given, progress) if given["propose"] else ()
        files = write_clean(done, into, proposals)
    changes = sum(len(one.edits) for one in done.turns)
    if given["as_json"]:
        with_output_options = {"changes": changes, "rules": done.rules, "proposals": len(proposals)}
        print_document({"ok": True, "files": list(map(str, files)), **with_output_options})
    counted = ", ".join(f"{count} by {rule}" for rule, count in done.rules.items())
    progress.say(f"Changes: {changes}" + (f" ({counted})" if changes else ""))
    if given["propose"]:
        progress.say(f"Proposals: {len(proposals)}; they are listed in {files[1].name} and not applied")
    progress.say("\n".join(map(str, files)))


def _proposals(
    done: CleanDocument, given: dict[str, Any], progress: Progress
) -> tuple[RepairSuggestion, ...]:
    """What the language model says of the garbled places that are left."""
    import os

    from align.pipeline.loaded_models import TRANSLATOR
    from align.registry import ensure
    from align.translate.llama_cpp import Llama
    from align.translate.local_llm import gguf_file
    from align.translate.repair_suggestions import suggest_repair, uncertain_passages

    if given["threads"] < 0:
        raise UsageError(f"{given['threads']} threads cannot be had; choose 0 for all, or more")
    places = tuple(uncertain_passages([one.turn.text for one in done.turns], done.cleaning.glossary))
    with progress.transfer() as arrived:
        folder = ensure(TRANSLATOR, offline=given["offline"], announce=progress.say, progress=arrived)
    model = Llama(gguf_file(folder), given["threads"] or os.cpu_count() or 1, "cpu")
    found = []
    with progress.stage("Asking about garbled places", len(places)) as advance:
        for number, place in enumerate(places, 1):
            found.append(suggest_repair(place, model))
            advance(number)
    return tuple(one for one in found if one)
