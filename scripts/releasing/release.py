"""Build a release and try it as its users will; nothing is uploaded, tagged or signed."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from align.core.version import __version__
from scripts.releasing.environments import CONSTRAINTS, ROOT, Environment, make, output, pip_install, run

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

DIST = ROOT / "dist"
PYTHONS = ("3.10", "3.11", "3.12", "3.13")
TOOLS = ("build==1.6.1", "twine==7.0.0", "check-wheel-contents==0.6.3", "uv==0.13.9")
EXTRA_COMMANDS = {
    "plot": ("plot", "--help"),
    "review": ("review", "--help"),
    "mcp": ("mcp", "--help"),
}
"""For some extras a command that must start with it alone."""


def notes(changelog: str, version: str) -> str:
    """The section of a version in CHANGELOG.md, without its heading.

    Raises:
        ValueError: there is none, or it is empty.
    """
    found = re.search(
        rf"^## \[{re.escape(version)}\][^\n]*\n(.*?)(?=^## \[|\Z)", changelog, re.DOTALL | re.MULTILINE
    )
    if found is None or not found[1].strip():
        raise ValueError(f"CHANGELOG.md has no section for {version}; move what is under Unreleased there")
    return found[1].strip() + "\n"


def extras() -> tuple[str, ...]:
    """The extras that users install, as pyproject.toml has them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return tuple(name for name in project["optional-dependencies"] if name not in ("all", "dev"))


def build(tools: Environment) -> tuple[Path, Path]:
    """Build wheel and sdist into dist/, check both, and return them."""
    shutil.rmtree(DIST, ignore_errors=True)
    run([tools.python, "-m", "build", "--outdir", DIST, ROOT])
    (wheel,), (sdist,) = DIST.glob("*.whl"), DIST.glob("*.tar.gz")
    run([tools.python, "-m", "twine", "check", "--strict", wheel, sdist])
    run([tools.commands / "check-wheel-contents", wheel])
    return wheel, sdist


def works(environment: Environment, *commands: Sequence[str]) -> None:
    """Run what must work in any environment, and more commands of `align`.

    Raises:
        RuntimeError: something does not work.
    """
    align = environment.commands / "align"
    if output([align, "--version"]) != f"align, version {__version__}\n":
        raise RuntimeError(f"{align} is not of version {__version__}")
    run([align, "doctor", "--json"])
    run([align, "inspect", ROOT / "seeds" / "demo" / "transcript.labelled.txt"])
    for command in commands:
        run([align, *command])


@dataclass(frozen=True, slots=True)
class Attempt:
    """One way of installing.

    Attributes:
        wanted: what pip or uv is asked for.
        pinned: at the versions of constraints.txt, else at the newest ones.
        python: the interpreter of the environment.
        command: of `align`, tried besides what must always work.
    """

    title: str
    wanted: str | Path
    by_uv: bool = False
    pinned: bool = True
    python: str = sys.executable
    command: tuple[str, ...] = ()


def attempts(wheel: Path, sdist: Path, chosen: Sequence[str], pythons: Sequence[str]) -> Iterator[Attempt]:
    """Every way of installing: by pip and by uv, each extra alone, each Python."""
    yield Attempt("wheel, by pip", wheel)
    yield Attempt("wheel, by pip, newest versions", wheel, pinned=False)
    yield Attempt("wheel, by uv", wheel, by_uv=True)
    yield Attempt("sdist, by pip", sdist)
    for extra in chosen:
        yield Attempt(f"wheel[{extra}], by pip", f"{wheel}[{extra}]", command=EXTRA_COMMANDS.get(extra, ()))
    for version in pythons:
        yield Attempt(f"wheel, by pip, Python {version}", wheel, python=f"python{version}")


def tried(attempt: Attempt, folder: Path, uv: Path) -> str:
    """Install into a fresh environment, run what must work there, and tell how long and how large it was.

    Raises:
        RuntimeError: something failed.
    """
    fresh = make(folder, attempt.python)
    if attempt.by_uv:
        pins: list[str | Path] = ["-c", CONSTRAINTS] if attempt.pinned else []
        seconds = run([uv, "pip", "install", "-q", "--python", fresh.python, *pins, attempt.wanted])
    else:
        seconds = pip_install(fresh, attempt.wanted, pinned=attempt.pinned)
    works(fresh, *([attempt.command] if attempt.command else []))
    return f"{attempt.title:35} {seconds:6.0f} s {fresh.size() / 2**20:7.0f} MB"


def has_python(version: str) -> bool:
    """Whether a command such as python3.12 runs here."""
    try:
        return output([f"python{version}", "-c", "import venv, ensurepip"]) == ""
    except (OSError, RuntimeError):
        return False


@click.command()
@click.option("--extra", "chosen", multiple=True, help="Try this extra alone, in place of each of them.")
@click.option("--no-extras", is_flag=True, help="Try no extra.")
def release(chosen: tuple[str, ...], no_extras: bool) -> None:
    """Build a release into dist/ with its notes, and try every way of installing it."""
    text = notes((ROOT / "CHANGELOG.md").read_text("utf-8"), __version__)
    here = [version for version in PYTHONS if has_python(version)]
    with TemporaryDirectory(prefix="align-") as place:
        tools = make(Path(place) / "tools")
        pip_install(tools, *TOOLS, pinned=False)
        wheel, sdist = build(tools)
        (DIST / "NOTES.md").write_text(text, "utf-8")
        click.echo(f"Built and checked {wheel.name} ({wheel.stat().st_size / 1e6:.1f} MB)")
        wanted = () if no_extras else chosen or extras()
        for number, attempt in enumerate(attempts(wheel, sdist, wanted, here)):
            folder = Path(place) / str(number)
            click.echo(tried(attempt, folder, tools.commands / "uv"))
            shutil.rmtree(folder)
    for missing in sorted(set(PYTHONS) - set(here)):
        click.echo(f"Python {missing} is not on this machine and was not tried.")
    click.echo("Nothing was uploaded. To publish, push the tag: the workflow `publish` does the rest.")


if __name__ == "__main__":
    release()
