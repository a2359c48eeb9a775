"""`align check`: the rules applied to any subtitle file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from align.cli import options as shared
from align.cli.messages import exit_code, print_csv, print_document
from align.core.errors import UsageError


@click.command()
@click.argument("subtitles", type=shared.PATH, nargs=-1, required=True)
@click.option("--audio", type=shared.PATH, metavar="FILE", help="Also compare cues with the speech in FILE.")
@shared.with_audio_options
@shared.PROFILE
@shared.FPS
@click.option("--ignore", default="", metavar="RULE[,RULE]", help="Rules to skip, such as word,gap.")
@shared.CSV
@shared.with_output_options
def check(
    subtitles: tuple[Path, ...], audio: Path | None, ignore: str, as_csv: bool, as_json: bool, **given: Any
) -> int:
    """Check SUBTITLES, one or more SRT, VTT or ASS files, against the rules of a profile.

    Exits with 1 if a cue breaks one. Speakers' names before the text do not count as text.
    """
    from align.subtitles import check_report
    from align.subtitles.check import Rule, check_audio
    from align.subtitles.check import check as find_violations
    from align.subtitles.read import read_subtitles

    if as_csv and as_json:
        raise UsageError("--csv and --json both print to stdout; choose one")
    if len(subtitles) > 1 and (as_csv or audio is not None):
        raise UsageError("--audio and --csv are for one file; check one at a time")
    options = shared.cue_options(given)
    ignored = {name.strip().lower() for name in ignore.split(",") if name.strip()}
    rules = [rule.name.lower() for rule in Rule]
    for name in sorted(ignored.difference(rules)):
        raise UsageError(f"there is no rule {name!r}; choose from {', '.join(rules)}")
    failures, documents = [], []
    for path in subtitles:
        read = read_subtitles(path)
        violations = find_violations(read.track, options, read.unit)
        if audio is not None:
            from align.audio.decode import find_speech, read_audio
            from align.pipeline.options import RunOptions

            channel = shared.channel_of(given["channel"])
            choice = RunOptions(
                track=given["track"], channel=channel, time_jumps=given["time_jumps"]
            ).audio_choice
            violations += check_audio(read.track, find_speech(read_audio(audio, choice)), options)
        violations = tuple(each for each in violations if each.rule.name.lower() not in ignored)
        profile = options.profile_for(read.track.languages[0]).name
        failures.append(check_report.failure(read, violations, profile))
        documents.append(check_report.as_document(read, violations, profile))
        if as_csv:
            print_csv(check_report.as_csv(read, violations))
        elif not as_json:
            check_report.print_table(read, violations)
    if as_json and len(documents) == 1:
        print_document(documents[0])
    elif as_json:
        print_document({"ok": not any(failures), "files": documents})
    return max(exit_code(failure, given["quiet"]) for failure in failures)
