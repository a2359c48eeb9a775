"""Words of a text that sound like others, and the parts of a text that are read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from align.proofread.chunks import chunks, keywords, odd_chunks
from align.proofread.dictionary import build_dictionary
from align.proofread.parameters import DEFAULTS
from align.proofread.places import find_places
from align.proofread.syllables import Sound

ODD = "虽然我们的深度内容还是非常有价值，然后它的长胃也很长。"
DICTIONARY = build_dictionary("主理人陈倩，主理人任洋，主理人。", ["算力租赁"])


def alternatives(text: str, word: str) -> dict[str, Sound]:
    """Those of a word of a text."""
    start = text.index(word)
    places = {(place.start, place.end): place.alternatives for place in find_places(text, DICTIONARY)}
    return dict(places[start, start + len(word)])


def test_a_word_that_no_dictionary_has_sounds_like_one_that_it_has() -> None:
    assert alternatives(ODD, "长胃")["长尾"] is Sound.SAME
    assert alternatives("美国的连署", "连署")["联署"] is Sound.SAME
    assert alternatives("市场有降期的预期", "降期")["降息"] is Sound.NEAR


def test_the_words_of_the_show_and_the_glossary_are_alternatives() -> None:
    assert alternatives("算力租领", "算力租领")["算力租赁"] is Sound.FUZZY
    assert build_dictionary("降息周期", []).counts["降息"] == 1


def test_no_word_is_its_own_alternative() -> None:
    assert all(
        ODD[place.start : place.end] not in place.alternatives for place in find_places(ODD, DICTIONARY)
    )


@given(st.text(alphabet="好，。长尾\n", max_size=3000))
def test_chunks_cover_a_text_once(text: str) -> None:
    parts = list(chunks(text))
    assert "".join(part.content[part.context :] for part in parts) == text
    for part in parts:
        assert text[part.offset :].startswith(part.content)
        assert len(part.content) - part.context <= DEFAULTS.chunk_characters


def test_odd_clauses_are_read_and_plain_ones_are_not() -> None:
    plain = "所以很多视频出来的时候，离这个热点事件就已经是三周之后了。" * 100
    text = plain + ODD + plain
    places = tuple(find_places(text, DICTIONARY))
    read = "".join(part.content[part.context :] for part in odd_chunks(text, places, DICTIONARY))
    assert "长胃" in read
    assert len(read) < len(text) / 2


def test_keywords_are_the_terms_and_the_frequent_nouns() -> None:
    assert keywords("芯片降息，市场担心，市场和芯片。", ["Oracle"]) == "Oracle，市场，芯片"
