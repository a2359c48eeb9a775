"""The names of units."""

from __future__ import annotations

import re

import pytest

from align.pronounce.token_readings import form_readings
from align.pronounce.units_of_measure import SYMBOL_UNITS, UNIT, UNITS


@pytest.mark.parametrize("unit", UNITS)
def test_every_name_of_a_unit_can_be_said(unit: str) -> None:
    for language, names in zip(("zh", "en"), UNITS[unit], strict=True):
        assert all(form_readings(name.replace("{}", "5"), language) for name in names)


def test_the_longest_unit_is_read_first() -> None:
    assert all(re.match(UNIT, unit)[0] == unit for unit in UNITS)  # type: ignore[index]


def test_only_units_with_symbols_are_known_without_a_number() -> None:
    known = {unit for unit in UNITS if re.fullmatch(SYMBOL_UNITS, unit)}
    assert {"km/h", "㎡", "°C", "m²"} <= known
    assert not {"km", "kg", "m", "GB", "m2"} & known
