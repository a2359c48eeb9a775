"""`align review`: decide about the mismatches in the browser."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from align.cli import options as shared
from align.cli.grouped_help import GroupedCommand
from align.cli.messages import print_document, progress_for
from align.core.extras import missing_package

if TYPE_CHECKING:
    from align.core.progress import Progress
    from align.review.server import Review


_SILENT = (
    "nothing can be heard, and words that were changed cannot be placed; stop the review, and start it with "
    "--audio and the path of the recording."
)


@click.command(cls=GroupedCommand)
@shared.ALIGNMENT
@shared.AUDIO
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="N", help="0 for any free port.")
@click.option("--no-browser", is_flag=True, help="Print the address without opening a browser.")
@shared.with_model_options
@shared.with_result_options
@shared.with_output_options
def review(alignment: Path, audio: Path | None, port: int, no_browser: bool, **given: Any) -> int:
    """Review the mismatches of ALIGNMENT, a NAME.alignment.json, in the browser.

    Serves a page to this machine only, until Ctrl-C. Decisions are saved at once, in NAME.decisions.jsonl.
    Applying them realigns only the words that changed, and writes the existing files again. Options that are
    not given are those of the run.
    """
    try:
        from align.review.server import review_server
    except ModuleNotFoundError as error:
        raise missing_package(str(error.name), "review") from error
    progress = progress_for(given["quiet"])
    served = _open(alignment, audio, given, progress)
    session = served.session
    try:
        server = review_server(served, port)
        if given["as_json"]:
            print_document({"ok": True, "address": server.address, "decisions": str(session.log.path)})
        else:
            click.echo(
                f"{server.address}\nPress Ctrl-C to stop; every decision is in {session.log.path}.", err=True
            )
        for note in session.notes:
            click.echo(note, err=True)
        if not no_browser:
            import webbrowser

            webbrowser.open(server.address)
        with suppress(KeyboardInterrupt):  # the normal end of a review
            server.run()
        state = session.state()
        progress.say(f"Stopped; all is saved: {state['decided']} of {state['places']} places decided.")
    finally:
        session.close()
    return 0


def _open(alignment: Path, audio: Path | None, given: dict[str, Any], progress: Progress) -> Review:
    """The review of an alignment; models are loaded when decisions are applied."""
    from dataclasses import replace
    from functools import cache

    from align.audio.seek import find_recording
    from align.core.device import usable_device
    from align.export.stored_options import stored_options
    from align.pipeline.context import RunContext, load_context
    from align.result.alignment_json import load
    from align.review.applying import ReviewProgress
    from align.review.output import ReviewFiles
    from align.review.realign import Realigner
    from align.review.recording import recording_of
    from align.review.server import Review
    from align.review.session import Session

    result = load(alignment)
    stored = shared.with_given_words(stored_options(result, alignment), given)
    options = shared.options_for_result(result, given, stored)
    recording, _ = find_recording(result, alignment, audio)

    @cache
    def context(translating: bool) -> RunContext:
        """The translator is never downloaded in the middle of a review."""
        wanted = replace(options, offline=options.offline or translating)
        return load_context(wanted, options.language, translating, shown)

    shown = ReviewProgress(progress)
    realigner = Realigner(
        alignment=alignment,
        audio=audio,
        lexicon=stored.lexicon,
        glossary=stored.glossary,
        translates=options.second_language is not None,
        context=context,
    )
    usable_device(options.device)  # rather than when decisions are applied
    output = ReviewFiles(
        alignment,
        shared.wanted_kinds(given) if given["kinds"] else None,
        options.cues,
        shared.file_options(given, options.cues.fps, stored.files),
        lambda shown: recording_of(shown, alignment.parent, audio),
        shared.files_read(given, audio, recording.path if recording else None),
    )
    session = Session(output, realigner)
    if recording is None:
        session.notes = (*session.notes, f"{result.audio} is not in {alignment.parent}: {_SILENT}")
    return Review(session, recording, progress=shown)
