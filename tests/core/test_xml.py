from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from align.core.xml import as_document, element, legal, legal_line


def test_a_document_is_an_element_a_line() -> None:
    root = element("a", {"b": '"<&>'}, element("c", text="<&>"), element("d"))
    assert as_document(root, "a") == (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE a>\n'
        '<a b="&quot;&lt;&amp;&gt;">\n  <c>&lt;&amp;&gt;</c>\n  <d />\n</a>\n'
    )


def test_where_white_space_would_be_shown_there_is_none() -> None:
    root = element(
        "a", {}, element("p", {}, element("s", {}, element("t", text="x")), element("s", text="y"))
    )
    assert as_document(root, inline="p").endswith("<a>\n  <p><s><t>x</t></s><s>y</s></p>\n</a>\n")


@given(st.text(st.characters()))
def test_any_text_is_read_as_it_was_but_for_what_xml_forbids(text: str) -> None:
    read = ElementTree.fromstring(as_document(element("a", {"b": text}, text=text)).encode("utf-8"))
    assert (read.text or "") == legal(text).replace("\r\n", "\n").replace("\r", "\n")
    assert legal(legal(text)) == legal(text)
    assert len(legal_line(text).splitlines()) <= 1
    assert not set(legal(text)) & {"\0", "\x0b", "\ufffe", "\uffff", "\ud800"}
