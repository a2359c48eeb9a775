"""What goes wrong on purpose: one tree, one exit code a branch."""

from __future__ import annotations

from pathlib import Path

import pytest

from align.core.errors import AlignError, InputError, ModelError, QualityError, UsageError, outcome


@pytest.mark.parametrize(
    ("cause", "code"),
    [(AlignError, 70), (QualityError, 1), (UsageError, 2), (InputError, 3), (ModelError, 4)],
)
def test_each_cause_has_its_exit_code(cause: type[AlignError], code: int) -> None:
    assert issubclass(cause, AlignError)
    assert cause.exit_code == code


def test_an_input_error_names_the_file() -> None:
    error = InputError("a/b.wav", "is empty; name a recording")
    assert str(error) == "a/b.wav: is empty; name a recording"
    assert error.path == Path("a/b.wav")


def test_a_model_error_names_the_model() -> None:
    error = ModelError("whisper-base", "is not there; pull it")
    assert str(error) == "whisper-base: is not there; pull it"
    assert error.name == "whisper-base"


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    from align.core import errors

    drawn = {
        words[0]: int(words[1])
        for line in (errors.__doc__ or "").splitlines()
        if (words := line.replace("|--", "").replace("`--", "").split()) and words[0].endswith("Error")
    }
    branches: list[type[AlignError]] = [AlignError, *AlignError.__subclasses__()]
    own = [one for one in branches if one.__module__ == errors.__name__]  # scripts have errors of their own
    assert drawn == {one.__name__: one.exit_code for one in own}


def test_a_document_begins_with_how_it_ended() -> None:
    assert outcome(None) == {"ok": True}
    error = InputError("a.wav", "is empty")
    assert outcome(error) == {"ok": False, "error": "a.wav: is empty", "exit_code": 3}
