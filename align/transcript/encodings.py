"""Bytes to text: UTF-8, UTF-16, GB18030, Big5 and Windows-1252, with or without a byte order mark."""

from __future__ import annotations

import codecs
import re
import unicodedata
from pathlib import Path

from align.core.errors import InputError
from align.core.file_kinds import MEDIA, kind_of

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""UTF-32's mark comes first, since it begins with UTF-16's."""
_GUESSES = ("gb18030", "utf-16-le", "utf-16-be", "big5hkscs", "cp1252")
_COMMON = frozenset(
    "的一是不了在人有我他大上中到出也和你就能好可以 \n，。,.?？：:abcdefghijklmnopqrstuvwxyz0123456789"
)
"""More than a tenth of any real text; in text decoded wrongly they are as rare as any other character."""
_BINARY = 0.01
"""Share of zero bytes above which bytes that fit no encoding are called binary."""
_ARCHIVES = (
    (b"opendocument", "an OpenDocument file"),
    (b"xl/workbook", "an Excel file"),
    (b"ppt/presentation", "a PowerPoint file"),
    (b"application/epub", "an e-book (EPUB)"),
)
"""Other documents in ZIP archives, by what stands in or is listed at the ends of them."""


def decode(data: bytes, path: Path) -> str:
    """Text of `data`, without a byte order mark.

    Raises:
        InputError: it is no text, or no encoding fits; `path` is named, and the first byte that does not fit.
    """
    _refuse_other_kinds(data, path)
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data, encoding, path)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _other_encoding(data, error, path)
    return _without_nulls(text, data, path)


def _refuse_other_kinds(data: bytes, path: Path) -> None:
    if data.startswith(b"PK\x03\x04"):
        for mark, kind in _ARCHIVES:
            if mark in data[:4096] or mark in data[-65536:]:
                raise InputError(path, f"is {kind}, which is not read; save it as DOCX, CSV or plain text")
        raise InputError(
            path, "is a ZIP archive without a Word document; save the text as DOCX or as plain text"
        )
    kind = kind_of(data)
    if kind == MEDIA:
        raise InputError(path, f"is {kind}, not text; where a command takes both, the recording comes first")
    if kind:
        raise InputError(path, f"is {kind}, which is not read; save it as DOCX or as plain text")


def _strict(data: bytes, encoding: str, path: Path) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        name = encoding.removesuffix("-sig").upper()
        raise InputError(
            path,
            f"begins as {name} and is damaged at byte {error.start}; fix it or save it again as UTF-8",
        ) from error


def _without_nulls(text: str, data: bytes, path: Path) -> str:
    """`text`, unless NUL characters betray UTF-16 without a mark (Latin letters) or a binary file."""
    if "\0" not in text:
        return text
    best = _best_guess(data, ("utf-16-le", "utf-16-be"))
    if best is None or _share_of_common(best) <= _share_of_common(text):
        raise _binary(data, path)
    return best


def _other_encoding(data: bytes, error: UnicodeDecodeError, path: Path) -> str:
    """Text in an encoding that fits; in damaged UTF-8 most characters are still good."""
    lenient = data.decode("utf-8", errors="replace")
    damaged = lenient.count("\ufffd") < sum(char > "\x7f" for char in lenient) / 2
    best = None if damaged else _best_guess(data, _GUESSES)
    if best is not None and _is_plausible(best):
        return best
    if data.count(0) > _BINARY * len(data):
        raise _binary(data, path) from error
    raise InputError(
        path,
        f"cannot be decoded: byte {error.start} is not UTF-8, and none of UTF-16, GB18030, Big5 and "
        "Windows-1252 fits; fix that byte or save the file again as UTF-8",
    ) from error


def _binary(data: bytes, path: Path) -> InputError:
    return InputError(
        path, f"is a binary file (byte {data.index(0)} is zero), not a transcript; give a text file"
    )


def _best_guess(data: bytes, encodings: tuple[str, ...]) -> str | None:
    """The decoding with the largest share of common characters; the first named wins a draw."""
    texts = []
    for encoding in encodings:
        try:
            texts.append(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    return max(filter(_is_text, texts), key=_share_of_common, default=None)


_WESTERN = (
    "àâæçéèêëîïôœùûüÿñáíóúö",
    "äöüßéèàáñç",
    "áéíóúüñçàèòï",
    "àáâãçéêíóôõúü",
    "àèéìíîòóùú",
    "åäöæøéèüáðþýóúí",
)
"""The letters of French, German, Spanish and Catalan, Portuguese, Italian, and the Nordic languages."""
_WESTERN_MARKS = frozenset("€‚ƒ„…†‡ˆ‰‹‘’“”•–—˜™›¡¢£¥§©ª«¬®°±²³´µ¶·¸¹º»¼½¾¿×÷\xa0")


def _is_plausible(text: str) -> bool:
    """Whether a guess is what people write, and not another encoding of eight bits read as this one.

    In text of Windows-1252 all letters beyond ASCII are of one language, and signs such as ³ do not stand
    inside words, as they do in Polish read so. Han characters do not stand inside words in Latin letters.
    """
    letters = {char for char in text.casefold() if char > "\x7f" and char not in _WESTERN_MARKS}
    if all(ord(char) < 0x250 for char in letters):
        inside = re.search(r"[^\W\d_][¹²³¼½¾¿¡£¥§©ª«¬®±µ¶·¸º»×÷†‡ˆ˜][^\W\d_]", text)
        return inside is None and any(letters <= set(alphabet) for alphabet in _WESTERN)
    if all(char.isascii() or char.isspace() for char in text[:2000]):
        return True
    glued = len(re.findall(r"[A-Za-z][\u3400-\u9fff][A-Za-z]", text))
    han = len(re.findall(r"[\u3400-\u9fff]", text))
    return glued <= 0.2 * han


def _is_text(text: str) -> bool:
    """Whether every character has a meaning: none is a control, private or unassigned."""
    return all(char.isspace() or unicodedata.category(char) not in ("Cc", "Co", "Cn") for char in text)


def _share_of_common(text: str) -> float:
    return sum(char in _COMMON for char in text) / max(1, len(text))
