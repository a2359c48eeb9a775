"""Open a review for another program, with the options of the run and no way out to the network."""

from __future__ import annotations

from pathlib import Path

from align.audio.seek import find_recording
from align.core.progress import Silent
from align.export.stored_options import stored_options
from align.pipeline.context import RunContext, load_context
from align.pipeline.options import OFF, RunOptions
from align.result.alignment_json import load
from align.review.output import ReviewFiles
from align.review.realign import Realigner
from align.review.recording import recording_of
from align.review.session import Session
from align.serve.request import Machine


def open_session(alignment: Path, machine: Machine) -> Session:
    """The review of an alignment; models are loaded when decisions are applied.

    Raises:
        InputError: the alignment cannot be used, or another process reviews it.
    """
    result = load(alignment)
    stored = stored_options(result, alignment)
    recording, _ = find_recording(result, alignment, None)
    options = RunOptions(
        language=result.language,
        second_language=result.second_language,
        aligner=result.aligner,
        clean=result.clean,
        script=result.script,
        speakers=OFF,
        cues=stored.cues,
        translation=stored.translation,
        device=machine.device,
        threads=machine.threads,
        offline=True,
    )

    def context(translating: bool) -> RunContext:
        return load_context(options, options.language, translating, Silent())

    realigner = Realigner(
        alignment=alignment,
        audio=None,
        lexicon=stored.lexicon,
        glossary=stored.glossary,
        translates=options.second_language is not None,
        context=context,
    )
    files = ReviewFiles(
        alignment,
        None,
        stored.cues,
        stored.files,
        lambda shown: recording_of(shown, alignment.parent, None),
        (recording.path,) if recording else (),
    )
    return Session(files, realigner)
