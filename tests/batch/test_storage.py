"""The same files, wherever they lie: on the disk, by file://, and in a store of fsspec's."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from align.batch import storage
from align.core.errors import InputError, ModelError


@pytest.fixture(params=["path", "file", "memory", "s3"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty folder: on the disk, by its URL, in memory, and in a bucket where s3fs is installed."""
    if request.param == "s3":
        return str(request.getfixturevalue("bucket"))
    return {"path": str(tmp_path), "file": tmp_path.as_uri(), "memory": f"memory://{uuid4()}"}[request.param]


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty bucket on a server of S3's kind on this machine."""
    s3fs = pytest.importorskip("s3fs")
    server = pytest.importorskip("moto.server").ThreadedMotoServer("127.0.0.1", 0)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    name = f"shows-{uuid4()}"
    s3fs.S3FileSystem().mkdir(name)
    yield f"s3://{name}"
    s3fs.S3FileSystem.clear_instance_cache()
    server.stop()


def test_what_is_written_is_read(home: str, tmp_path: Path) -> None:
    place = storage.beside(home, "直播/a b.txt")
    storage.write(place, "你好".encode())
    assert storage.read(place).decode() == "你好"
    assert storage.fetched(place, tmp_path / "copies").read_text("utf-8") == "你好"
    assert storage.listed(home) == ("直播/a b.txt",)
    assert storage.listed(place) is None
    assert storage.are_there(["a b.txt"], storage.parent(place))
    assert not storage.are_there(["a b.txt", "c"], storage.parent(place))


def test_another_file_has_another_stamp(home: str) -> None:
    place = storage.beside(home, "a.txt")
    storage.write(place, b"one")
    before = storage.stamp(place), storage.content(place)
    assert before == (storage.stamp(place), storage.content(place))
    storage.write(place, b"three")
    after = storage.stamp(place), storage.content(place)
    assert after[0] != before[0]
    assert after[1] != before[1]


def test_files_are_put_into_a_folder(tmp_path: Path) -> None:
    folder = f"memory://{uuid4()}/out"
    (tmp_path / "a.srt").write_text("1", "utf-8")
    storage.put([tmp_path / "a.srt"], folder)
    assert storage.read(f"{folder}/a.srt") == b"1"


def test_what_is_not_there_is_told_by_its_name(home: str, tmp_path: Path) -> None:
    place = storage.beside(home, "no.txt")
    for reading in (storage.read, storage.stamp, storage.content):
        with pytest.raises(InputError, match=r"no\.txt: there is no such file"):
            reading(place)


@pytest.mark.parametrize(
    ("place", "error", "sentence"),
    [
        ("nowhere://a/b.txt", InputError, "is not a URL that fsspec knows"),
        ("gs://bucket/b.txt", ModelError, "cannot be reached"),
    ],
)
def test_a_place_that_nobody_knows_is_told(
    place: str, error: type[Exception], sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "gcsfs", None)
    with pytest.raises(error, match=sentence):
        storage.read(place)


@pytest.mark.parametrize(
    ("folder", "name", "place"),
    [
        ("out", "", "out"),
        ("out", "a.txt", str(Path("out/a.txt"))),
        ("s3://b/out/", "a.txt", "s3://b/out/a.txt"),
        ("s3://b/out", "", "s3://b/out"),
        ("s3://b/out", "gs://c/a.txt", "gs://c/a.txt"),
        ("out", "s3://b/a.txt", "s3://b/a.txt"),
    ],
)
def test_places_beside_each_other(folder: str, name: str, place: str) -> None:
    assert storage.beside(folder, name) == place


def test_a_place_is_the_same_for_every_process() -> None:
    assert storage.whole("s3://b/a") == "s3://b/a"
    assert Path(storage.whole("a")).is_absolute()
