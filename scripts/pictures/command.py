"""The options of scripts/make_pictures."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click

from align.core.errors import AlignError
from align.export.plots.write import write_pictures
from align.export.write import destination, write_all
from align.result.alignment_json import load
from align.subtitles.options import CueOptions
from scripts.pictures.desk import desk
from scripts.pictures.frame import bilingual_frame
from scripts.pictures.screenshot import screenshot
from scripts.pictures.small import small

ROOT = Path(__file__).resolve().parents[2]
AT = 29.5
"""Seconds at which the demo has a short sentence in both languages, with an English word in the Chinese."""
PAGE = (1440, 1000)
"""Pixels of the part of the report that is shown."""


@click.command()
@click.argument("alignment", type=click.Path(path_type=Path, exists=True))
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    default=ROOT / "docs" / "pictures",
    show_default="docs/pictures",
    help="Folder for the pictures.",
)
@click.option("--at", default=AT, show_default=True, help="Seconds of the frame with subtitles.")
@click.option(
    "--page",
    type=click.Path(path_type=Path, exists=True),
    help="The report to show, if not one made anew; such as the one with sound of `align run`.",
)
def main(alignment: Path, out: Path, at: float, page: Path | None) -> None:  # fmt: skip
    """Draw a frame with subtitles, the report, the desk and the plots of ALIGNMENT, a NAME.alignment.json.

    The recording lies beside ALIGNMENT, for the sound on the desk.
    """
    try:
        result, options = load(alignment), CueOptions()
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            written = {path.suffix: path for path in write_all(result, folder, ("ass", "html"), options)}
            plots, _ = write_pictures(result, destination(folder, result.name), ("png",), options)
            drawn = desk(alignment)
            found = {
                "bilingual-frame": bilingual_frame(written[".ass"], at),
                "report": screenshot(page or written[".html"], *PAGE),
                **{f"desk-{name}": picture for name, picture in drawn.items()},
                **{f"demo{path.name.removeprefix(result.name)[:-4]}": path.read_bytes() for path in plots},
            }
    except (AlignError, RuntimeError) as error:
        click.echo(f"make_pictures: {error}", err=True)
        sys.exit(1)
    out.mkdir(parents=True, exist_ok=True)
    for name, png in found.items():
        path = out / f"{name}.png"
        path.write_bytes(small(png))
        click.echo(f"{path}: {path.stat().st_size:,} bytes", err=True)
