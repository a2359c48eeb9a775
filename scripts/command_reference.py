"""The command line as a page of Markdown, made from the commands themselves."""

from __future__ import annotations

import copy
from collections.abc import Iterator

import click

from align.cli.main import cli

HEAD = """# The command line

Made by `scripts/write_command_reference` from `--help`; change the texts in `align/cli/`.

Exit codes: 0 done, 1 the result is written and below the gate (the transcript does not belong to the
recording, or `--fail-on`), 2 usage, 3 an input or a folder cannot be used or stdout cannot be written, 4 a
model or a device, 70 a fault of align itself, 130 interrupted. With `--json` there is one document on
stdout, on failure `{"ok": false, "error": ..., "exit_code": ...}`; a run below the gate adds that to its
figures.

Environment: `ALIGN_MODELS` is the folder that models are pulled into, `ALIGN_MODEL_PATH` further folders with
models, `ALIGN_STAGES` the folder of finished stages, `ALIGN_CACHE_LIMIT` how large that
may be after a run (5GB).
"""


def commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    """A command and all commands under it, each with its full name."""
    yield path, command
    if isinstance(command, click.Group):
        for name, under in command.commands.items():
            yield from commands(under, f"{path} {name}")


def reference() -> str:
    """The whole page; the same for the same commands, whatever the terminal."""
    return HEAD + "".join(_section(path, command) for path, command in commands(cli, "align"))


def _section(path: str, command: click.Command) -> str:
    """A heading, and what `--help` says at 100 columns."""
    context = click.Context(command, info_name=path, terminal_width=100, max_content_width=100,
                            help_option_names=["-h", "--help"])  # fmt: skip
    command = copy.copy(command)
    vars(command)["_help_option"] = None  # click caches it, with the names of the context that asked first
    return f"\n## {path}\n\n```text\n{command.get_help(context)}\n```\n"
