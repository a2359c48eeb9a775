"""`align check`: the rules applied to any subtitle file."""

from __future__ import annotations

from pathlib import Path

import click

from align.cli.messages import print_csv, print_document
from align.cli.options import FPS, PATH, PROFILE, cue_options
from align.core.errors import UsageError
from align.core.terminal import printable


@click.command()
@click.argument("subtitles", type=PATH)
@click.option("--audio", type=PATH, metavar="FILE", help="Also hold the cues against the speech in it.")
@PROFILE
@FPS
@click.option("--ignore", default="", metavar="RULE[,RULE]", help="Rules to leave out, such as word,gap.")
@click.option("--csv", "as_csv", is_flag=True, help="Print a table for spreadsheets on stdout.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document on stdout.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing on stderr but errors.")
@click.option("-v", "--verbose", is_flag=True, help="Show where an error came from.")
def check(
    subtitles: Path, audio: Path | None, profile: str | None, fps: str | None, ignore: str, as_csv: bool,
    as_json: bool, quiet: bool, verbose: bool,
) -> int:  # fmt: skip
    """Check SUBTITLES, an SRT, VTT or ASS file, against the rules of a profile.

    Exits with 1 when a cue breaks one. Names of speakers before the text are not counted as text.
    """
    from align.subtitles import check_report as report
    from align.subtitles.check import check as violations_of
    from align.subtitles.check import check_audio
    from align.subtitles.read import read_subtitles

    del verbose
    if as_csv and as_json:
        raise UsageError("--csv and --json both print on stdout; choose one")
    options = cue_options({"profile": profile, "fps": fps})
    left_out = _ignored(ignore)
    read = read_subtitles(subtitles)
    found = violations_of(read.track, options, read.unit)
    if audio is not None:
        from align.audio.decode import find_speech, read_audio

        speech = find_speech(read_audio(audio))
        found += check_audio(read.track, speech, options)
    found = tuple(one for one in found if one.rule.name.lower() not in left_out)
    if as_json:
        print_document(report.as_document(read, found, options.profile.name))
    elif as_csv:
        print_csv(report.as_csv(read, found))
    else:
        report.print_table(read, found)
    failure = report.failure(read, found, options.profile.name)
    if failure and not quiet:
        click.echo(f"align: {printable(str(failure))}", err=True)
    return failure.exit_code if failure else 0


def _ignored(names: str) -> set[str]:
    """The rules that `--ignore` names.

    Raises:
        UsageError: there is no such rule.
    """
    from align.subtitles.check import Rule

    known = [rule.name.lower() for rule in Rule]
    wanted = {name.strip().lower() for name in names.split(",") if name.strip()}
    for name in sorted(wanted - set(known)):
        raise UsageError(f"there is no rule {name!r}; choose from {', '.join(known)}")
    return wanted
