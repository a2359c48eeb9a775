"""Read a transcript of any format: who says what, in order; times in it are ignored."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from align.core.arguments import fit_fields
from align.core.errors import InputError, UsageError
from align.core.input_files import LARGEST, LONGEST_TEXT, check_length, read_source
from align.core.types import Transcript
from align.transcript.ass import is_ass, read_ass
from align.transcript.bilingual import split_languages
from align.transcript.cleaning.apply_rules import Cleaning
from align.transcript.cleaning.turns import clean_turn
from align.transcript.docx import is_word, read_word
from align.transcript.encodings import decode
from align.transcript.labels import Utterance, read_speech
from align.transcript.lines import Line
from align.transcript.markdown import read_markdown
from align.transcript.passages import Document, Passage
from align.transcript.plain import read_plain
from align.transcript.structured import is_xml, read_json, read_xml
from align.transcript.subtitles import (
    is_lrc,
    is_sbv,
    is_srt,
    is_vtt,
    read_lrc,
    read_sbv,
    read_srt,
    read_vtt,
)
from align.transcript.tables import is_delimited, read_delimited
from align.transcript.textgrid import is_textgrid, read_textgrid

_Reader = Callable[[str, Path], list[Line]]
_TXT, _MD, _DOCX = "txt", "md", "docx"
_READERS: Mapping[str, _Reader] = {
    _TXT: lambda text, _: read_plain(text),
    _MD: lambda text, _: read_markdown(text),
    "srt": read_srt,
    "vtt": read_vtt,
    "sbv": read_sbv,
    "lrc": read_lrc,
    "ass": read_ass,
    "ttml": read_xml,
    "json": read_json,
    "tsv": read_delimited,
    "csv": read_delimited,
    "textgrid": read_textgrid,
}
FORMATS = (*_READERS, _DOCX)
"""What `--format` takes."""
_SUBTITLES = frozenset({"srt", "vtt", "sbv", "lrc", "ass", "ttml", "json", "tsv", "csv", "textgrid"})
_MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd"})
_REFUSED = (
    (
        re.compile(r"\s*<(?:!doctype html|html|head|body)\b", re.IGNORECASE),
        "a web page",
        "copy its text into a text file",
    ),
    (re.compile(r"\s*<sami\b", re.IGNORECASE), "a SAMI file", "save it as SRT in a subtitle editor"),
    (
        re.compile(r"\s*Scenarist_SCC V"),
        "an SCC file of closed captions",
        "save it as SRT in a subtitle editor",
    ),
    (re.compile(r"\s*\{\d+\}\{\d+\}"), "a MicroDVD file", "save it as SRT in a subtitle editor"),
    (re.compile(r"\s*(?:\d+\s+)?\[\d+\]\[\d+\]"), "an MPL2 file", "save it as SRT in a subtitle editor"),
    (re.compile(r"\s*TITLE:.*\n+\s*(?:FCM:|\d{3}\s)"), "an EDL", "give the text of the transcript"),
    (
        re.compile(r"\s*(?:SPEAKER \S+ \d+ [\d.]+ [\d.]+ <NA>)"),
        "an RTTM file",
        "give it to --diarizer, and a text here",
    ),
)
"""Text files that hold no transcript that is read, by their beginning, and what to do instead."""
_ANNOTATIONS = re.compile(r"\s*<\?xml[^>]*>\s*(?:<!--.*?-->\s*)?<ANNOTATION_DOCUMENT", re.DOTALL)
_THOUGHT = re.compile(r"\s*<(think|thinking|reasoning)>.*?</\1>(?=.*\w)", re.DOTALL)
"""What a language model that tidied a transcript thought before it wrote."""
_PUNCTUATED = 0.2
"""Share of the lines that must have a mark for the file to count as punctuated."""
_ENDS = re.compile(r"[.!?。！？…][\"'”’」』）)]*$")
_WEAK = " ，、,"
"""Marks that do not undo the end of a sentence before them."""
_MARK = re.compile(r"[，。！？；,.!?;]")
_WITHOUT_WIDTH = dict.fromkeys(map(ord, "\ufeff\u200b\u200e\u200f\u2060"))
"""Byte order marks inside a text, and other invisible characters that programs leave in it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a transcript is read, where the user knows better.

    Attributes:
        speakers: the names that are labels; all others are text. () to find out.
        labels: whether the text has labels.
        format: one of FORMATS, None to tell it by the content.
        language: of a text in two languages, the spoken one.
    """

    speakers: tuple[str, ...] = ()
    labels: bool = True
    format: str | None = None
    language: str | None = None

    def __post_init__(self) -> None:
        fit_fields(self)
        if self.format is not None and self.format not in FORMATS:
            raise UsageError(f"there is no format {self.format!r}; choose one of {', '.join(FORMATS)}")
        if self.speakers and not self.labels:
            raise UsageError("--speakers-are and --no-labels exclude each other; leave one out")


BY_CONTENT = Reading()


def read_transcript(path: Path, cleaning: Cleaning, reading: Reading = BY_CONTENT) -> Transcript:
    """Turns of the transcript at `path`, cleaned, without labels and times.

    Raises:
        InputError: as `read_document` does.
    """
    return _transcript(read_document(path, reading), cleaning)


def parse_transcript(text: str, path: Path, cleaning: Cleaning) -> Transcript:
    """Turns of a transcript that is at hand as text; `path` names it.

    Raises:
        InputError: it has no word in it.
    """
    return _transcript(_parsed(text, path, BY_CONTENT), cleaning)


def _transcript(document: Document, cleaning: Cleaning) -> Transcript:
    turns = tuple(clean_turn(passage, cleaning).turn for passage in document.passages)
    return Transcript(
        document.path,
        turns,
        document.excluded,
        document.participants,
        document.translation,
        document.format,
        document.doubts,
        document.languages,
    )


def read_document(path: Path, reading: Reading = BY_CONTENT) -> Document:
    """What the transcript at `path` holds, as written.

    Formats are known by their content, Markdown, CSV and JSON by their names; anything else is plain text.
    A paragraph is a passage of its own, subtitles of one speaker are joined.

    Raises:
        InputError: it cannot be read or decoded, is no transcript, or has no word in it.
    """
    data = read_source(path, "give an existing text file", LARGEST)
    if is_word(data) or reading.format == _DOCX:
        if not is_word(data):
            raise InputError(path, "is not a Word document; leave --format out, or choose another")
        return _document(read_word(data, path), _DOCX, path, reading)
    check_length(len(data), LONGEST_TEXT, path)
    return _parsed(decode(data, path), path, reading)


def _parsed(text: str, path: Path, reading: Reading) -> Document:
    text = re.sub("\r\n?", "\n", text).translate(_WITHOUT_WIDTH)
    if thought := _THOUGHT.match(text):
        text = "\n" * thought[0].count("\n") + text[thought.end() :]
    form = reading.format or format_of(text, path)
    return _document(_READERS[form](text, path), form, path, reading)


def format_of(text: str, path: Path) -> str:
    """The format of a text, one of FORMATS.

    Raises:
        InputError: it is of a known kind that is not read; the message says what to do instead.
    """
    ending = path.suffix.lower()
    if _ANNOTATIONS.match(text):
        raise InputError(path, "is an ELAN file; export it as TextGrid or as subtitles in ELAN")
    for pattern, kind, advice in _REFUSED:
        if pattern.match(text):
            raise InputError(path, f"is {kind}, which is not read; {advice}")
    for recognises, form in ((is_vtt, "vtt"), (is_ass, "ass"), (is_textgrid, "textgrid"), (is_xml, "ttml")):
        if recognises(text):
            return form
    if ending == ".json" or ending in (".jsonl", ".bcc") or re.match(r"\s*(?:\{\s*\"|\[\s*\{\s*\")", text):
        return "json"
    for recognises, form in ((is_srt, "srt"), (is_sbv, "sbv"), (is_lrc, "lrc")):
        if recognises(text):
            return form
    if ending == ".lrc":
        return "lrc"
    if ending in (".csv", ".tsv", ".tab") or is_delimited(text):
        return "tsv" if ending != ".csv" else "csv"
    if re.match(r"\s*<\?xml\b", text):
        return "ttml"  # which says what other XML it is
    return _MD if ending in _MARKDOWN else _TXT


def _document(lines: Sequence[Line], form: str, path: Path, reading: Reading) -> Document:
    """The passages of lines; subtitles of one speaker are joined."""
    speech = read_speech(lines, reading.speakers, reading.labels)
    if not speech.utterances:
        raise InputError(path, "has no words in it; give the text of what is said in the recording")
    languages = split_languages(speech.utterances, reading.language)
    utterances = languages.spoken if languages else speech.utterances
    excluded = sorted(
        (*speech.excluded, *(languages.excluded if languages else ())), key=lambda line: line.line
    )
    passages = [Passage(utterance.speaker, (utterance.part,)) for utterance in utterances]
    return Document(
        path,
        tuple(join_cues(passages) if form in _SUBTITLES else passages),
        form,
        tuple(excluded),
        speech.participants,
        languages.translation if languages else (),
        speech.doubts,
        languages.codes if languages else (),
    )


def speakers_and_texts(text: str) -> list[tuple[str | None, str]]:
    """What reading a plain text gives, before it is cleaned."""
    utterances: tuple[Utterance, ...] = read_speech(read_plain(text)).utterances
    return [(utterance.speaker, utterance.part.said) for utterance in utterances]


def join_cues(cues: Sequence[Passage]) -> list[Passage]:
    """Join the cues of one speaker; where nobody is named, the cues of one sentence.

    In a file without punctuation each stays by itself, since its end is all there is to tell phrases apart.
    """
    punctuated = sum(_MARK.search(cue.parts[0].said) is not None for cue in cues) >= _PUNCTUATED * len(cues)
    groups: list[list[Passage]] = []
    for cue in cues:
        last = groups[-1][-1] if groups else None
        if (
            last
            and cue.speaker == last.speaker
            and (
                cue.parts[0].line == last.parts[-1].line
                or (
                    punctuated
                    and (cue.speaker is not None or not _ENDS.search(last.parts[-1].said.rstrip(_WEAK)))
                )
            )
        ):
            groups[-1].append(cue)
        else:
            groups.append([cue])
    return [Passage(group[0].speaker, tuple(part for cue in group for part in cue.parts)) for group in groups]
