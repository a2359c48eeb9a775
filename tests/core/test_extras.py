"""The command that installs an extra depends on how align was installed."""

from __future__ import annotations

import json
from importlib import metadata

import pytest

from align.core.extras import install_command, missing_package


class Installed:
    """A distribution with the two files that its installer leaves."""

    def __init__(self, installer: str, origin: dict[str, object] | None) -> None:
        self.files = {"INSTALLER": installer, "direct_url.json": json.dumps(origin) if origin else None}

    def read_text(self, name: str) -> str | None:
        return self.files[name]


@pytest.mark.parametrize(
    ("installer", "origin", "command"),
    [
        ("pip\n", None, "pip install 'align-subtitles[plot]'"),
        ("uv", None, "uv pip install 'align-subtitles[plot]'"),
        ("pip\n", {"url": "file:///a/b", "dir_info": {"editable": True}}, "pip install -e '/a/b[plot]'"),
        ("pip\n", {"url": "file:///a%20b", "dir_info": {"editable": True}}, "pip install -e '/a b[plot]'"),
        ("pip\n", {"url": "file:///a/b"}, "pip install 'align-subtitles[plot] @ file:///a/b'"),
        (
            "pip\n",
            {"url": "file:///c/align_subtitles-0.2.0-py3-none-any.whl", "archive_info": {}},
            "pip install 'align-subtitles[plot] @ file:///c/align_subtitles-0.2.0-py3-none-any.whl'",
        ),
    ],
)
def test_the_command_names_what_was_installed(
    installer: str, origin: dict[str, object] | None, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metadata, "distribution", lambda name: Installed(installer, origin))
    assert install_command("plot") == command


def test_in_a_folder_that_was_never_installed_the_folder_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "distribution", absent)
    assert install_command("plot") == "pip install '.[plot]'"


def test_the_error_says_what_to_install_and_what_to_do_without_it() -> None:
    error = missing_package("matplotlib", "plot", "leave it out")
    assert str(error).startswith("matplotlib: is not installed; install it with: ")
    assert "[plot]" in str(error)
    assert str(error).endswith(", or leave it out")
    assert error.exit_code == 4
