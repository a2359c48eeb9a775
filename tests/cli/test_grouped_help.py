from __future__ import annotations

import re

import click
import pytest

from align.cli.grouped_help import HEADINGS, OTHER, GroupedCommand
from align.cli.main import cli
from tests.conftest import Command

GROUPED = [name for name, command in cli.commands.items() if isinstance(command, GroupedCommand)]


def help_of(name: str) -> str:
    return cli.commands[name].get_help(click.Context(cli.commands[name], info_name=name, terminal_width=100))


def test_commands_with_many_options_are_grouped() -> None:
    many = {name for name, command in cli.commands.items() if len(command.params) > 20}
    assert {"run", "batch", "retime"} <= many <= set(GROUPED)


@pytest.mark.parametrize("name", GROUPED)
def test_every_option_is_listed_once(name: str) -> None:
    flags = re.findall(r"^  (?:-\w, )?(--[\w-]+)", help_of(name), re.MULTILINE)
    options = [one for one in cli.commands[name].params if isinstance(one, click.Option)]
    assert sorted(flags) == sorted([*(max(one.opts, key=len) for one in options), "--help"])
    assert not re.findall(r"^  [A-Z]+$", help_of(name), re.MULTILINE), "an argument is listed as an option"


def test_the_ten_most_used_come_first() -> None:
    first, *others = re.findall(r"^(\S.*):$", help_of("run"), re.MULTILINE)
    assert (first, others[-1]) == ("Most used", OTHER)
    assert len(HEADINGS["Most used"]) == 10


def test_every_option_of_run_but_those_about_output_has_a_heading() -> None:
    known = {name for names in HEADINGS.values() for name in names}
    options = {one.name for one in cli.commands["run"].params if isinstance(one, click.Option)}
    assert options - known == {"as_json", "quiet", "verbose"}


def test_without_arguments_align_prints_its_help(align: Command) -> None:
    bare, asked = align(), align("--help")
    assert (bare.returncode, bare.stdout) == (0, asked.stdout)
    assert bare.stdout.startswith("Usage: align")
