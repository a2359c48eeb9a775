"""What a reviewer put right becomes a glossary."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from align.cli.main import cli
from align.export.options import FileOptions
from align.export.write import write_all
from align.review.decisions.decide import Choose, EditText, Judge
from align.review.decisions.to_glossary import corrected_words, glossary_with
from align.review.output import ReviewFiles
from align.review.session import Session
from align.transcript.cleaning.glossary import parse_glossary
from tests.review.decisions.made import OPTIONS, made, stand_in, with_mismatches, wrong_word


@pytest.fixture
def alignment(tmp_path: Path) -> Path:
    """A review in which two suspected words are put right, one is kept, and the first two are applied."""
    result = made()
    suspected = with_mismatches(
        result, wrong_word(result, 60, 62, "长尾"), wrong_word(result, 90, 92, "Ethan"),
        wrong_word(result, 120, 122, "联储"),
    )  # fmt: skip
    write_all(suspected, tmp_path, ["usual"], OPTIONS)
    path = tmp_path / "livestream.alignment.json"
    session = Session(ReviewFiles(path, None, OPTIONS, FileOptions(), lambda _: None), stand_in())
    first, second, third = session.reviewed.entries
    session.decide(0, Choose(first, 0))
    session.decide(1, Judge(third, "keep"))
    session.apply(2)
    (second,) = (one.id for one in session.reviewed.entries.values() if "Ethan" in one.mismatch.alternatives)
    session.decide(3, EditText(second, "Ethan Xu"))
    session.close()
    return path


def test_words_that_were_put_right_are_found_whether_applied_or_not(alignment: Path) -> None:
    assert list(corrected_words(alignment)) == ["长尾", "Ethan Xu"]


def test_the_command_adds_them_to_a_glossary(alignment: Path, tmp_path: Path) -> None:
    own = tmp_path / "show.toml"
    own.write_text('[[term]]\ntext = "Ethan Xu"\n', "utf-8")
    arguments = ["glossary", "from-review", str(alignment), "--glossary", str(own), "-o", str(own)]
    assert CliRunner().invoke(cli, arguments).exit_code
    CliRunner().invoke(cli, [*arguments, "--overwrite"], catch_exceptions=False)
    read = parse_glossary(own.read_bytes(), own)
    assert [term.text for term in read.terms] == ["Ethan Xu", "长尾"]


def test_a_word_that_is_right_elsewhere_is_no_garbled_form() -> None:
    text = glossary_with({"缺电": ("确电", "缺点"), 'Quote"': ("伊than",)}, parse_glossary(b"", Path("x")))
    terms = parse_glossary(text.encode(), Path("x")).terms
    assert [(term.text, term.garbled) for term in terms] == [("缺电", ("确电",)), ('Quote"', ("伊than",))]
