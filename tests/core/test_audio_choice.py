"""The choice of what is heard, through alignment.json and back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from align.core.audio_choice import DEFAULT_CHOICE, AudioChoice, choice_document, stored_choice
from align.core.errors import InputError

PATH = Path("talk.alignment.json")


@pytest.mark.parametrize("choice", [DEFAULT_CHOICE, AudioChoice(1, 0, "cut", True)])
def test_a_choice_is_read_as_it_was_written(choice: AudioChoice) -> None:
    assert stored_choice(json.loads(json.dumps({"audio": choice_document(choice)})), PATH) == choice


def test_without_a_choice_the_default_was_heard() -> None:
    assert stored_choice({}, PATH) == DEFAULT_CHOICE


def test_a_wrong_choice_is_refused_with_its_place() -> None:
    with pytest.raises(InputError, match="/options/audio/track is a text; write a whole number"):
        stored_choice({"audio": {**choice_document(DEFAULT_CHOICE), "track": "1"}}, PATH)
