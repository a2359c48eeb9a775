"""The short form of scripts/fuzz: every reader under some damaged files, and under whatever comes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scripts.reliability.readers import Reader, attempt, readers

SLOW = {"docx": 10, "docx-body": 10, "recording": 10}
"""Files for readers that take some time for each."""
USUAL = 40
SIGNS = tuple(
    sign.encode()
    for sign in (
        *(
            "\0",
            "\n",
            "\r\n\r\n",
            "-->",
            "00:00:01,000 --> 00:00:02,000",
            "<v ",
            "<!--",
            "&#x110000;",
            "{\\p1}",
        ),
        *(
            "[[term]]",
            "[[[[",
            "}}}}",
            '"',
            "\\u0000",
            "\\ud800",
            "1e999",
            "-1",
            "9" * 5000,
            "=",
            "|",
            "#",
            "好",
        ),
        *(
            "\ufeff",
            "\u2028",
            "🙂",
            "Dialogue: ",
            "[Events]",
            "WEBVTT",
            "NOTE",
            "# ",
            "> ",
            "陈倩：",
            ">> ",
            "00:99",
        ),
    )
)


@st.composite
def damaged(draw: st.DrawFn, reader: Reader) -> bytes:
    """A file that the reader takes, with some stretches cut out, doubled, and put in."""
    data = draw(st.sampled_from(reader.seeds))
    for _ in range(draw(st.integers(1, 4))):
        first = draw(st.integers(0, len(data)))
        last = draw(st.integers(first, min(len(data), first + 200)))
        middle = draw(st.sampled_from([b"", data[first:last] * 2, *SIGNS]) | st.binary(max_size=8))
        data = data[:first] + middle + data[last:]
    return data


@pytest.mark.parametrize("name", sorted(readers()))
def test_a_reader_takes_its_seeds(name: str, tmp_path: Path) -> None:
    reader = readers()[name]
    for seed in reader.seeds:
        assert attempt(reader, seed, tmp_path) is None


@pytest.mark.parametrize("name", sorted(readers()))
def test_a_damaged_file_is_taken_or_refused_in_a_sentence(name: str, tmp_path: Path) -> None:
    reader = readers()[name]

    @settings(
        max_examples=SLOW.get(name, USUAL), deadline=None, derandomize=True, database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )  # fmt: skip
    @given(damaged(reader) | st.binary(max_size=300))
    def holds(content: bytes) -> None:
        attempt(reader, content, tmp_path)

    holds()
