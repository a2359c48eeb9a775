"""`align models`: list, download and verify the models."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import click

from align.cli.messages import print_document, progress_for
from align.cli.options import with_output_options


@click.group()
def models() -> None:
    """List, download and verify the models."""


@models.command("list")
@with_output_options
def models_list(**given: Any) -> None:
    """List every model with its purpose, its size, and whether it is on this machine."""
    rows = model_rows()
    if given["as_json"]:
        print_document({"ok": True, "models": rows})
    else:
        print_models(rows)


@models.command("pull")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--offline", is_flag=True, help="Only check the models that are here.")
@with_output_options
def models_pull(names: Sequence[str], offline: bool, **given: Any) -> None:
    """Download models, and repair damaged ones; without NAME those that `align run` needs."""
    from align.pipeline.loaded_models import ALIGNER, TRANSLATOR
    from align.registry import ensure, find, pull

    progress = progress_for(given["quiet"])
    folders = {}
    for name in names or (ALIGNER, TRANSLATOR):
        with progress.transfer() as arrived:
            pull(find(name), arrived, offline=offline)
        folders[name] = str(ensure(name, offline=True))
        progress.say(f"{name}: verified, in {folders[name]}")
    if given["as_json"]:
        print_document({"ok": True, "folders": folders})


@models.command("verify")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@with_output_options
def models_verify(names: Sequence[str], **given: Any) -> None:
    """Verify every byte of the models on this machine against their published checksums."""
    from align.registry import State, find, load_registry, state_of, verify

    progress = progress_for(given["quiet"])
    here = [model.name for model in load_registry() if state_of(model) is not State.ABSENT]
    folders = {}
    for name in names or here:
        folders[name] = str(verify(find(name)))
        progress.say(f"{name}: every byte is as published, in {folders[name]}")
    if not folders:
        progress.say("No models yet; download those that `align run` needs with `align models pull`.")
    if given["as_json"]:
        print_document({"ok": True, "folders": folders})


@models.command("recommend")
@with_output_options
def models_recommend(**given: Any) -> None:
    """List the translation models that fit into this machine's memory, and how long 90 minutes take."""
    import os

    from align.translate.recommend import recommendations, total_memory

    rows = recommendations(total_memory(), os.cpu_count() or 1)
    if given["as_json"]:
        print_document({"ok": True, "models": [asdict(row) for row in rows]})
        return
    from align.cli.doctor import print_table

    print_table(
        ("Model", "Memory", "Fits here", "90 min of talk", "What it is"),
        [
            (
                row.name,
                f"{row.gigabytes:g} GB",
                "yes" if row.fits else "no",
                f"about {row.minutes} min",
                row.purpose,
            )
            for row in rows
        ],
    )


def model_rows() -> list[dict[str, Any]]:
    """All models as rows: name, purpose, licence, bytes, state; only JSON shows the licence."""
    from align.registry import load_registry, state_of

    return [
        {
            "name": model.name,
            "purpose": model.purpose,
            "licence": model.licence,
            "bytes": model.size,
            "state": state_of(model).value,
        }
        for model in load_registry()
    ]


def print_models(rows: Sequence[dict[str, Any]]) -> None:
    """Print the models as a table on stdout."""
    from align.cli.doctor import print_table

    print_table(
        ("Model", "State", "Size", "Purpose"),
        [(row["name"], row["state"], f"{row['bytes'] / 1e6:,.0f} MB", row["purpose"]) for row in rows],
    )
