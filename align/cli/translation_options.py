"""Options about the second language, and the question before anything is sent or paid."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from align.core.errors import UsageError

if TYPE_CHECKING:
    from align.translate.options import TranslationOptions

TRANSLATORS = ("local", "openai", "file", "whisper", "ctranslate2")


def with_translation_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options about who writes the second language, which `run` and `retime` share."""
    for option in (
        click.option("--yes", is_flag=True, help="Send text to --address without asking first."),
        click.option("--token-prices", metavar="IN,OUT",
                     help="Dollars for a million tokens there and back, to show what openai costs."),
        click.option("--translation", "given", type=click.Path(path_type=Path), metavar="FILE",
                     help="For file: a translated transcript or subtitles, brought to the cues."),
        click.option("--address", metavar="URL",
                     help="For openai: any compatible server, such as http://127.0.0.1:8080/v1."),
        click.option("--translation-model", metavar="NAME|FOLDER",
                     help="Model of openai or ctranslate2, or a GGUF file for local."),
        click.option("--translation-backend", type=click.Choice(TRANSLATORS), show_default="local",
                     help="Translation backend (docs/guides/translation.md)."),
    ):  # fmt: skip
        command = option(command)
    return command


def translation_options(
    given: dict[str, Any], stored: TranslationOptions | None = None
) -> TranslationOptions:
    """The TranslationOptions that the options of a command ask for.

    Args:
        stored: those of the run, which hold where no option about translation was given.

    Raises:
        UsageError: they do not go together.
    """
    from align.translate.options import LOCAL, TranslationOptions

    names = ("translation_backend", "translation_model", "address", "given")
    backend, model, address, file = (given.get(name) for name in names)
    if stored is not None and backend is model is address is file is None:
        return stored
    return TranslationOptions(backend or LOCAL, model, address, file)


def ask_before_sending(texts: Iterable[str], options: TranslationOptions, given: dict[str, Any]) -> None:
    """Say what leaves the machine and what it costs, and go on only when the user agrees.

    Raises:
        UsageError: there is nobody to ask, or the answer is no.
    """
    if not options.leaves_machine:
        return
    from align.translate.cost import estimate, prices_of

    cost = estimate(texts, prices_of(given["token_prices"]))
    sentence = (
        f"The text of the cues, names of speakers and the glossary are sent to {options.where}; the "
        f"recording is not. {cost}"
    )
    if given["yes"]:
        if not given["quiet"]:
            click.echo(sentence, err=True)
        return
    if not sys.stdin.isatty():
        raise UsageError(f"{sentence} Add --yes to send it")
    click.echo(sentence, err=True)
    if not click.confirm("Send it?", err=True):
        raise UsageError("nothing was sent; choose another --translation-backend, or --no-translate")
