"""Documents of older versions, written by the align of their time: read, and shown as that showed them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from align.core.errors import InputError
from align.result.alignment_json import VERSION, dump, load, read
from align.result.versions import NEWEST, upgraded

OLDER = range(1, VERSION)


def path_of(version: int) -> Path:
    """The opening of the demo, as `align run` of that version wrote it."""
    return Path(__file__).parents[1] / "data" / "alignments" / f"version-{version}.alignment.json"


@pytest.mark.parametrize("version", OLDER)
def test_an_older_document_is_read_and_written_in_the_newest_version(version: int) -> None:
    assert json.loads(path_of(version).read_text("utf-8"))["version"] == version
    result = load(path_of(version))
    assert read(dump(result).encode(), Path("x.json")) == result
    assert json.loads(dump(result))["version"] == VERSION == NEWEST
    assert "".join(one.text for one in result.phrases).endswith("也是我们视频的主理人。")
    assert all(one.span and one.speaker == "陈倩" for one in result.alignment.tokens)


@pytest.mark.parametrize("version", OLDER)
def test_nothing_that_an_older_document_says_is_changed(version: int) -> None:
    before = json.loads(path_of(version).read_text("utf-8"))
    after = upgraded(before, version)
    assert after["version"] == VERSION
    for field in before.keys() - {"version", "turns", "tokens", "mismatches"}:
        assert after[field] == before[field]
    for field in ("turns", "tokens", "mismatches"):
        rows = after[field]
        assert isinstance(rows, list)
        for old, new in zip(before[field], rows, strict=True):
            assert old.items() <= new.items()


def test_what_a_version_did_not_have_is_added_as_it_was_then() -> None:
    first = load(path_of(1))
    assert (first.clean, first.script, first.glossary) == ("off", "as-is", None)
    assert not any(turn.hidden or turn.corrections for turn in first.turns)
    assert load(path_of(2)).name_proposals == ()
    assert load(path_of(2)).alignment.overlaps == ()
    assert load(path_of(3)).speaker_names == ()
    assert all(one.alternatives == () for one in load(path_of(4)).mismatches)


@pytest.mark.parametrize("version", OLDER)
@pytest.mark.parametrize("field", ["turns", "tokens", "phrases", "models"])
@pytest.mark.parametrize("value", [None, 7, [7], {"a": []}])
def test_a_spoiled_older_document_is_refused_with_its_place(version: int, field: str, value: object) -> None:
    document = json.loads(path_of(version).read_text("utf-8")) | {field: value}
    with pytest.raises(InputError, match=f"x.json: /{field}"):
        read(json.dumps(document).encode(), Path("x.json"))
