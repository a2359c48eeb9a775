"""`align doctor`: what is installed, and how to mend what is not."""

from __future__ import annotations

from typing import Any

import click

from align.cli.messages import print_document
from align.cli.options import with_output_options


@click.command()
@with_output_options
def doctor(**given: Any) -> int:
    """Say what is installed, which models are here, whether CUDA works, and how to mend what is missing."""
    from align.cli.environment import as_document, examine, failure, print_findings

    findings = examine()
    broken = failure(findings)
    if given["as_json"]:
        print_document(as_document(findings, broken))
    else:
        print_findings(findings)
    if broken:
        click.echo(f"align: {broken}", err=True)
    return broken.exit_code if broken else 0
