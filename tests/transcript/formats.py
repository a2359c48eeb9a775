"""What the tests of formats share: a file in a folder, read, and who says what in it."""

from __future__ import annotations

from pathlib import Path

from align.transcript.passages import Document
from align.transcript.read import Reading, read_document

TWO = [("陈倩", "大家好，欢迎收听。"), ("Bruce", "谢谢，很高兴来到这里。"), ("陈倩", "我们开始吧。")]
ENGLISH = [
    ("Ann Lee", "Good morning everyone."),
    ("Bob", "Yes, let us start."),
    ("Ann Lee", "Thank you all."),
]


def read(folder: Path, name: str, content: str | bytes, reading: Reading | None = None) -> Document:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return read_document(path, reading or Reading())


def said(document: Document) -> list[tuple[str | None, str]]:
    return [(passage.speaker, " ".join(part.said for part in passage.parts)) for passage in document.passages]
