"""The system's Chromium, driven by Playwright: tests look at pages with it, benchmarks measure them by it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


class MissingError(RuntimeError):
    """There is no Chromium."""


@contextmanager
def chromium(*flags: str) -> Iterator[Browser]:
    """A headless browser without profile, which is closed at the end.

    Args:
        flags: for its command line, besides the usual ones.

    Raises:
        MissingError: it is not installed.
    """
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium")
    if program is None:
        raise MissingError("the program chromium is missing; run scripts/readers")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*_FLAGS, *flags])
        try:
            yield browser
        finally:
            browser.close()
