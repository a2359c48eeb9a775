"""A changed transcript beside the alignment.json of the old one, for tests."""

from __future__ import annotations

from pathlib import Path

from align.pipeline.realign.changes import TranscriptChange, read_change
from align.pronounce.lexicon import EMPTY as NO_LEXICON
from align.result.alignment_json import load
from align.transcript.cleaning.glossary import EMPTY as NO_GLOSSARY
from align.transcript.cleaning.glossary import Glossary


def change_of_file(
    alignment: Path, transcript: Path, audio: Path | None = None, glossary: Glossary = NO_GLOSSARY
) -> TranscriptChange:
    """What changed between the text of an alignment.json and a transcript."""
    return read_change(load(alignment), alignment, transcript, NO_LEXICON, glossary, audio)
