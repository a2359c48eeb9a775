"""`scripts/benchmark perturb`: recordings and texts changed in ways whose right result is known."""

from __future__ import annotations

from pathlib import Path

import click

from scripts.benchmarks import options, perturb, synthetic

SETS = (synthetic.DEMO, *synthetic.UNHEARD)
_OTHER = {"unheard-english": "polyglotdb", "unheard-mandarin": "mixed"}
"""Text that is not said in a set, by its name; "mandarin" for the others."""


@click.command(name="perturb")
@click.option("--set", "groups", multiple=True, type=click.Choice(SETS), help="By default the demo.")
@click.option("--only", multiple=True, metavar="NAME", help="A change by its name; all by default.")
@options.CACHE
@options.THREADS
@options.WRITE
def perturb_command(
    groups: tuple[str, ...], only: tuple[str, ...], cache: Path | None, threads: int, write: bool
) -> None:
    """Change the text and the sound of synthetic recordings, and count what is lost, shown and reported."""
    home = options.home(cache)
    tables: dict[str, list[perturb.Row]] = {}
    for group in groups or (synthetic.DEMO,):
        (sample,) = (
            (synthetic.demo_as_spoken(),) if group == synthetic.DEMO else synthetic.unheard(group, home)
        )
        other = (synthetic.TEXTS / f"{_OTHER.get(group, 'mandarin')}.txt").read_text("utf-8")
        click.echo(f"{group}\n{perturb.HEAD}")
        tables[group] = []
        for row in perturb.measure(sample, other, threads, only):
            tables[group].append(row)
            click.echo(perturb.line(row))
    if write:
        named = "".join(f" --set {group}" for group in groups)
        typed = f"scripts/benchmark perturb{named} --threads {threads} --write"
        perturb.write(options.PAGES / "perturbations.md", tables, typed)
