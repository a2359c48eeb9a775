from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from align.core.errors import ModelError
from align.registry.locations import (
    HUB,
    ModelFolder,
    ModelLocations,
    cache_folder,
    folder_of,
    locations_from,
    problem_with,
    verify_files,
)
from align.registry.model_list import Package, find
from tests.registry.served import file_of, model_of

CONTENT = bytes(range(256)) * 20


def test_an_empty_environment_means_the_users_cache_and_the_hub() -> None:
    assert locations_from({}) == ModelLocations(cache=cache_folder({}), local=(), hub=HUB)
    assert cache_folder({}).name == "models"


def test_the_environment_chooses_the_cache_the_folders_and_the_mirror() -> None:
    environment = {
        "ALIGN_MODELS": "chosen",
        "ALIGN_MODEL_PATH": os.pathsep.join(["one", "", "two"]),
        "HF_ENDPOINT": "https://mirror.example/",
    }
    assert locations_from(environment) == ModelLocations(
        Path("chosen"), (Path("one"), Path("two")), "https://mirror.example"
    )


@pytest.mark.parametrize(
    ("value", "left_alone"), [("1", True), ("true", True), ("ON", True), ("0", False), ("", False)]
)
def test_hf_hub_offline_leaves_the_hub_alone(value: str, left_alone: bool) -> None:
    assert (locations_from({"HF_HUB_OFFLINE": value}).hub is None) == left_alone


def test_align_models_is_read_from_the_environment_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALIGN_MODELS", "elsewhere")
    assert cache_folder() == Path("elsewhere")
    assert locations_from().cache == Path("elsewhere")


def test_a_folder_of_the_user_comes_before_the_cache(tmp_path: Path) -> None:
    locations = ModelLocations(tmp_path / "cache", local=(tmp_path / "a", tmp_path / "b"))
    model = find("whisper-base")
    in_cache = folder_of(model, locations)
    assert in_cache is not None
    assert (in_cache.path, in_cache.writable) == (tmp_path / "cache" / "whisper-base", True)
    (tmp_path / "b" / "whisper-base").mkdir(parents=True)
    in_b = folder_of(model, locations)
    assert in_b is not None
    assert (in_b.path, in_b.writable) == (tmp_path / "b" / "whisper-base", False)
    assert "ALIGN_MODEL_PATH" in in_b.fix


def test_a_model_inside_an_installed_package_is_found_without_importing_it(locations: ModelLocations) -> None:
    home = folder_of(find("speech-activity"), locations)
    assert home is not None
    assert (home.path / "faster_whisper" / "assets" / "silero_vad_v6.onnx").is_file()
    assert not home.writable


def test_a_model_inside_a_package_that_is_not_installed_has_no_home(locations: ModelLocations) -> None:
    absent = replace(find("speakers"), sources=(Package("no-such-package-anywhere", "1.0"),))
    assert folder_of(absent, locations) is None


def test_the_published_file_has_no_problem(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(CONTENT)
    assert problem_with(file_of("model.bin", CONTENT), path) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(position=st.integers(0, len(CONTENT) - 1), flip=st.integers(1, 255))
def test_any_changed_byte_is_found_though_size_and_date_are_the_same(
    tmp_path: Path, position: int, flip: int
) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(CONTENT)
    before = path.stat()
    changed = bytearray(CONTENT)
    changed[position] ^= flip
    path.write_bytes(changed)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert "is damaged: its SHA-256 is" in str(problem_with(file_of("model.bin", CONTENT), path))


def test_a_short_file_is_recognized_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(CONTENT[:-1])
    assert (
        problem_with(file_of("model.bin", CONTENT), path)
        == "is damaged: it has 5,119 bytes and the published file has 5,120"
    )


def test_the_first_bad_file_is_named_with_the_fix(tmp_path: Path) -> None:
    model = model_of({"good.json": b"{}", "bad.bin": CONTENT, "gone.txt": b"x"})
    home = ModelFolder(tmp_path, "run `align models pull small`", writable=True)
    (tmp_path / "good.json").write_bytes(b"{}")
    (tmp_path / "bad.bin").write_bytes(CONTENT)
    with pytest.raises(ModelError, match=r"gone\.txt: is missing; run `align models pull small`"):
        verify_files(model, home)
    (tmp_path / "bad.bin").write_bytes(b"\xff" + CONTENT[1:])
    with pytest.raises(ModelError, match=r"bad\.bin: is damaged: .*; run `align models pull small`"):
        verify_files(model, home)
