"""The options of scripts/make_speech."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from align.core.errors import AlignError
from scripts.speech import kokoro, output, render, script, voices

_LONGEST_PAUSE = 60.0
"""Seconds."""


def _between(value: str) -> tuple[float, float]:
    """Two rising numbers of seconds, "0.4,1.0"."""
    try:
        low, high = (float(part) for part in value.split(","))
    except ValueError:
        low, high = 1.0, 0.0
    if not 0 <= low <= high <= _LONGEST_PAUSE:
        raise click.BadParameter(f"{value!r} is not MIN,MAX in seconds; write for example 0.4,1.0")
    return low, high


@click.command()
@click.argument("text", type=click.Path(path_type=Path))
@click.option(
    "-o", "out", required=True, type=click.Path(path_type=Path), help="Recording: .opus, .wav or .flac."
)
@click.option(
    "--truth",
    type=click.Path(path_type=Path),
    help="Times and speakers, as JSON; beside the recording by default.",
)
@click.option(
    "--voice",
    "given",
    multiple=True,
    metavar="NAME=SPEC",
    help="A speaker's voice: NAME, NAME:0.5+NAME:0.5, either with @0.92 to be deeper; by default in turn.",
)
@click.option(
    "--speed",
    default=1.0,
    show_default=True,
    type=click.FloatRange(0.5, 2),
    help="Pace, over the voices' own.",
)
@click.option(
    "--pause",
    default="0.4,1.0",
    show_default=True,
    type=_between,
    metavar="MIN,MAX",
    help="Seconds of silence between turns.",
)
@click.option(
    "--breath",
    default="0.2,0.5",
    show_default=True,
    type=_between,
    metavar="MIN,MAX",
    help="Seconds of silence between sentences.",
)
@click.option(
    "--noise",
    default=35.0,
    show_default=True,
    type=click.FloatRange(0, 90),
    help="Decibels of the speech over the room tone.",
)
@click.option("--dry", is_flag=True, help="No room: neither tone nor echo.")
@click.option("--seed", default=0, show_default=True, help="Decides pauses, rooms and noise.")
@click.option(
    "--bitrate",
    default=40_000,
    show_default=True,
    type=click.IntRange(6_000, 256_000),
    help="Of Opus, in bits/s.",
)
@click.option(
    "--threads",
    default=1,
    show_default=True,
    type=click.IntRange(1),
    help="The result is the same for any number.",
)
@click.option(
    "--model-folder",
    type=click.Path(path_type=Path),
    help="Kokoro's files; by default align's own copy, fetched at need.",
)
def main(
    text: Path,
    out: Path,
    truth: Path | None,
    given: tuple[str, ...],
    speed: float,
    pause: tuple[float, float],
    breath: tuple[float, float],
    noise: float,
    dry: bool,
    seed: int,
    bitrate: int,
    threads: int,
    model_folder: Path | None,
) -> None:
    """Speak the script TEXT (lines “Name: words”) and write the recording and its truth."""
    manner = render.Manner(speed, pause, breath, None if dry else noise, seed)
    try:
        lines = script.read_script(text)
        specs = voices.cast(list(dict.fromkeys(line.speaker for line in lines)), voices.read_given(given))
        model = kokoro.load(model_folder or _own_folder())
        cast = {name: voices.parse(spec) for name, spec in specs.items()}
        blocks = render.render(lines, cast, model, manner, threads)
        samples, tokens = output.write_recording(out, blocks, bitrate)
        output.write_truth(truth or out.with_suffix(".json"), out.name, samples, specs, tokens)
    except AlignError as error:
        click.echo(f"make_speech: {error}", err=True)
        sys.exit(error.exit_code)


def _own_folder() -> Path:
    """Where align keeps the model."""
    from align.registry import ensure

    return ensure("kokoro")
