"""Write XML, with the standard library's escapes, whatever the text is."""

from __future__ import annotations

import re
from xml.etree import ElementTree

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 forbids in every form: control characters, half surrogates, U+FFFE and U+FFFF."""


def legal(text: str) -> str:
    """`text` without the characters that no XML 1.0 document may hold."""
    return _ILLEGAL.sub("", text)


def legal_line(text: str) -> str:
    """The same on one line, for a format that has no other."""
    return " ".join(legal(text).split())


def element(
    tag: str, attributes: dict[str, str] | None = None, *children: ElementTree.Element, text: str = ""
) -> ElementTree.Element:
    """An element with its text and its children."""
    made = ElementTree.Element(tag, {name: legal(value) for name, value in (attributes or {}).items()})
    made.text = legal(text) or None
    made.extend(children)
    return made


def as_document(root: ElementTree.Element, doctype: str = "", inline: str = "") -> str:
    """The root as a whole document, an element a line.

    Args:
        doctype: the name in a document type declaration, "" for none.
        inline: a tag whose content stays on its line, since white space would be shown there.
    """
    ElementTree.indent(root)
    for whole in root.iter(inline) if inline else ():
        for inside in whole.iter():
            inside.text = _without_blank(inside.text)
            if inside is not whole:
                inside.tail = _without_blank(inside.tail)
    declared = f"<!DOCTYPE {doctype}>\n" if doctype else ""
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{declared}{body}\n'


def _without_blank(text: str | None) -> str | None:
    return text if text and text.strip() else None
