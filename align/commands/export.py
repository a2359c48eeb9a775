"""`align export`: the files of a result again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from align.commands.options import (
    PATH,
    cue_options,
    file_options,
    told,
    wanted_kinds,
    with_cue_options,
    with_file_options,
)
from align.commands.telling import print_document, say_left_out

if TYPE_CHECKING:
    from align.values import Recording, Result


@click.command()
@click.argument("alignment", type=PATH)
@click.option("-o", "--out", type=PATH, help="Folder for the files; the alignment's own by default.")
@click.option(
    "--audio", type=PATH, metavar="FILE", help="The recording; by default looked for beside ALIGNMENT."
)
@with_file_options
@with_cue_options
@told
def export(alignment: Path, out: Path | None, audio: Path | None, **given: Any) -> None:
    """Write files again from ALIGNMENT, a NAME.alignment.json.

    The recording is needed only for the sound in the page of mismatches, which is left out without it.
    """
    from align.export import check_folder, write_all
    from align.result import load

    kinds, files, cues = wanted_kinds(given), file_options(given), cue_options(given)
    result = load(alignment)
    folder = out or alignment.parent
    check_folder(folder)
    recording = _recording(result, kinds, alignment.parent, audio, given["quiet"])
    paths = write_all(result, folder, kinds, cues, files, recording)
    if given["as_json"]:
        print_document({"ok": True, "files": list(map(str, paths))})
    elif not given["quiet"]:
        click.echo("\n".join(map(str, paths)), err=True)
    say_left_out(result, files, given["quiet"])


def _recording(
    result: Result, kinds: tuple[str, ...], folder: Path, audio: Path | None, quiet: bool
) -> Recording | None:
    """The recording, where a file is wanted that has sound in it."""
    from align.outputs import has_sound
    from align.review.recording import recording_of

    if not has_sound(kinds):
        return None
    found = recording_of(result, folder, audio)
    if found is None and not quiet:
        click.echo(
            f"align: the page of mismatches has no sound, since {result.audio} that was aligned is not in "
            f"{folder}; name it with --audio",
            err=True,
        )
    return found
