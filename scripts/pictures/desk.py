"""The editor's desk as Chromium shows it."""

from __future__ import annotations

from pathlib import Path

from scripts.chromium import chromium
from tests.review.served import served

SIZES = {"1440": (1440, 900, "light"), "390": (390, 844, "dark")}
"""Names of pictures; their width and height in pixels, and the colour scheme: a desk and a phone."""


def desk(alignment: Path) -> dict[str, bytes]:
    """The first screen of `align review` on an alignment as PNG, by the names of SIZES."""
    pictures: dict[str, bytes] = {}
    with served(alignment) as review, chromium() as browser:
        for name, (width, height, scheme) in SIZES.items():
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme="dark" if scheme == "dark" else "light",
                locale="en-US",
            )
            page = context.new_page()
            page.goto(review.address)
            page.wait_for_load_state("networkidle")
            pictures[name] = page.screenshot()
            context.close()
    return pictures
