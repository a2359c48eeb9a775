from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from align.registry.locations import HUB, ModelLocations, cache_folder, home_of, places_from
from align.registry.manifest import Package, find


def test_an_empty_environment_means_the_users_cache_and_the_hub() -> None:
    assert places_from({}) == ModelLocations(cache=cache_folder(), local=(), hub=HUB)
    assert cache_folder().name == "models"


def test_the_environment_chooses_the_cache_the_folders_and_the_mirror() -> None:
    environment = {
        "ALIGN_MODELS": "chosen",
        "ALIGN_MODEL_PATH": os.pathsep.join(["one", "", "two"]),
        "HF_ENDPOINT": "https://mirror.example/",
    }
    assert places_from(environment) == ModelLocations(
        Path("chosen"), (Path("one"), Path("two")), "https://mirror.example"
    )


@pytest.mark.parametrize(
    ("value", "left_alone"), [("1", True), ("true", True), ("ON", True), ("0", False), ("", False)]
)
def test_hf_hub_offline_leaves_the_hub_alone(value: str, left_alone: bool) -> None:
    assert (places_from({"HF_HUB_OFFLINE": value}).hub is None) == left_alone


def test_align_models_is_read_from_the_environment_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALIGN_MODELS", "elsewhere")
    assert cache_folder() == Path("elsewhere")
    assert places_from().cache == Path("elsewhere")


def test_a_folder_of_the_user_comes_before_the_cache(tmp_path: Path) -> None:
    places = ModelLocations(tmp_path / "cache", local=(tmp_path / "a", tmp_path / "b"))
    model = find("whisper-base")
    in_cache = home_of(model, places)
    assert in_cache is not None
    assert (in_cache.folder, in_cache.ours) == (tmp_path / "cache" / "whisper-base", True)
    (tmp_path / "b" / "whisper-base").mkdir(parents=True)
    in_b = home_of(model, places)
    assert in_b is not None
    assert (in_b.folder, in_b.ours) == (tmp_path / "b" / "whisper-base", False)
    assert "ALIGN_MODEL_PATH" in in_b.mend


def test_a_model_inside_an_installed_package_is_found_without_importing_it(places: ModelLocations) -> None:
    home = home_of(find("speech-activity"), places)
    assert home is not None
    assert (home.folder / "faster_whisper" / "assets" / "silero_vad_v6.onnx").is_file()
    assert not home.ours


def test_a_model_inside_a_package_that_is_not_installed_has_no_home(places: ModelLocations) -> None:
    absent = replace(find("speakers"), sources=(Package("no-such-package-anywhere", "1.0"),))
    assert home_of(absent, places) is None
