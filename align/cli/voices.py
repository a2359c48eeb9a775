"""`align voices`: enroll, list and forget voices, so that the next recording names them automatically."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from align.cli.messages import print_document, progress_for
from align.cli.options import PATH, with_output_options


@click.group()
def voices() -> None:
    """Enroll, list and forget voices that `align run --known-voices` recognises.

    A voice is stored as 192 numbers in your own file on this machine (or the one that ALIGN_VOICES names),
    used only with --known-voices, and sent nowhere. Ask people before you enroll them.
    """


@voices.command("enroll")
@click.argument("name")
@click.argument("clip", type=PATH)
@with_output_options
def enroll(name: str, clip: Path, **given: Any) -> None:
    """Learn the voice of NAME from CLIP, a recording of about 20 s in which nobody else speaks.

    Replaces a voice that was enrolled under this name before.
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
    """List the enrolled voices, and how similar they are (cosine; one person usually has 0.8 or more)."""
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
    """Delete the voice of NAME."""
    from align.speakers.enrolled_voices import forget as forget_voice
    from align.speakers.enrolled_voices import voices_file

    left = forget_voice(name, voices_file())
    if given["as_json"]:
        print_document({"ok": True, "voices": [voice.name for voice in left], "file": str(voices_file())})
    progress_for(given["quiet"]).say(f"{name}: forgotten; voices left: {len(left)}")
