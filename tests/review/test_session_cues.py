"""Cues that are edited in a review: written, found again, and taken back to the byte."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from align.result.alignment_json import load
from align.review.decisions.context import InvalidRequestError
from align.review.decisions.cue_requests import CueRequest, DeleteCue, EditCue, MergeCue, SplitCue
from align.review.session import Session
from tests.review.decisions.test_cue_requests import REQUESTS
from tests.review.test_session import alignment, files, opened, revision

__all__ = ["alignment", "opened"]  # fixtures


def texts(session: Session) -> list[str]:
    return [cue.text for cue in session.cues()]


def test_all_that_is_done_to_cues_is_written_and_undone_to_the_byte(opened: Callable[[], Session]) -> None:
    session = opened()
    folder = session.files.alignment.parent
    before, cues = files(folder), session.cues()
    four = cues[4]
    requests: list[CueRequest] = [
        EditCue(4, f"{four.text[:3]}\n{four.text[3:]}", "Two\nlines.", four.start, four.end - 0.08),
        SplitCue(8, at=3),
        MergeCue(12),
        DeleteCue(20),
        MergeCue(15),
    ]
    for request in requests:
        session.decide(revision(session), request)
    wanted = session.cues()
    assert opened().cues() == wanted  # also after the process has ended
    session = opened()
    session.apply(revision(session))
    phrases = load(session.files.alignment).phrases
    assert [phrase.text for phrase in phrases] == [cue.text for cue in wanted]
    assert [(phrase.span.start, phrase.span.end) for phrase in phrases] == [
        pytest.approx((cue.start, cue.end), abs=0.001) for cue in wanted
    ]
    assert phrases[4].translation == "Two\nlines."
    session.decide(revision(session), MergeCue(0))
    session.apply(revision(session))
    assert load(session.files.alignment).phrases[3].text == wanted[4].text
    while session.history.done:
        session.undo(revision(session))
    assert files(folder) == before


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(requests=st.lists(REQUESTS, max_size=5))
def test_undo_gives_the_bytes_of_the_start(opened: Callable[[], Session], requests: list[CueRequest]) -> None:
    session = opened()
    before = files(session.files.alignment.parent), texts(session)
    for request in requests:
        try:
            session.decide(revision(session), request)
        except InvalidRequestError:
            continue
    if session.history.decisions:
        session.apply(revision(session))
    while session.history.done:
        session.undo(revision(session))
    assert (files(session.files.alignment.parent), texts(session)) == before
