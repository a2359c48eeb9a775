"""Reviews that the server has started, each a process of its own: `align review` of one alignment."""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from align.core.errors import InputError
from align.serve.request import Machine


@dataclass(eq=False, slots=True)
class Reviews:
    """Those that are open, by their alignments.

    Attributes:
        command: of align, for tests.
    """

    machine: Machine
    command: tuple[str, ...] = (sys.executable, "-m", "align")
    open: dict[Path, tuple[Process, str]] = field(default_factory=dict)

    async def address(self, alignment: Path) -> str:
        """The address of the review of an alignment, which is started unless it is open.

        Raises:
            InputError: it cannot be reviewed.
        """
        process, address = self.open.get(alignment, (None, ""))
        if process is not None and process.returncode is None:
            return address
        options = ["--json", "--no-browser", "-q", "--device", self.machine.device]
        options += ["--threads", str(self.machine.threads), *(["--offline"] if self.machine.offline else [])]
        process = await asyncio.create_subprocess_exec(
            *self.command, "review", str(alignment), *options, stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL
        )
        assert process.stdout is not None
        printed = b""
        async for line in process.stdout:
            printed += line
            if line.rstrip() == b"}":
                break
        answer = json.loads(printed or b"{}")
        if not answer.get("ok"):
            await process.communicate()  # to its end
            raise InputError(
                alignment.name, answer.get("error", "cannot be reviewed; run `align review` on it")
            )
        self.open[alignment] = process, answer["address"]
        return str(answer["address"])

    def close(self) -> None:
        """End all of them; every decision is on disk."""
        for process, _ in self.open.values():
            with suppress(ProcessLookupError):
                process.terminate()
