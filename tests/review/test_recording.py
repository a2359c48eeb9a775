from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from align.audio.decode import read_audio
from align.core.errors import InputError
from align.core.types import SAMPLE_RATE, Result
from align.review.recording import recording_of
from tests.made_audio import beeps
from tests.recordings import write_sound
from tests.results import sample


@pytest.fixture
def there(tmp_path: Path) -> Result:
    """A result whose recording lies in the folder."""
    path = write_sound(tmp_path / "talk.wav", beeps(2, SAMPLE_RATE, (0.5,)))
    return replace(sample(), audio="talk.wav", audio_digest=read_audio(path).digest)


def test_the_recording_is_found_under_its_name_or_where_the_user_says(there: Result, tmp_path: Path) -> None:
    found = recording_of(there, tmp_path)
    assert found is not None
    assert found.digest == there.audio_digest
    moved = (tmp_path / "talk.wav").rename(tmp_path / "moved.wav")
    assert recording_of(there, tmp_path) is None
    assert recording_of(there, tmp_path, moved) is not None


def test_other_sound_is_not_taken_for_it(there: Result, tmp_path: Path) -> None:
    other = write_sound(tmp_path / "talk.wav", beeps(2, SAMPLE_RATE, (0.6,)))
    assert recording_of(there, tmp_path) is None
    with pytest.raises(InputError, match=r"is not talk\.wav that was aligned; name that"):
        recording_of(there, tmp_path, other)


def test_a_file_that_is_no_recording_matters_only_when_it_was_named(there: Result, tmp_path: Path) -> None:
    (tmp_path / "talk.wav").write_text("no sound")
    assert recording_of(there, tmp_path) is None
    with pytest.raises(InputError, match="not a recording"):
        recording_of(there, tmp_path, tmp_path / "talk.wav")


def test_a_name_leads_to_no_other_folder(there: Result, tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    assert recording_of(replace(there, audio="../talk.wav"), tmp_path / "inside") is None
