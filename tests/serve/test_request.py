"""What other programs may ask for, and that nothing outside the folder can be named."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.core.errors import AlignError, InputError, UsageError
from align.serve.request import JobRequest, Machine, check, inside, run_options


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "root"
    folder.mkdir()
    for name in ("talk.wav", "talk.txt", "show.toml"):
        (folder / name).write_text("x", "utf-8")
    (tmp_path / "private.txt").write_text("secret", "utf-8")
    return folder


def test_a_request_becomes_the_options_of_a_run(root: Path) -> None:
    request = msgspec.json.decode(
        b'{"audio": "talk.wav", "transcript": "talk.txt", "speakers": 3, "glossary": "show.toml",'
        b'"fps": "29.97"}',
        type=JobRequest,
    )
    options = run_options(request, Machine(str(root), "cpu", 2, True))
    assert (options.speakers, options.device, options.threads, options.offline) == (3, "cpu", 2, True)
    assert options.glossary == (root / "show.toml").resolve()
    assert str(options.cues.fps) == "29.97"


@pytest.mark.parametrize(
    "path", ["../private.txt", "/etc/passwd", "a/../../private.txt", "link", "a\0b", "x/" * 3000 + "y"]
)
def test_no_path_leads_out_of_the_folder(root: Path, path: str) -> None:
    (root / "link").symlink_to(root.parent / "private.txt")
    for request in (
        JobRequest(audio=path, transcript="talk.txt"),
        JobRequest(audio="talk.wav", transcript=path),
        JobRequest(audio="talk.wav", transcript="talk.txt", lexicon=path),
    ):
        with pytest.raises(InputError):
            check(request, Machine(str(root)))


@given(st.text(min_size=1))
def test_any_text_is_a_path_inside_or_refused(path: str) -> None:
    root = Path(__file__).parent
    with suppress(InputError):
        assert inside(root, path).is_relative_to(root.resolve())


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"out": "talk.txt"}, InputError),
        ({"out": "../elsewhere"}, InputError),
        ({"audio": "missing.wav"}, InputError),
        ({"formats": ("nonsense",)}, UsageError),
        ({"fps": "many"}, UsageError),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is_read(
    root: Path, changes: dict[str, object], error: type[AlignError]
) -> None:
    request = msgspec.structs.replace(JobRequest(audio="talk.wav", transcript="talk.txt"), **changes)
    with pytest.raises(error):
        check(request, Machine(str(root)))


def test_unknown_fields_are_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="device"):
        msgspec.json.decode(b'{"audio": "a", "transcript": "b", "device": "cuda"}', type=JobRequest)
