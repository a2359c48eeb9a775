"""`align review`: decide about the mismatches in the browser."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from align.cli.grouped_help import GroupedCommand
from align.cli.messages import print_document, progress_for
from align.cli.options import (
    PATH,
    file_options,
    files_read,
    options_for_result,
    wanted_kinds,
    with_given_words,
    with_model_options,
    with_output_options,
    with_result_options,
)
from align.core.errors import ModelError

if TYPE_CHECKING:
    from align.core.progress import Progress
    from align.core.types import Recording, Result
    from align.export.stored_options import StoredOptions
    from align.pipeline.context import RunContext
    from align.pipeline.options import RunOptions
    from align.review.realign import Realigner
    from align.review.server import Review, ReviewServer
    from align.review.session import Session


@click.command(cls=GroupedCommand)
@click.argument("alignment", type=PATH)
@click.option("--audio", type=PATH, metavar="FILE", help="The recording; by default beside ALIGNMENT.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="N", help="0 is any free one.")
@click.option("--no-browser", is_flag=True, help="Print the address, and open no browser.")
@with_model_options
@with_result_options
@with_output_options
def review(
    alignment: Path, audio: Path | None, port: int, no_browser: bool, fail_on: str | None, **given: Any
) -> int:
    """Look through the mismatches of ALIGNMENT in the browser, decide each, and write all files again.

    Serves a page on this machine alone, until Ctrl-C. Every decision is kept at once, in
    NAME.decisions.jsonl. Applying them places only the words that changed again, and writes the files that
    are there: give the options that `align run` was given.
    """
    del fail_on
    review_server = _server()
    progress = progress_for(given["quiet"])
    session, made = _opened(alignment, audio, given, progress)

    try:
        server = review_server(made, port)
        _tell(server.address, session, given)
        if not no_browser:
            import webbrowser

            webbrowser.open(server.address)
        with suppress(KeyboardInterrupt):  # which is how a review ends
            server.run()
        state = session.state()
        progress.say(f"Stopped with all saved: {state['decided']} of {state['places']} places decided.")
    finally:
        session.close()
    return 0


def _tell(address: str, session: Session, given: dict[str, Any]) -> None:
    """Say where the page is; the secret in its address is for nobody else."""
    if given["as_json"]:
        print_document({"ok": True, "address": address, "decisions": str(session.log.path)})
    else:
        click.echo(f"{address}\nCtrl-C stops; every decision is in {session.log.path}.", err=True)
    for note in session.notes:
        click.echo(note, err=True)


def _server() -> Callable[[Review, int], ReviewServer]:
    """What makes a server; told before any long work when its packages are missing."""
    try:
        from align.review.server import review_server
    except ModuleNotFoundError as error:
        raise ModelError(
            f"package {error.name}", "is not installed; run `pip install '.[review]'` in align's folder"
        ) from error
    return review_server


def _opened(
    alignment: Path, audio: Path | None, given: dict[str, Any], progress: Progress
) -> tuple[Session, Review]:
    """The review of an alignment, and what serves it."""
    from align.audio.seek import find_recording
    from align.export.stored_options import stored_options
    from align.result.alignment_json import load
    from align.review.output import ReviewFiles
    from align.review.recording import recording_of
    from align.review.server import Review
    from align.review.session import Session

    result = load(alignment)
    stored = with_given_words(stored_options(result, alignment), given)
    options = options_for_result(result, given, stored)
    recording, _ = find_recording(result, alignment, audio)

    def heard(shown: Result) -> Recording | None:
        return recording_of(shown, alignment.parent, audio)

    kinds = wanted_kinds(given) if given["kinds"] else None
    reads = files_read(given, audio, recording.path if recording else None)
    files = file_options(given, options.cues.fps, stored.files)
    review_files = ReviewFiles(alignment, kinds, options.cues, files, heard, reads)
    session = Session(review_files, _realigner(alignment, audio, options, stored, progress))
    return session, Review(session, recording)


def _realigner(
    alignment: Path, audio: Path | None, options: RunOptions, stored: StoredOptions, progress: Progress
) -> Realigner:
    """What realigns and translates; models are loaded when decisions are first applied."""
    from dataclasses import replace
    from functools import cache

    from align.core.cache import Cache, default_cache_folder
    from align.pipeline.context import RunContext
    from align.pipeline.loaded_models import load_models
    from align.review.realign import Realigner

    @cache
    def context(translating: bool) -> RunContext:
        """The translator is never pulled in the middle of a review."""
        wanted = replace(options, offline=options.offline or translating)
        with progress.transfer() as arrived:
            models = load_models(wanted, options.language, translating, progress.say, arrived)
        return RunContext(models, Cache(default_cache_folder()), wanted, progress)

    return Realigner(
        alignment=alignment,
        audio=audio,
        lexicon=stored.lexicon,
        glossary=stored.glossary,
        translates=options.second_language is not None,
        context=context,
    )
