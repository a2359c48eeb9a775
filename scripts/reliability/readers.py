"""Every reader of a file that somebody gives, and files that it takes, from which fuzzers make others.

A reader may refuse a file with an AlignError of one sentence; whatever else it raises is a fault.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from align.core.array_file import open_array, write_array
from align.core.cache import Cache
from align.core.errors import AlignError
from align.core.types import HeardWord, Span
from align.pipeline.languages import whisper_languages
from align.pronounce.lexicon import read_lexicon
from align.pronounce.readings import readings
from align.pronounce.tokens import tokenize
from align.result.alignment_json import dump, load
from align.subtitles.read import read_subtitles
from align.subtitles.rules import read_profile
from align.transcript.cleaning.apply_rules import FULL, Cleaning
from align.transcript.cleaning.chinese_script import AS_IS
from align.transcript.cleaning.glossary import read_glossary
from align.transcript.read import read_transcript
from tests.results import sample

ROOT = Path(__file__).resolve().parents[2]
TRANSCRIPTS = ROOT / "tests" / "data" / "transcripts"

LONGEST_SENTENCE = 1000
"""Characters of a complaint, with the path of the file in it."""

_GLOSSARY = """[[term]]
text = "Ethan"
garbled = ["伊than", "伊森"]
english = "Ethan"
alike = 85
[[term]]
text = "硅谷101"
chinese = "硅谷"
"""
_LEXICON = "# names\n伊森 = Ethan | yi1 sen1\nOpenAI = ow p ah n ey ay\n曾 = zeng1\nGPT = ji pi ti\n"
_WORD = "<w:p><w:r><w:t>陈倩：</w:t></w:r><w:ins><w:r><w:t>好</w:t><w:br/></w:r></w:ins></w:p>"
_TOKENIZER = b'{"added_tokens":[{"content":"<|startoftranscript|>","id":50258},{"content":"<|zh|>","id":1}]}'
_STAGE = b'[{"text":"a","sound":"a","span":{"start":0,"end":1},"probability":0.5}]'
_BODY = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True)
class Reader:
    """A reader.

    Attributes:
        name: of the file that it is given, whose ending may matter.
        read: what a user's file goes through.
        seeds: contents that it takes.
        wrap: makes the file of what a fuzzer gives, where any changed byte of a file breaks its archive.
    """

    name: str
    read: Callable[[Path], object]
    seeds: tuple[bytes, ...]
    wrap: Callable[[bytes], bytes] = bytes


def attempt(reader: Reader, content: bytes, folder: Path) -> str | None:
    """Let a reader have a file; its complaint, None where it takes it.

    Raises:
        AssertionError: the complaint is no sentence.
        Exception: whatever the reader should not raise.
    """
    path = folder / reader.name
    path.write_bytes(reader.wrap(content))
    try:
        reader.read(path)
    except AlignError as error:
        told = str(error)
        assert 0 < len(told) <= LONGEST_SENTENCE, f"a complaint of {len(told)} characters"
        return told
    return None


def _transcript(path: Path) -> object:
    """A transcript up to the pronunciation of its words."""
    turns = read_transcript(path, Cleaning(FULL, AS_IS)).turns
    return readings(turns, tokenize(turns))


def _subtitles(path: Path) -> object:
    """A subtitle file as a transcript and as what `align check` checks; both may refuse it."""
    with suppress(AlignError):
        _transcript(path)
    return read_subtitles(path)


def _stage(path: Path) -> object:
    """What lies in the cache in a stage's place; anything but the stage is computed again."""
    stages = Cache(path.parent / "stages")
    kept = HeardWord("好", "hao", Span(0.1, 0.2), 0.5)
    stages.get_or_compute("heard", "fuzz", tuple[HeardWord, ...], lambda: (kept,))
    for stage in stages.folder.iterdir():
        stage.write_bytes(path.read_bytes())
    return stages.get_or_compute("heard", "fuzz", tuple[HeardWord, ...], lambda: (kept,))


def _rows(path: Path) -> object:
    """The same for a long table."""
    rows = open_array(path)
    return None if rows is None else rows[0:10]


def _tokenizer(path: Path) -> object:
    """A part of a model's folder."""
    return whisper_languages(path.parent)


def _recording(path: Path) -> object:
    """A media file to samples."""
    from align.audio.decode import read_audio

    return read_audio(path).duration


def _documents() -> tuple[bytes, ...]:
    """Word documents."""
    import docx

    document = docx.Document()
    document.add_heading("陈倩", 2)
    document.add_paragraph("陈倩：好，hello。")
    document.add_table(1, 2).cell(0, 0).text = "Bruce: hi"
    memory = io.BytesIO()
    document.save(memory)
    return (memory.getvalue(),)


@cache
def _empty_document() -> Mapping[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(_documents()[0])) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _around(body: bytes) -> bytes:
    """A document with this body."""
    memory = io.BytesIO()
    head, tail = f'<w:document xmlns:w="{_BODY}"><w:body>'.encode(), b"</w:body></w:document>"
    with zipfile.ZipFile(memory, "w") as archive:
        for name, content in _empty_document().items():
            archive.writestr(name, head + body + tail if name == "word/document.xml" else content)
    return memory.getvalue()


def _table() -> bytes:
    memory = io.BytesIO()
    write_array(memory, (4, 3), [np.arange(12, dtype=np.float16).reshape(4, 3)])
    return memory.getvalue()


def _sounds() -> tuple[bytes, ...]:
    """A third of a second of noise in some formats."""
    import av

    noise = np.random.default_rng(1).normal(0, 3000, (1, 16_000)).astype(np.int16)
    found = []
    for ending, codec in (("wav", "pcm_s16le"), ("flac", "flac"), ("mp3", "libmp3lame"), ("mkv", "libopus"),
                          ("m4a", "aac"), ("ts", "aac")):  # fmt: skip
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"a.{ending}"
            with av.open(str(path), "w") as container:
                stream = container.add_stream(codec, rate=48_000, layout="mono")
                frame = av.AudioFrame.from_ndarray(noise, "s16", "mono")
                frame.rate = 48_000
                size = stream.frame_size or 1024
                to_own = av.AudioResampler(stream.format.name, "mono", 48_000, frame_size=size)
                for part in (*to_own.resample(frame), *to_own.resample(None)):
                    container.mux(stream.encode(part))
                container.mux(stream.encode(None))
            found.append(path.read_bytes())
    return tuple(found)


def _of(*names: str) -> tuple[bytes, ...]:
    return tuple((TRANSCRIPTS / name).read_bytes() for name in names)


@cache
def readers() -> Mapping[str, Reader]:
    """All readers by what they read."""
    profile = (ROOT / "align" / "subtitles" / "profiles" / "netflix-zh.toml").read_bytes()
    return {
        "srt": Reader("a.srt", _subtitles, _of("talk.srt", "bilingual.srt")),
        "vtt": Reader("a.vtt", _subtitles, _of("talk.vtt")),
        "ass": Reader("a.ass", _subtitles, _of("talk.ass")),
        "text": Reader("a.txt", _transcript, _of("labels.txt", "minutes.txt", "names-above.txt")),
        "markdown": Reader("a.md", _transcript, _of("talk.md")),
        "docx": Reader("a.docx", _transcript, _documents()),
        "docx-body": Reader("a.docx", _transcript, (_WORD.encode(),), _around),
        "alignment": Reader("a.json", load, (dump(sample(300)).encode(),)),
        "glossary": Reader(
            "a.toml", read_glossary, (_GLOSSARY.encode(), (TRANSCRIPTS.parent / "show.toml").read_bytes())
        ),
        "profile": Reader("a.toml", read_profile, (profile, b'like = "bilibili"\n[ja]\nline = 13\n')),
        "lexicon": Reader("a.txt", read_lexicon, (_LEXICON.encode(),)),
        "stage": Reader("a.json", _stage, (_STAGE,)),
        "table": Reader("a.npy", _rows, (_table(),)),
        "tokenizer": Reader("tokenizer.json", _tokenizer, (_TOKENIZER,)),
        "recording": Reader("a.mkv", _recording, _sounds()),
    }
