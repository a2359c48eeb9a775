"""Read a transcript of any format: who says what, in order; times in it are ignored."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from align.core.errors import InputError
from align.core.input_files import LARGEST, LONGEST_TEXT, check_length, read_source
from align.core.types import Transcript
from align.pronounce.tokens import has_token
from align.transcript.cleaning.rules import Cleaning
from align.transcript.cleaning.turns import clean_turn
from align.transcript.decode import decode
from align.transcript.docx import is_word, read_word
from align.transcript.labels import utterances
from align.transcript.markdown import read_markdown
from align.transcript.paragraphs import Paragraph
from align.transcript.passages import LABEL, Document, LeftOut, Part, Passage
from align.transcript.plain import read_plain
from align.transcript.subtitles import is_ass, is_srt, is_vtt, join_cues, read_ass, read_srt, read_vtt

_MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd"})


def read_transcript(path: Path, cleaning: Cleaning) -> Transcript:
    """Turns of the transcript at `path`, cleaned, without labels and times.

    Raises:
        InputError: as `read_document` does.
    """
    document = read_document(path)
    return Transcript(path, tuple(clean_turn(one, cleaning).turn for one in document.passages))


def parse_transcript(text: str, path: Path, cleaning: Cleaning) -> Transcript:
    """Turns of a transcript that is at hand as text; `path` names it.

    Raises:
        InputError: it has no word in it.
    """
    document = _document(*_of_text(text, path), path)
    return Transcript(path, tuple(clean_turn(passage, cleaning).turn for passage in document.passages))


def read_document(path: Path) -> Document:
    """What the transcript at `path` holds, as written.

    DOCX, SRT, VTT and ASS are known by what is in them, Markdown by its name; anything else is plain text.
    A paragraph is a passage of its own, subtitles of one speaker are joined.

    Raises:
        InputError: it cannot be read or decoded, is no text, or has no word in it.
    """
    data = read_source(path, "give an existing text file", LARGEST)
    if is_word(data):
        paragraphs, cues = read_word(data, path), False
    else:
        check_length(len(data), LONGEST_TEXT, path)
        paragraphs, cues = _of_text(decode(data, path), path)
    return _document(paragraphs, cues, path)


def _document(paragraphs: Sequence[Paragraph], cues: bool, path: Path) -> Document:
    """The passages of some paragraphs; subtitles of one speaker are joined."""
    passages, left_out = _spoken(paragraphs)
    if not passages:
        raise InputError(path, "has no words in it; give the text of what is said in the recording")
    return Document(path, tuple(join_cues(passages) if cues else passages), left_out)


def _of_text(text: str, path: Path) -> tuple[list[Paragraph], bool]:
    """The paragraphs of a text file, and whether they are subtitles."""
    for recognises, reader in ((is_vtt, read_vtt), (is_ass, read_ass), (is_srt, read_srt)):
        if recognises(text):
            return reader(text, path), True
    return read_markdown(text) if path.suffix.lower() in _MARKDOWN else read_plain(text), False


def _spoken(paragraphs: Sequence[Paragraph]) -> tuple[list[Passage], tuple[LeftOut, ...]]:
    """The paragraphs that are spoken, and those that are not."""
    said = {one.paragraph: one for one in utterances(paragraphs)}
    passages: list[Passage] = []
    left_out: list[LeftOut] = []
    for number, paragraph in enumerate(paragraphs):
        one = said.get(number)
        if one and has_token(one.text):
            part = Part(paragraph.line, paragraph.text, one.text)
            passages.append(Passage(one.speaker, (part,)))
        else:
            reason = LABEL if one and not one.text else "heading" if paragraph.heading else "no words"
            left_out.append(LeftOut(paragraph.line, paragraph.text, reason))
    return passages, tuple(left_out)


def speakers_and_texts(text: str) -> list[tuple[str | None, str]]:
    """What reading a plain text gives, before it is cleaned."""
    passages, _ = _spoken(read_plain(text))
    return [(one.speaker, part.said) for one in passages for part in one.parts]
