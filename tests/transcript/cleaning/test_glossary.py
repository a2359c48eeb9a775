"""The user's names and terms."""

from __future__ import annotations

from pathlib import Path

import pytest

from align.core.errors import InputError
from align.transcript.cleaning.glossary import EMPTY, Glossary, Term, read_glossary
from align.transcript.text_edits import apply_edits, make_edits

SEED = Path(__file__).parents[3] / "seeds" / "glossary.toml"


def mended(text: str, *terms: Term) -> str:
    return apply_edits(text, make_edits(text, Glossary(terms).rule(text), "glossary"))


def written(content: str, folder: Path) -> Path:
    path = folder / "show.toml"
    path.write_text(content, encoding="utf-8")
    return path


ETHAN = Term("Ethan", ("伊than", "一心", "伊森"), english="Ethan")


def test_a_garbling_becomes_the_term() -> None:
    assert mended("伊than和伊森，还有一心。", ETHAN) == "Ethan和Ethan，还有Ethan。"


def test_a_term_is_written_as_the_glossary_has_it() -> None:
    assert mended("跟OPEN AI和 openai谈", Term("OpenAI", ("open ai",))) == "跟OpenAI和 OpenAI谈"


def test_only_whole_words_are_changed() -> None:
    assert mended("他一心一意", ETHAN) == "他一心一意"
    assert mended("brain AIr BAI", Term("Artificial", ("AI",))) == "brain AIr BAI"


def test_the_longest_garbling_wins() -> None:
    bruce, other = Term("Bruce", ("bu ce",)), Term("bubble", ("bu",))
    assert mended("bu ce说经历了bu", bruce, other) == "Bruce说经历了bubble"


def test_a_term_that_holds_its_garbling_is_not_changed_again() -> None:
    assert mended("任洋和阿任洋", Term("阿任洋", ("任洋",))) == "阿任洋和阿任洋"


def test_translations_are_for_one_language_and_longest_first() -> None:
    glossary = Glossary(
        (
            Term("任洋", english="Ren Yang"),
            Term("欧阳任洋", english="Ouyang Renyang"),
            Term("Fed", chinese="联储"),
        )
    )
    assert glossary.translations("en") == (("欧阳任洋", "Ouyang Renyang"), ("任洋", "Ren Yang"))
    assert glossary.translations("zh") == (("Fed", "联储"),)


def test_the_example_of_the_documentation_is_read(tmp_path: Path) -> None:
    page = (SEED.parents[1] / "docs" / "guides" / "cleaning.md").read_text(encoding="utf-8")
    example = page.partition("```toml\n")[2].partition("```")[0]
    glossary = read_glossary(written(example, tmp_path))
    assert [(term.text, term.alike) for term in glossary.terms] == [("Ethan", None), ("任洋", 90)]


def test_an_empty_glossary_changes_nothing() -> None:
    assert list(EMPTY.rule("伊than")) == []


def test_the_glossary_of_the_seed_is_read() -> None:
    glossary = read_glossary(SEED)
    assert glossary.written["伊than"] == "Ethan"
    assert glossary.digest is not None
    assert dict(glossary.translations("en"))["任洋"] == "Ren Yang"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("term = ", "is not TOML"),
        ("[names]\na = 1\n", "'names' does not belong in a glossary; write [[term]] tables"),
        ("[term]\ntext = 'a'\n", "has no list of terms; write [[term]] above each"),
        ("[[term]]\nenglish = 'a'\n", "term 1 has no text"),
        ("[[term]]\ntext = ' a'\n", "term 1 has no text"),
        ("[[term]]\ntext = 'a'\n[[term]]\ntext = 'b'\nwrong = 'c'\n", "term 2 has the unknown field 'wrong'"),
        ("[[term]]\ntext = 'a'\ngarbled = 'b'\n", "term 1 (a): garbled is not a list of texts"),
        ("[[term]]\ntext = 'a'\nenglish = 1\n", "term 1 (a): english is not a text"),
        ("[[term]]\ntext = 'a'\nalike = 20\n", "term 1 (a): alike is 20; write a number from 50 to 100"),
        ("[[term]]\ntext = 'a'\ngarbled = ['x']\n[[term]]\ntext = 'X'\n", "'X' stands for a and for X"),
    ],
)  # fmt: skip
def test_a_glossary_that_makes_no_sense(content: str, sentence: str, tmp_path: Path) -> None:
    path = written(content, tmp_path)
    with pytest.raises(InputError) as error:
        read_glossary(path)
    assert str(path) in str(error.value)
    assert sentence in str(error.value)


def test_a_glossary_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="name a glossary that exists"):
        read_glossary(tmp_path / "none.toml")
    path = tmp_path / "bytes.toml"
    path.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(InputError, match="save it as UTF-8"):
        read_glossary(path)
