from __future__ import annotations

import re
from dataclasses import replace
from importlib.resources import files

import pytest

from align.export.report_page.assets import REPORT, digest


def test_every_style_and_script_of_the_folder_is_in_the_page() -> None:
    there = {file.name for file in (files("align.export.report_page") / "web").iterdir()}
    ours = {name for name in there if name.endswith((".css", ".js"))}
    assert {*REPORT.styles, *REPORT.scripts} == ours
    assert len(set(REPORT.scripts)) == len(REPORT.scripts)


def test_the_policy_allows_what_is_in_the_page_and_nothing_from_elsewhere() -> None:
    assert REPORT.policy.startswith("default-src 'none'; ")
    assert f"style-src '{digest(REPORT.style)}'; script-src '{digest(REPORT.script)}'; " in REPORT.policy
    assert "http" not in REPORT.policy
    assert "connect-src" not in REPORT.policy
    served = replace(REPORT, media=("'self'",), connect=("'self'",))
    assert "media-src 'self'; connect-src 'self'; " in served.policy


def test_a_digest_is_that_of_the_text() -> None:
    assert digest("") == "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="


@pytest.mark.parametrize("name", REPORT.scripts)
def test_scripts_make_no_html_out_of_text(name: str) -> None:
    makers = r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|new Function"
    assert re.findall(makers, REPORT.read(name)) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_what_is_behind_it(scheme: str) -> None:
    """WCAG AA: 4.5 to 1 for text, 3 to 1 for marks."""
    parts = REPORT.read("page.css").split("@media")[:2]
    light, dark = (dict(re.findall(r"--([\w-]+): (#\w{6})", part)) for part in parts)
    colours = light if scheme == "light" else dark
    for ink in ("ink", "soft", "accent"):
        for paper in ("paper", "card"):
            assert contrast(colours[ink], colours[paper]) >= 4.5, (ink, paper)
    assert contrast(colours["on-accent"], colours["accent"]) >= 4.5
    assert min(contrast(colours["ink"], colours[mark]) for mark in ("gone", "come", "shade")) >= 4.5
    assert min(contrast(colours[level], colours["card"]) for level in ("high", "medium", "low")) >= 3
    assert min(contrast(colours[f"voice-{n}"], colours["paper"]) for n in range(7)) >= 3


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours such as "#1c1e21", as WCAG 2 defines it."""
    dim, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dim + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
