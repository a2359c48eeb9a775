"""The system's Chromium, driven by Playwright: tests look at pages with it, benchmarks measure them by it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-pings"),
    *("--disable-domain-reliability", "--disable-breakpad", "--disable-crash-reporter"),
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",  # it looks up its maker's
)
"""For a browser that calls nobody but the page's own server."""


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
    with sync_playwright() as playwright, ExitStack() as stack:
        home = stack.enter_context(TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True))
        folders = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_CACHE_HOME"), home)
        browser = playwright.chromium.launch(
            executable_path=program, args=[*_FLAGS, *flags], env={**os.environ, **folders}
        )
        try:
            yield browser
        finally:
            browser.close()
