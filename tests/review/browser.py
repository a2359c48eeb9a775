"""A real Chromium, driven over its debugging pipe, to see what a page does there."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import pytest

_FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"),
    *("--remote-debugging-pipe", "--autoplay-policy=no-user-gesture-required", "--window-size=1280,900"),
)


@dataclass
class Tab:
    """One page; `events` are what Chromium reported meanwhile."""

    to: BinaryIO
    out: BinaryIO
    session: str = ""
    sent: int = 0
    events: list[dict[str, Any]] = field(default_factory=list)

    def call(self, method: str, **params: object) -> dict[str, Any]:
        """Send one command of the DevTools protocol; its result."""
        self.sent += 1
        message: dict[str, object] = {"id": self.sent, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        self.to.write(json.dumps(message).encode() + b"\0")
        self.to.flush()
        while (reply := self._receive()).get("id") != self.sent:
            self.events.append(reply)
        assert "error" not in reply, reply["error"]
        result: dict[str, Any] = reply["result"]
        return result

    def open(self, path: Path) -> None:
        """Load a file and wait until it is there."""
        self.call("Page.navigate", url=path.as_uri())
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self._receive())

    def run(self, script: str) -> Any:
        """The value of a JavaScript expression in the page; promises are awaited."""
        done = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in done, done["exceptionDetails"]
        return done["result"].get("value")

    def seen(self, method: str) -> list[dict[str, Any]]:
        """The parameters of all events of this name."""
        return [event["params"] for event in self.events if event.get("method") == method]

    def screenshot(self, path: Path) -> None:
        """What is seen, as PNG."""
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot")["data"]))

    def _receive(self) -> dict[str, Any]:
        message = bytearray()
        while (byte := self.out.read(1)) != b"\0":
            assert byte, "Chromium ended"
            message += byte
        received: dict[str, Any] = json.loads(message)
        return received


@contextmanager
def chromium(path: Path, scripts: bool = True) -> Iterator[Tab]:
    """A tab that shows the file `path`, with or without JavaScript."""
    program = shutil.which("chromium")
    if program is None:
        pytest.fail("the program chromium is missing; run scripts/readers")
    read_end, to = os.pipe()
    out, write_end = os.pipe()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        shell = f'exec "$@" 3<&{read_end} 4>&{write_end}'
        command = ["bash", "-c", shell, "bash", program, *_FLAGS, f"--user-data-dir={profile}"]
        process = subprocess.Popen(command, pass_fds=(read_end, write_end), stderr=subprocess.DEVNULL)
        os.close(read_end)
        os.close(write_end)
        with os.fdopen(to, "wb") as sending, os.fdopen(out, "rb") as receiving:
            try:
                yield _opened(Tab(sending, receiving), path, scripts)
            finally:
                process.kill()
                process.wait()


def _opened(tab: Tab, path: Path, scripts: bool) -> Tab:
    target = tab.call("Target.createTarget", url="about:blank")["targetId"]
    tab.session = tab.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    for domain in ("Page", "Runtime", "Log", "Network"):
        tab.call(f"{domain}.enable")
    tab.call("Emulation.setScriptExecutionDisabled", value=not scripts)
    tab.open(path)
    return tab
