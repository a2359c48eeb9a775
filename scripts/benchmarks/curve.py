"""How the errors go over the length of a recording, as a picture."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from align.core.atomic_write import write_whole
from align.core.types import Span
from align.export.plots.style import load_matplotlib
from scripts.benchmarks.errors import largest
from scripts.benchmarks.metrics import Judged

LEAST = 1.0
"""Milliseconds that a mean error is drawn with at least: less means nothing, and 0 has no logarithm."""

BINS = 90
"""Points of a curve; a minute each in a show of ninety."""


def over_time(tokens: Sequence[Judged], seconds: float, bins: int = BINS) -> NDArray[np.float64]:
    """The mean over the tokens of each part of the recording of a token's larger error, seconds, (bins,).

    NaN where there is no token.
    """
    times, sizes = largest(tokens)
    at = np.clip((times / seconds * bins).astype(int), 0, bins - 1)
    count = np.bincount(at, minlength=bins)
    total = np.bincount(at, weights=sizes, minlength=bins)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def draw(
    path: Path, panels: Mapping[str, Mapping[str, Sequence[Judged]]], seconds: float, shaded: Sequence[Span]
) -> None:
    """Write the curves as SVG, the same bytes for the same curves.

    Args:
        path: of the picture.
        panels: title to tool to its tokens.
        seconds: length of the recording.
        shaded: where in it text is missing, in the last panel.
    """
    load_matplotlib()
    import matplotlib as mpl
    from matplotlib.figure import Figure

    names = dict.fromkeys(tool for tools in panels.values() for tool in tools)
    colours = {tool: f"C{number}" for number, tool in enumerate(names)}
    memory = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": "align", "svg.fonttype": "none", "font.size": 9}):
        figure = Figure(figsize=(9, 2.6 * len(panels)), layout="constrained")
        for axes, (title, tools) in zip(np.ravel(figure.subplots(len(panels))), panels.items(), strict=True):
            for tool, tokens in tools.items():
                curve = over_time(tokens, seconds)
                minutes = (np.arange(len(curve)) + 0.5) * seconds / 60 / len(curve)
                axes.plot(
                    minutes, np.maximum(curve * 1000, LEAST), label=tool, color=colours[tool], linewidth=1.2
                )
            axes.set(title=title, yscale="log", xlabel="minutes", ylabel="mean error, ms")
            axes.grid(alpha=0.3)
        for span in shaded:
            axes.axvspan(span.start / 60, span.end / 60, color="0.85")
        lines = {str(one.get_label()): one for axes in figure.axes for one in axes.get_lines()}
        figure.legend(lines.values(), lines.keys(), loc="outside upper center", fontsize=8, ncols=4)
        figure.savefig(memory, format="svg", metadata={"Date": None})
    write_whole(path, memory.getvalue())
