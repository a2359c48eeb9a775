"""What is told and asked before any text leaves the machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
import pytest
from click.testing import CliRunner

from align.cli.messages import ask_before_sending
from align.cli.options import TRANSLATORS
from align.core.errors import UsageError
from align.translate import options
from align.translate.options import TranslationOptions
from tests.conftest import Command, Talk

FAR = TranslationOptions("openai", "gpt", "https://api.example.com/v1")
NEAR = TranslationOptions("openai", "qwen", "http://127.0.0.1:8080/v1")
GIVEN: dict[str, Any] = {"yes": False, "quiet": False, "token_prices": "1,2"}


def test_the_choices_are_the_translators() -> None:
    assert TRANSLATORS == options.TRANSLATORS


def asked(answer: str, chosen: TranslationOptions = FAR, **more: Any) -> tuple[str, BaseException | None]:
    """What is said on a terminal at which somebody answers."""

    @click.command()
    def command() -> None:
        with _terminal():
            ask_before_sending(["我们今天聊芯片"], chosen, {**GIVEN, **more})

    ran = CliRunner().invoke(command, input=answer)
    return ran.output, ran.exception


@contextmanager
def _terminal() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        yield


def test_what_leaves_the_machine_and_what_it_costs_is_said_before() -> None:
    said, error = asked("y\n")
    assert error is None
    assert (
        "The text of the cues, the speakers' names and the glossary are sent to https://api.example.com/v1"
        in said
    )
    assert "the recording is not" in said
    assert "7 characters" in said
    assert "dollars" in said
    assert "Send it?" in said


def test_no_is_no() -> None:
    _, error = asked("n\n")
    assert isinstance(error, UsageError)
    assert "nothing was sent" in str(error)


def test_this_machine_is_not_asked_about() -> None:
    assert asked("", NEAR) == ("", None)
    assert asked("", TranslationOptions()) == ("", None)


def test_yes_says_it_and_asks_nothing() -> None:
    said, error = asked("", yes=True)
    assert error is None
    assert "are sent to" in said
    assert "Send it?" not in said
    assert asked("", yes=True, quiet=True) == ("", None)


def test_where_nobody_can_answer_the_command_ends_with_what_to_add(
    talk: Talk, align: Command, tmp_path: Any
) -> None:
    ran = align(
        "run", talk.audio, talk.transcript, "-o", tmp_path, "--translation-backend", "openai",
        "--translation-model", "gpt", "--address", "https://api.example.com/v1", stdin=-3,
    )  # fmt: skip
    assert ran.returncode == 2
    assert "Add --yes to send it" in ran.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--translation-backend", "openai"], "needs --translation-model"),
        (["--translation-backend", "file"], "go together"),
        (
            ["--translation-backend", "whisper", "--second-language", "fr"],
            "Whisper translates only into English",
        ),
        (["--address", "http://localhost"], "is only for --translation-backend openai"),
    ],
)
def test_options_that_do_not_go_together(
    talk: Talk, align: Command, tmp_path: Any, arguments: list[str], sentence: str
) -> None:
    ran = align("run", talk.audio, talk.transcript, "-o", tmp_path, *arguments)
    assert ran.returncode == 2
    assert sentence in ran.stderr
    assert ran.stderr.count("\n") == 1
