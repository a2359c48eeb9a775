"""The pages: their links lead somewhere, their commands parse, and the README stays short."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import click
import pytest

from align.cli.main import cli

ROOT = Path(__file__).parents[1]
PAGES = [
    ROOT / name
    for name in subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=True,
    ).stdout.split("\0")
    if name and (ROOT / name).is_file() and not name.startswith("tests/")
]  # fmt: skip
FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"")
SCRIPT = re.compile(r"\b(?:scripts|seeds|tests)/[\w./-]*\w")
README_WORDS = 700
relative = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())


@relative
def test_every_relative_link_resolves(page: Path) -> None:
    text = re.sub(r"`[^`\n]*`", "", FENCE.sub("", page.read_text("utf-8")))
    targets = [markdown or html for markdown, html in LINK.findall(text)]
    broken = [
        target for target in targets if not re.match(r"[a-z]+:", target) and not _resolves(page, target)
    ]
    assert broken == []


@relative
def test_every_command_on_a_page_parses(page: Path) -> None:
    for language, block in FENCE.findall(page.read_text("utf-8")):
        for line in block.splitlines() if language == "bash" else ():
            words = shlex.split(line, comments=True)
            if words[:1] in (["align"], [".venv/bin/align"]):
                _parse(cli, words[1:])


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_the_scripts_and_seeds_that_a_page_names_exist(name: str) -> None:
    named = SCRIPT.findall((ROOT / name).read_text("utf-8"))
    assert [path for path in named if "NAME" not in path and not (ROOT / path).exists()] == []


def test_every_script_is_described_for_contributors() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    scripts = [path.name for path in (ROOT / "scripts").iterdir() if path.is_file() and not path.suffix]
    internal = {"install", "python"}
    assert [name for name in scripts if name not in internal and f"scripts/{name}" not in text] == []


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").split()) <= README_WORDS


def _resolves(page: Path, target: str) -> bool:
    """Whether a relative link leads to a file or folder of the repository and, in Markdown, to a heading."""
    name, _, anchor = target.partition("#")
    path = page.parent / name if name else page
    if not path.exists() or not path.resolve().is_relative_to(ROOT):
        return False
    return not anchor or path.suffix != ".md" or anchor in _anchors(path.read_text("utf-8"))


def _anchors(text: str) -> set[str]:
    """The anchors that GitHub gives to the headings of a page."""
    headings = re.findall(r"^#+ +(.*)$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def _parse(command: click.Command, words: list[str]) -> None:
    """Let click read a command line without running it."""
    context = click.Context(command, info_name=command.name, **command.context_settings)
    while isinstance(command, click.Group):
        command, words = command.commands[words[0]], words[1:]
    command.make_context(command.name, words, parent=context)
