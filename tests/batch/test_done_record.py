"""What is done is known by all that its files were made from, and is done again when any of that changes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from align.batch.done_record import keep, kept_report, made_from, place_of
from align.batch.job import RecordingJob
from align.core.errors import InputError
from align.export.options import FileOptions
from align.export.write import destination
from tests.batch.jobs import job

REPORT = {"exit_code": 0, "duration": 3.0, "files": ["talk.zh.srt"]}


@pytest.fixture
def talk(tmp_path: Path) -> RecordingJob:
    """A recording that was done, its file with it."""
    (tmp_path / "talk.wav").write_bytes(b"sound")
    (tmp_path / "talk.wav.txt").write_text("你好", "utf-8")
    made = job(1, tmp_path / "talk.wav", tmp_path / "out")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "talk.zh.srt").touch()
    keep(made, made_from(made), REPORT, destination(tmp_path / "out", made.name))
    return made


def test_what_is_done_and_unchanged_is_known(talk: RecordingJob) -> None:
    assert kept_report(talk, made_from(talk)) == REPORT
    assert Path(place_of(talk)).name == "talk.batch.json"


def test_threads_and_the_network_make_no_other_files(talk: RecordingJob) -> None:
    options = replace(talk.options.run_options, threads=3, offline=False)
    same = replace(talk, number=7, options=replace(talk.options, run_options=options, fresh=True))
    assert made_from(same) == made_from(talk)


def test_other_wishes_are_other_files(talk: RecordingJob, tmp_path: Path) -> None:
    job_options = talk.options
    (tmp_path / "words.txt").write_text("伊森 = Ethan", "utf-8")
    other = [
        replace(job_options, run_options=replace(job_options.run_options, recognize="all")),
        replace(job_options, run_options=replace(job_options.run_options, lexicon=tmp_path / "words.txt")),
        replace(job_options, kinds=("srt",)),
        replace(job_options, files=FileOptions(crlf=True)),
        replace(job_options, fail_on="low"),
    ]
    sources = [made_from(replace(talk, options=one)) for one in (job_options, *other)]
    assert len(set(sources)) == len(sources)
    (tmp_path / "words.txt").write_text("伊森 = Essen", "utf-8")
    assert made_from(replace(talk, options=other[1])) != sources[2]


def test_a_changed_recording_or_text_is_done_again(talk: RecordingJob) -> None:
    before = made_from(talk)
    Path(talk.transcript).write_text("再见", "utf-8")
    changed = made_from(talk)
    assert kept_report(talk, changed) is None
    Path(talk.audio).write_bytes(b"other sound")
    assert len({before, changed, made_from(talk)}) == 3


def test_a_file_that_is_gone_is_made_again(talk: RecordingJob, tmp_path: Path) -> None:
    (tmp_path / "out" / "talk.zh.srt").unlink()
    assert kept_report(talk, made_from(talk)) is None


@pytest.mark.parametrize("written", ["", "{", "[]", '{"format": "align-batch-1"}', "no", "{}", '{"a": NaN}'])
def test_a_damaged_record_is_no_record(talk: RecordingJob, written: str) -> None:
    Path(place_of(talk)).write_text(written, "utf-8")
    assert kept_report(talk, made_from(talk)) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"format": "align-batch-9"},
        {"made_from": "x"},
        {"report": {}},
        {"report": {"files": []}},
        {"report": {"files": [], "exit_code": 0}},
    ],
)
def test_another_programs_record_is_no_record(talk: RecordingJob, changed: dict[str, object]) -> None:
    place = Path(place_of(talk))
    place.write_text(json.dumps({**json.loads(place.read_text("utf-8")), **changed}), "utf-8")
    assert kept_report(talk, made_from(talk)) is None


def test_a_recording_that_is_not_there_is_told(talk: RecordingJob) -> None:
    Path(talk.audio).unlink()
    with pytest.raises(InputError, match=r"talk\.wav: there is no such file"):
        made_from(talk)
