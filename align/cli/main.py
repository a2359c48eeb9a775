"""The command line: all commands, and exit codes.

No command module imports heavy libraries before its command runs, so that `align --help` is fast.
"""

from __future__ import annotations

import re
import sys
import traceback
from collections.abc import Sequence
from contextlib import nullcontext, suppress
from difflib import get_close_matches

import click

from align.cli.batch import batch
from align.cli.cache import cache
from align.cli.check import check
from align.cli.clean import clean
from align.cli.doctor import doctor
from align.cli.export import export
from align.cli.glossary import glossary
from align.cli.inspect import inspect
from align.cli.messages import print_document
from align.cli.mismatches import mismatches
from align.cli.models import models
from align.cli.plot import plot
from align.cli.retime import retime
from align.cli.review import review
from align.cli.run import run
from align.cli.serve import mcp, serve
from align.cli.speakers import speakers
from align.cli.voices import voices
from align.core.errors import AlignError, InputError
from align.core.terminal import guard_streams, printable, silent_libraries
from align.core.version import __version__

INTERRUPTED = 130
ELSEWHERE = {
    **dict.fromkeys(("format", "output-format", "type", "formats"), "--to"),
    **dict.fromkeys(("output", "output-dir", "out-dir", "dir"), "--out"),
    **dict.fromkeys(("lang", "source-language"), "--language"),
    **dict.fromkeys(("translate", "target-language", "target"), "--second-language"),
    **dict.fromkeys(("force", "yes-overwrite"), "--overwrite"),
}
"""Options that other programs have, and what means the same here."""
_SPELLING = 0.7
"""Share of letters, 0 to 1, that the name of a suggested option has in common with what was typed."""


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    no_args_is_help=False,
)
@click.version_option(__version__, prog_name="align")
def cli() -> None:
    """Align every word of a transcript with its audio, and write bilingual subtitles."""


for command in (
    *(run, batch, inspect, clean, export, retime, review, mismatches, plot, speakers, voices, check, models),
    glossary,
    serve,
    mcp,
    cache,
    doctor,
):
    cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit; every failure is one sentence and an exit code."""
    guard_streams()
    given = list(sys.argv[1:] if arguments is None else arguments) or ["--help"]
    try:
        with nullcontext() if _is_verbose(given) else silent_libraries():
            code = cli.main(given, prog_name="align", standalone_mode=False)
        sys.stdout.flush()
        sys.exit(code if isinstance(code, int) else 0)
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "align"
        _fail(given, f"{_usage(error)} See `{command} --help`.", error.exit_code, error)
    except click.ClickException as error:
        _fail(given, error.format_message(), error.exit_code, error)
    except AlignError as error:
        _fail(given, str(error), error.exit_code, error)
    except (click.Abort, KeyboardInterrupt) as error:
        sentence = "Stopped; run the same command again to continue from the last finished stage."
        _fail(given, sentence, INTERRUPTED, error)
    except Exception as error:
        sentence = f"internal error ({type(error).__name__}: {error}); please report it with the output of -v"
        _fail(given, sentence, AlignError.exit_code, error)


def _usage(error: click.UsageError) -> str:
    """What is wrong with the command line; for an unknown option with the one that may have been meant, by
    what other programs mean with it or else by its spelling."""
    if not isinstance(error, click.NoSuchOption) or error.ctx is None:
        return error.format_message()
    known = {name for option in error.ctx.command.get_params(error.ctx) for name in option.opts}
    wanted = error.option_name.lstrip("-").lower().replace("_", "-")
    names = [name.lstrip("-") for name in known if name.startswith("--")]
    alike = [f"--{name}" for name in get_close_matches(wanted, names, 1, _SPELLING)]
    if ELSEWHERE.get(wanted) in known:
        alike = [ELSEWHERE[wanted]]
    return f"No such option '{error.option_name}'.{f' Did you mean {alike[0]!r}?' if alike else ''}"


def _fail(given: Sequence[str], message: str, code: int, error: BaseException) -> None:
    """Print what went wrong, also as JSON if asked for, and exit.

    The arguments are searched as they were given, because a usage error may come before they are parsed.
    """
    if _is_verbose(given):
        traceback.print_exception(error)
    if "--json" in given:
        with suppress(InputError):  # stdout is full or closed, but the first error counts
            print_document({"ok": False, "error": message, "exit_code": code})
    click.echo(f"align: {printable(message)}", err=True)
    sys.exit(code)


def _is_verbose(given: Sequence[str]) -> bool:
    """Whether -v is among the arguments, alone or with -q as in -qv."""
    return "--verbose" in given or any(re.fullmatch("-q*v[qv]*", argument) for argument in given)
