"""`align serve` and `align mcp`: for other programs."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from align.cli import options as shared
from align.cli.messages import print_document
from align.core.errors import UsageError
from align.core.extras import missing_package

with_machine = shared.group(
    shared.OFFLINE,
    shared.THREADS,
    click.option("--device", default="auto", show_default=True, metavar="auto|cpu|cuda[:N]",
                 help="Where to compute; N is the index of a GPU, from 0."),
    click.option("--root", type=shared.PATH, default=Path(), show_default="the current one", metavar="FOLDER",
                 help="Only files below this folder are read and written."),
)  # fmt: skip


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="N", help="0 for any free port.")
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, metavar="N",
              help="Jobs that run at once; others wait.")  # fmt: skip
@with_machine
@shared.with_output_options
def serve(port: int, jobs: int, root: Path, **given: Any) -> int:
    """Run an HTTP API on this machine: submit jobs, follow them, fetch results, cancel.

    The address that is printed has a secret; its openapi.json describes the API. Needs the extra review.
    See docs/guides/other-programs.md.
    """
    try:
        from align.serve.server import api_server
    except ModuleNotFoundError as error:
        raise missing_package(str(error.name), "review") from error
    from align.serve.jobs import Jobs

    server = api_server(Jobs(_machine(root, given), jobs), port)
    if given["as_json"]:
        print_document({"ok": True, "address": server.address})
    elif not given["quiet"]:
        click.echo(f"{server.address}\nPress Ctrl-C to stop, which cancels its jobs.", err=True)
    with suppress(KeyboardInterrupt):  # the normal end
        server.run()
    return 0


@click.command()
@with_machine
@shared.VERBOSE
def mcp(root: Path, **given: Any) -> int:
    """Run an MCP server on stdin and stdout, through which a language model can use align.

    The tools: inspect, run, mismatches, decide, apply_decisions, export. Needs the extra mcp. See
    docs/guides/other-programs.md.
    """
    try:
        from align.serve.tools import serve_tools
    except ModuleNotFoundError as error:
        raise missing_package(str(error.name), "mcp") from error
    serve_tools(_machine(root, given))
    return 0


def _machine(root: Path, given: dict[str, Any]) -> Any:
    """How jobs use this machine.

    Raises:
        UsageError: there is no such folder, or an option cannot be used.
    """
    from align.pipeline.options import RunOptions
    from align.serve.request import Machine

    if not root.is_dir():
        raise UsageError(f"--root {root} is not a folder")
    RunOptions(device=given["device"], threads=given["threads"])  # raises for what cannot be
    return Machine(str(root.resolve()), given["device"], given["threads"], given["offline"])
