"""Pages in a real Chromium, with all that they ask for and complain of."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PATIENCE = 120_000
"""Milliseconds after which a page that does not do what a test waits for has failed."""


@dataclass
class Seen:
    """An open page.

    Attributes:
        requests: addresses that it asked for.
        complaints: what the browser says of it on the console, errors of its scripts among them.
    """

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def run(self, script: str, given: object = None) -> Any:
        """The value of a JavaScript expression, or of a function of `given`; promises are awaited."""
        return self.page.evaluate(script, given)

    def wait(self, script: str) -> None:
        """Until a JavaScript expression is true. Playwright's own way evaluates text in the page, which the
        page's policy forbids."""
        until = time.monotonic() + PATIENCE / 1000
        while not self.run(script):
            assert time.monotonic() < until, f"in vain waited for {script}"
            self.page.wait_for_timeout(20)

    def press(self, *keys: str) -> None:
        """One key after the other."""
        for key in keys:
            self.page.keyboard.press(key)


@contextmanager
def opened(browser: Browser, path: Path, **context: Any) -> Iterator[Seen]:
    """A file as a browser that has never seen it shows it.

    Args:
        context: what Playwright's `new_context` takes, such as color_scheme.
    """
    place = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **context})
    place.set_default_timeout(PATIENCE)
    page = place.new_page()
    seen = Seen(page)
    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("console", lambda message: seen.complaints.append(message.text))
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.goto(path.as_uri())
    try:
        yield seen
    finally:
        place.close()


def faults(seen: Seen) -> list[str]:
    """What axe-core finds: of each fault its weight, its name and the first element that has it."""
    script = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
    if not script.is_file():
        pytest.fail("the npm package axe-core is missing; run scripts/readers")
    seen.page.evaluate(script.read_text("utf-8"))
    found = seen.run("axe.run().then(done => done.violations)")
    return [f"{one['impact']} {one['id']} {one['nodes'][0]['html'][:120]}" for one in found]
