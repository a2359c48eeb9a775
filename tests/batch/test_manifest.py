"""Lists and folders become jobs; what makes no sense is told with its line, before any work."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.batch.job import RecordingJob
from align.batch.manifest import read_jobs
from align.core.errors import InputError
from tests.batch.jobs import WISHES


def _read(folder: Path, name: str, text: str) -> tuple[RecordingJob, ...]:
    (folder / name).write_text(text, "utf-8")
    return read_jobs(str(folder / name), "out", WISHES)


def test_a_csv_names_recordings_seen_from_its_folder(tmp_path: Path) -> None:
    first, second = _read(
        tmp_path,
        "list.csv",
        "\ufeffaudio,transcript,out,language,speakers,glossary\n"
        'a.mp4,a.txt,,,,\n\n"b, c.mp4",s3://bucket/b.txt,later,en,3,show.toml\n',
    )
    assert (first.audio, first.transcript, first.folder) == (
        str(tmp_path / "a.mp4"),
        str(tmp_path / "a.txt"),
        "out",
    )
    assert first.options == WISHES
    assert (second.audio, second.transcript) == (str(tmp_path / "b, c.mp4"), "s3://bucket/b.txt")
    assert second.folder == str(Path("out") / "later")
    options = second.options.run_options
    assert (options.language, options.speakers, options.glossary) == ("en", 3, tmp_path / "show.toml")


def test_json_lines_say_the_same(tmp_path: Path) -> None:
    rows = [
        {"audio": "a.mp4", "transcript": "a.txt"},
        {"audio": "b.mp4", "transcript": "b.txt", "speakers": 2},
    ]
    text = "\n".join(map(json.dumps, rows))
    jobs = _read(tmp_path, "list.jsonl", f"{text}\n\n")
    assert [(one.number, Path(one.audio).name, one.options.run_options.speakers) for one in jobs] == [
        (1, "a.mp4", "auto"),
        (2, "b.mp4", 2),
    ]


NAMES = st.lists(
    st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="/\\:"), min_size=1).filter(
        lambda name: name.strip(".")
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda name: name.casefold(),
)


@given(NAMES)
def test_any_names_survive_both_kinds_of_list(names: list[str]) -> None:
    rows = [(f"{name}.mp4", f"{name}.txt", str(k)) for k, name in enumerate(names)]
    text = io.StringIO()
    csv.writer(text).writerows([("audio", "transcript", "out"), *rows])
    lines = [json.dumps(dict(zip(("audio", "transcript", "out"), row, strict=True))) for row in rows]
    with TemporaryDirectory() as folder:
        as_csv = _read(Path(folder), "list.csv", text.getvalue())
        assert as_csv == _read(Path(folder), "list.jsonl", "\n".join(lines))
        assert [Path(one.audio).name for one in as_csv] == [row[0] for row in rows]


def test_a_folder_gives_its_pairs_and_tells_of_what_is_alone(tmp_path: Path) -> None:
    for name in (
        *("b.mp4", "b.txt", "sub/a.FLAC", "sub/a.srt", "lonely.wav", "two.mp3", "two.txt", "two.md"),
        *(".hidden/x.wav", ".hidden/x.txt", "notes.txt", "b.zh.srt"),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    jobs = {one.name: one for one in read_jobs(str(tmp_path), "out", WISHES)}
    assert set(jobs) == {"a", "b", "lonely", "two"}
    assert (jobs["b"].transcript, jobs["b"].folder, jobs["b"].fault) == (str(tmp_path / "b.txt"), "out", "")
    assert jobs["a"].transcript == str(tmp_path / "sub" / "a.srt")
    assert jobs["a"].folder == str(Path("out") / "sub")
    assert jobs["lonely"].fault == "has no transcript beside it; add lonely.txt"
    assert "several transcripts beside it (two.txt, two.md)" in jobs["two"].fault


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("list.csv", "audio,text\na,b\n", "line 1: unknown column 'text'; choose from audio, transcript"),
        ("list.csv", "audio\na\n", "line 1 lacks the column 'transcript'; add it"),
        ("list.csv", "audio,transcript\na,b\na\n", "line 3 names no transcript; add it or remove the line"),
        ("list.csv", "audio,transcript\na,b,c\n", "line 2 has more cells than the first line"),
        ("list.csv", 'audio,transcript\n"a,b\n', "is not CSV after line 1"),
        ("list.csv", "audio,transcript,speakers\na,b,many\n", "line 2: speakers cannot be 'many'"),
        ("list.csv", "audio,transcript\n", "names no recording"),
        ("list.jsonl", '{"audio": "a", "transcript": "b"}\n{"audio"\n', "line 2 is not JSON"),
        ("list.jsonl", "[]\n", "line 1 is not an object"),
        ("list.jsonl", '{"audio": 1, "transcript": "b"}\n', 'line 1: "audio" is not text'),
        ("list.jsonl", "[" * 100_000, "line 1 is not JSON"),
        ("list.txt", "a b\n", "is not a list; name a folder, or a list that ends in .csv or .jsonl"),
    ],
)
def test_what_makes_no_sense_is_told_with_its_line(
    name: str, text: str, sentence: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError) as told:
        _read(tmp_path, name, text)
    assert sentence in str(told.value)
    assert str(told.value).startswith(str(tmp_path / name))


def test_a_list_that_is_not_there_or_no_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        read_jobs(str(tmp_path / "no.csv"), "out", WISHES)
    (tmp_path / "list.csv").write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="is not UTF-8"):
        read_jobs(str(tmp_path / "list.csv"), "out", WISHES)
