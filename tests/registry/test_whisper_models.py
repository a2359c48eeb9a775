from __future__ import annotations

from pathlib import Path

import pytest

from align.core.errors import ModelError
from align.registry.locations import ModelLocations
from align.registry.whisper_models import whisper_folder


@pytest.mark.parametrize("choice", ["base", "whisper-base"])
def test_base_is_the_pinned_model(locations: ModelLocations, choice: str) -> None:
    with pytest.raises(ModelError, match=r"whisper-base: config\.json is missing"):
        whisper_folder(choice, offline=True, locations=locations)


def test_a_folder_with_a_converted_model_is_taken_as_it_is(tmp_path: Path, locations: ModelLocations) -> None:
    for name in ("model.bin", "config.json", "tokenizer.json", "vocabulary.json"):
        (tmp_path / name).touch()
    assert whisper_folder(str(tmp_path), locations=locations) == tmp_path


@pytest.mark.parametrize("lacking", ["model.bin", "tokenizer.json", "vocabulary.txt"])
def test_a_folder_that_lacks_a_file_is_refused_by_its_name(
    tmp_path: Path, locations: ModelLocations, lacking: str
) -> None:
    for name in {"model.bin", "config.json", "tokenizer.json", "vocabulary.txt"} - {lacking}:
        (tmp_path / name).touch()
    with pytest.raises(ModelError, match=f"lacks {lacking}"):
        whisper_folder(str(tmp_path), locations=locations)


def test_a_path_that_is_no_folder_is_refused(tmp_path: Path, locations: ModelLocations) -> None:
    with pytest.raises(ModelError, match="is not a folder"):
        whisper_folder(str(tmp_path / "gone"), locations=locations)


def test_a_size_that_is_not_here_is_said_to_be_unverified_and_not_to_be_had(
    locations: ModelLocations,
) -> None:
    said: list[str] = []
    with pytest.raises(ModelError, match="large-v3: is not on this machine"):
        whisper_folder("large-v3", announce=said.append, locations=locations)
    assert "unverified" in said[0]


def test_an_unknown_size_lists_the_known_ones(locations: ModelLocations) -> None:
    with pytest.raises(ModelError, match=r"huge: is not a Whisper model; .*large-v3"):
        whisper_folder("huge", locations=locations)
