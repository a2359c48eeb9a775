"""Write XML from any text."""

from __future__ import annotations

import re
from xml.etree import ElementTree

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 forbids even as a reference: control characters, half surrogates, U+FFFE and U+FFFF."""


def legal(text: str) -> str:
    """`text` without characters that are illegal in XML 1.0."""
    return _ILLEGAL.sub("", text)


def legal_line(text: str) -> str:
    """The same on one line."""
    return " ".join(legal(text).split())


def element(
    tag: str, attributes: dict[str, str] | None = None, *children: ElementTree.Element, text: str = ""
) -> ElementTree.Element:
    """An element with its text and its children."""
    new = ElementTree.Element(tag, {name: legal(value) for name, value in (attributes or {}).items()})
    new.text = legal(text) or None
    new.extend(children)
    return new


def as_document(root: ElementTree.Element, doctype: str = "", inline: str = "") -> str:
    """A whole document with an element on each line.

    Args:
        doctype: the name in a document type declaration, "" for none.
        inline: a tag whose content stays on its line, since white space would be shown there.
    """
    ElementTree.indent(root)
    for outer in root.iter(inline) if inline else ():
        for inner in outer.iter():
            inner.text = inner.text if inner.text and inner.text.strip() else None
            if inner is not outer:
                inner.tail = inner.tail if inner.tail and inner.tail.strip() else None
    declared = f"<!DOCTYPE {doctype}>\n" if doctype else ""
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{declared}{body}\n'
