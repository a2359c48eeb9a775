"""What is written beside a trained head: its figures for machines, and a card for people."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from align.core.atomic_write import write_whole
from scripts.benchmarks.metrics import Figures

HEADER = "| set | tokens | AAS | starts (bias) | ends (bias) | median | p95 | both edges within 100 ms |"
RULE = "|---|---|---|---|---|---|---|---|"


def write(
    out: Path, figures: Mapping[str, Figures], learned_from: Sequence[str], seed: int, seconds: float
) -> None:
    """Write metrics.json, and the figures into README.md between its marks."""
    measured = {
        "date": datetime.date.today().isoformat(),
        "machine": f"{os.cpu_count()} CPU cores",
        "seconds": round(seconds),
        "seed": seed,
        "learned_from": list(learned_from),
        "figures": {group: asdict(one) for group, one in figures.items()},
    }
    write_whole(out / "metrics.json", json.dumps(measured, indent=2) + "\n")
    table = "\n".join([HEADER, RULE, *(_row(group, one) for group, one in figures.items())])
    page = out / "README.md"
    before, _, rest = (page if page.exists() else CARD).read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    stamp = f"`scripts/train_phone_head --seed {seed}`, {measured['date']}, {measured['machine']}, no GPU."
    write_whole(page, f"{before}{BEGIN}\n{stamp}\n\n{table}\n{END}{after}")


CARD = Path(__file__).resolve().parents[2] / "models" / "phone-head" / "README.md"
"""The card of the head that ships, whose words are taken over where there is none yet."""

BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


def _row(group: str, one: Figures) -> str:
    cells = (
        group,
        str(one.tokens),
        _ms(one.aas),
        f"{_ms(one.start)} ({_ms(one.start_bias, sign=True)})",
        f"{_ms(one.end)} ({_ms(one.end_bias, sign=True)})",
        _ms(one.median),
        _ms(one.p95),
        "-" if one.tokens_within is None else f"{one.tokens_within:.1%}",
    )
    return f"| {' | '.join(cells)} |"


def _ms(value: float | None, *, sign: bool = False) -> str:
    if value is None:
        return "-"
    return f"{1000 * value:+.0f} ms" if sign else f"{1000 * value:.0f} ms"
