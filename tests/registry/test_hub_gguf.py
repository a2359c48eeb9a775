"""A model that align does not pin: the hub's checksum is taken once, and holds from then on."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from align.core.errors import ModelError
from align.registry.hub_gguf import hub_gguf, is_on_hub, named_translators
from align.registry.huggingface import answers
from align.registry.locations import ModelLocations
from tests.registry.served import LocalHub, serving

CONTENT = b"GGUF" + bytes(1000)
FILE = "small-Q4_K_M.gguf"


def listing(*names: str, content: bytes = CONTENT) -> bytes:
    lfs = {"oid": hashlib.sha256(content).hexdigest(), "size": len(content)}
    return json.dumps([{"path": "README.md"}, *({"path": name, "lfs": lfs} for name in names)]).encode()


def hub_with(*names: str, content: bytes = CONTENT) -> LocalHub:
    served = {"api/models/maker/small/tree/main": listing(*names)}
    return LocalHub(served | {f"maker/small/resolve/main/{name}": content for name in names})


def test_the_first_download_keeps_the_checksum_and_the_next_run_needs_no_hub(
    locations: ModelLocations,
) -> None:
    said: list[str] = []
    with serving(hub_with(FILE, "small-Q8_0.gguf")) as hub:
        answers.cache_clear()
        here = replace(locations, hub=hub.endpoint)
        path = hub_gguf("maker/small", announce=said.append, locations=here)
    assert path.read_bytes() == CONTENT
    assert "keeps the hub's from now on" in said[0]
    assert hub_gguf("maker/small", offline=True, locations=locations) == path


def test_other_bytes_than_before_are_refused(locations: ModelLocations) -> None:
    with serving(hub_with(FILE)) as hub:
        answers.cache_clear()
        here = replace(locations, hub=hub.endpoint)
        hub_gguf("maker/small:Q4_K_M", locations=here).unlink()
        hub.served[f"maker/small/resolve/main/{FILE}"] = b"GGUF" + b"x" * 1000
        with pytest.raises(ModelError, match="is damaged: its SHA-256 is"):
            hub_gguf("maker/small", locations=here)


@pytest.mark.parametrize("names", [(), ("a-Q4_K_M.gguf", "b-Q4_K_M.gguf"), ("small-Q8_0.gguf",)])
def test_what_the_hub_has_is_listed_where_the_choice_is_not_clear(
    locations: ModelLocations, names: tuple[str, ...]
) -> None:
    with serving(hub_with(*names)) as hub:
        answers.cache_clear()
        with pytest.raises(ModelError, match="has no single GGUF file for Q4_K_M") as raised:
            hub_gguf("maker/small", locations=replace(locations, hub=hub.endpoint))
    assert all(name in str(raised.value) for name in names)


def test_without_the_hub_and_with_an_unknown_name_the_message_says_so(locations: ModelLocations) -> None:
    with pytest.raises(ModelError, match="the hub cannot be reached"):
        hub_gguf("maker/small", locations=locations)
    with serving(LocalHub({})) as hub:
        answers.cache_clear()
        with pytest.raises(ModelError, match=r"maker/small: is not on the hub \(404\)"):
            hub_gguf("maker/small", locations=replace(locations, hub=hub.endpoint))


def test_a_name_on_the_hub_is_no_path(tmp_path: Path) -> None:
    assert is_on_hub("maker/small")
    assert is_on_hub("maker/small:Q8_0")
    assert not is_on_hub("models/small.gguf")
    assert not is_on_hub(str(tmp_path / "small"))


def test_the_named_models_are_on_the_hub() -> None:
    named = named_translators()
    assert [one.name for one in named] == ["hy-mt2-1.8b", "qwen3-4b-instruct-2507", "hy-mt2-7b"]
    assert all(is_on_hub(one.hub) for one in named)
