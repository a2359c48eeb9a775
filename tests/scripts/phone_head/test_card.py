"""The figures of a head for machines, and in its page between two marks."""

from __future__ import annotations

import json
from pathlib import Path

from scripts.benchmarks.metrics import Figures
from scripts.phone_head import card

FULL = Figures(54, 0, 108, 0.0174, 0.0181, -0.0021, 0.0166, 0.0034, 0.012, 0.051, (0.7, 0.9, 1.0, 1.0), 0.987)
STARTS = Figures(3, 0, 3, 0.02, 0.02, 0.02, None, None, 0.02, 0.02, (1.0, 1.0, 1.0, 1.0), 1.0)
NOTHING = Figures(2, 2, 0, None, None, None, None, None, None, None, (0.0, 0.0, 0.0, 0.0), None)
PAGE = f"# Head\n\nBefore.\n\n{card.BEGIN}\nold\n{card.END}\n\nAfter.\n"


def write(folder: Path) -> str:
    (folder / "README.md").write_text(PAGE, "utf-8")
    card.write(folder, {"people": FULL, "starts": STARTS, "none": NOTHING}, ["a", "b"], 3, 61.7)
    return (folder / "README.md").read_text("utf-8")


def test_the_page_around_its_marks_is_kept(tmp_path: Path) -> None:
    once = write(tmp_path)
    assert once.startswith(f"# Head\n\nBefore.\n\n{card.BEGIN}\n")
    assert once.endswith(f"\n{card.END}\n\nAfter.\n")
    assert "old" not in once
    card.write(tmp_path, {"people": FULL, "starts": STARTS, "none": NOTHING}, ["a", "b"], 3, 61.7)
    assert (tmp_path / "README.md").read_text("utf-8") == once


def test_a_row_has_the_figures_in_milliseconds(tmp_path: Path) -> None:
    rows = [row for row in write(tmp_path).splitlines() if row.startswith("|")]
    assert rows[0] == card.HEADER
    assert rows[2] == "| people | 54 | 17 ms | 18 ms (-2 ms) | 17 ms (+3 ms) | 12 ms | 51 ms | 98.7% |"
    assert rows[4].split(" | ")[2:] == ["-", "- (-)", "- (-)", "-", "-", "- |"]
    assert len({row.count("|") for row in rows}) == 1


def test_machines_get_the_figures_in_seconds(tmp_path: Path) -> None:
    write(tmp_path)
    measured = json.loads((tmp_path / "metrics.json").read_text("utf-8"))
    assert measured["figures"]["people"]["aas"] == 0.0174
    assert measured["figures"]["starts"]["end"] is None
    assert (measured["seed"], measured["seconds"], measured["learned_from"]) == (3, 62, ["a", "b"])


def test_the_page_of_the_shipped_head_has_both_marks() -> None:
    page = (Path(__file__).parents[3] / "models/phone-head/README.md").read_text("utf-8")
    assert page.count(card.BEGIN) == page.count(card.END) == 1
    assert page.index(card.BEGIN) < page.index(card.END)
