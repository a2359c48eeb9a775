"""Markers to write."""

from __future__ import annotations

from align.core.types import Severity
from align.export.markers.marker import Marker

HOSTILE = "m001-abc different text: a|b <i>&\"' {x} --> 👩‍🏫 \\N → \x00\ud800中\uffff"
MARKERS = (
    Marker(100, 5, Severity.LOW, "m001-0f06fb missing text: 对吧", "Somebody speaks here."),
    Marker(300, 1, Severity.HIGH, "m002-51b535 unspoken text: 稿", ""),
    Marker(1800, 71, Severity.MEDIUM, HOSTILE, "Sounds & <differ>.\x07"),
)
RATES = ("23.976", "24", "25", "29.97", "29.97ndf", "30", "50", "59.94", "60")
