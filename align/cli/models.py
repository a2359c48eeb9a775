"""`align models`: list, pull and verify the models."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from align.cli.messages import print_document, progress_for
from align.cli.options import with_output_options


@click.group()
def models() -> None:
    """List, pull and verify the models."""


@models.command("list")
@with_output_options
def models_list(**given: Any) -> None:
    """List every model: what it is for, how large it is, whether it is here."""
    from align.cli.environment import model_rows, print_models

    rows = model_rows()
    if given["as_json"]:
        print_document({"ok": True, "models": rows})
    else:
        print_models(rows)


@models.command("pull")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--offline", is_flag=True, help="Only check what is here.")
@with_output_options
def models_pull(names: Sequence[str], offline: bool, **given: Any) -> None:
    """Pull models, and mend damaged ones; without NAME those that `align run` needs."""
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
    """Read every byte of the models that are here, and compare it with what was published."""
    from align.registry import State, find, load_registry, state_of, verify

    progress = progress_for(given["quiet"])
    here = [model.name for model in load_registry() if state_of(model) is not State.ABSENT]
    folders = {}
    for name in names or here:
        folders[name] = str(verify(find(name)))
        progress.say(f"{name}: every byte is as published, in {folders[name]}")
    if not folders:
        progress.say("No model is here yet; pull those that `align run` needs with `align models pull`.")
    if given["as_json"]:
        print_document({"ok": True, "folders": folders})
