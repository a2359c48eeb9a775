"""`align voices`: enroll, list and forget voices, so that the next recording names them by itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from align.cli.messages import print_document, progress_for
from align.cli.options import PATH, with_output_options


@click.group()
def voices() -> None:
    """Enroll, list and forget voices that `align run --known-voices` recognises.

    A voice is kept as 192 numbers in a file of your own on this machine (ALIGN_VOICES names another), is used
    only with --known-voices, and is sent nowhere. Ask people before you enroll them.
    """


@voices.command("enroll")
@click.argument("name")
@click.argument("clip", type=PATH)
@with_output_options
def enroll(name: str, clip: Path, **given: Any) -> None:
    """Learn the voice of NAME from CLIP, a recording of some 20 s in which nobody else speaks.

    A voice that was enrolled under this name before is replaced.
    """
    from align.speakers.enrolled_voices import enroll as enroll_voice
    from align.speakers.enrolled_voices import voices_file

    progress = progress_for(given["quiet"])
    with progress.stage("Learning the voice", 0):
        done = enroll_voice(name, clip, voices_file())
    if given["as_json"]:
        print_document({"ok": True, **done.as_document(), "file": str(voices_file())})
    progress.say(done.sentence)


@voices.command("list")
@with_output_options
def voices_list(**given: Any) -> None:
    """List the enrolled voices, and how alike they are (cosine; one person mostly has 0.8 or more)."""
    from align.speakers.enrolled_voices import print_voices, read_voices, voice_rows, voices_file

    known = read_voices(voices_file())
    if given["as_json"]:
        print_document({"ok": True, "voices": voice_rows(known), "file": str(voices_file())})
    else:
        print_voices(known, voices_file())


@voices.command("forget")
@click.argument("name")
@with_output_options
def forget(name: str, **given: Any) -> None:
    """Take the voice of NAME out of the file."""
    from align.speakers.enrolled_voices import forget as forget_voice
    from align.speakers.enrolled_voices import voices_file

    left = forget_voice(name, voices_file())
    if given["as_json"]:
        print_document({"ok": True, "voices": [one.name for one in left], "file": str(voices_file())})
    progress_for(given["quiet"]).say(f"{name}: forgotten; voices left: {len(left)}")
