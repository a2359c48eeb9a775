"""The tools for language models, driven by the official client of the protocol."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from align.serve.request import Machine
from align.serve.tools import tool_server
from tests.conftest import ROOT, Talk
from tests.serve import event_loop

mcp = pytest.importorskip("mcp")

Use = Callable[[Any], Coroutine[Any, Any, None]]


@pytest.fixture
def folder(done: Path, talk: Talk, tmp_path: Path) -> Path:
    """The files of a run, with the recording and the transcript beside them."""
    for path in (*done.iterdir(), talk.audio, talk.transcript):
        shutil.copy2(path, tmp_path / path.name)
    return tmp_path


def used(folder: Path, use: Use) -> None:
    """Use the tools in one process, through the protocol's own transport."""

    async def body() -> None:
        async with mcp.Client(tool_server(Machine(str(folder), "cpu", 1, True))) as client:
            await use(client)

    event_loop.run(body())


async def call(client: Any, name: str, **arguments: Any) -> dict[str, Any]:
    answer = await client.call_tool(name, arguments)
    assert not answer.is_error, answer.content[0].text
    document: dict[str, Any] = json.loads(answer.content[0].text)
    return document


async def refused(client: Any, name: str, **arguments: Any) -> str:
    answer = await client.call_tool(name, arguments)
    assert answer.is_error
    return str(answer.content[0].text)


def test_inspect_list_decide_apply_and_export(folder: Path, talk: Talk) -> None:
    alignment = "talk.alignment.json"

    async def use(client: Any) -> None:
        inspected = await call(client, "inspect", transcript=talk.transcript.name)
        assert inspected["tokens"] == 106
        listed = (await call(client, "mismatches", alignment=alignment, kinds=["all"]))["mismatches"]
        first = listed[0]["id"]
        decided = await call(client, "decide", alignment=alignment, mismatch=first, choice="fine")
        assert decided["revision"] == 1
        applied = await call(client, "apply_decisions", alignment=alignment)
        assert applied["revision"] == 2
        exported = await call(client, "export", alignment=alignment, formats=["ttml"], out="more")
        assert [Path(path).parent for path in exported["files"]] == [folder / "more"] * len(exported["files"])

    used(folder, use)


def test_what_cannot_be_done_is_a_sentence(folder: Path) -> None:
    async def use(client: Any) -> None:
        assert "outside the server's folder" in await refused(client, "inspect", transcript="../x.txt")
        assert "there is no such file" in await refused(client, "mismatches", alignment="none.json")
        wrong = {"alignment": "talk.alignment.json", "mismatch": "m999-000000", "choice": "take"}
        assert "no longer exists" in await refused(client, "decide", **wrong)
        assert "nothing to apply" in await refused(client, "apply_decisions", alignment="talk.alignment.json")
        assert "there is no such file" in await refused(
            client, "run", audio="none.wav", transcript="talk.txt"
        )

    used(folder, use)


def test_the_command_speaks_the_protocol_on_its_standard_streams(tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text("陈倩：大家好。\n一鸣：你好。\n", "utf-8")
    command = mcp.StdioServerParameters(
        command=sys.executable, args=["-m", "align", "mcp", "--root", str(tmp_path)], cwd=ROOT
    )

    async def use() -> None:
        async with mcp.Client(command) as client:
            listed = {tool.name for tool in (await client.list_tools()).tools}
            assert listed == {"inspect", "run", "mismatches", "decide", "apply_decisions", "export"}
            inspected = await call(client, "inspect", transcript="talk.txt")
            assert [speaker["name"] for speaker in inspected["speakers"]] == ["陈倩", "一鸣"]

    event_loop.run(use())
