"""A page as Chromium shows it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from scripts.pictures.programs import run

SETTLED = 4000
"""Milliseconds of the page's own clock in which it draws what it draws late."""


def screenshot(page: Path, width: int, height: int) -> bytes:
    """The upper part of a page from the disk as PNG, `width` x `height` pixels, light, without network.

    Raises:
        RuntimeError: there is no Chromium, or it cannot open the page.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run(
            [
                *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
                *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
                *("--blink-settings=preferredColorScheme=1", f"--user-data-dir={folder / 'profile'}"),
                *(f"--window-size={width},{height}", f"--virtual-time-budget={SETTLED}"),
                *(f"--screenshot={folder / 'page.png'}", page.resolve().as_uri()),
            ],
            folder,
        )
        return (folder / "page.png").read_bytes()
