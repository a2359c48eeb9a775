"""Read a transcript of any format: who says what, in order; times in it are ignored."""

from __future__ import annotations

from pathlib import Path

from align.errors import InputError
from align.transcript.clean import tidy
from align.transcript.decode import decode
from align.transcript.labels import utterances
from align.transcript.markdown import read_markdown
from align.transcript.paragraphs import Paragraph
from align.transcript.plain import read_plain
from align.transcript.subtitles import is_ass, is_srt, is_vtt, join_cues, read_ass, read_srt, read_vtt
from align.transcript.tokens import has_token
from align.transcript.word import is_word, read_word
from align.values import Transcript, Turn

_MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd"})


def read_transcript(path: Path) -> Transcript:
    """Turns of the transcript at `path`, tidied, without labels and times.

    DOCX, SRT, VTT and ASS are known by what is in them, Markdown by its name; anything else is plain text.
    A paragraph is a turn of its own, subtitles of one speaker are joined.

    Raises:
        InputError: it cannot be read or decoded, is no text, or has no word in it.
    """
    data = _bytes(path)
    turns = _turns(read_word(data, path)) if is_word(data) else _text_turns(decode(data, path), path)
    if not turns:
        raise InputError(path, "has no words in it; give the text of what is said in the recording")
    return Transcript(path, tuple(turns))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(path, f"cannot be read ({error.strerror}); give an existing text file") from error


def _text_turns(text: str, path: Path) -> list[Turn]:
    for recognises, reader in ((is_vtt, read_vtt), (is_ass, read_ass), (is_srt, read_srt)):
        if recognises(text):
            return join_cues(_turns(reader(text, path)))
    return _turns(read_markdown(text) if path.suffix.lower() in _MARKDOWN else read_plain(text))


def _turns(paragraphs: list[Paragraph]) -> list[Turn]:
    tidied = ((said, tidy(said.text)) for said in utterances(paragraphs))
    return [Turn(said.speaker, text, said.line) for said, text in tidied if has_token(text)]
