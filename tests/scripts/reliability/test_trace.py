"""A log of strace is read right: calls that others interrupt, failures, and every way to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.reliability.trace import read

LOG = """\
7  socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 3<socket:[1]>
7  connect(3<socket:[1]>, {sa_family=AF_INET, sin_addr=inet_addr("192.0.2.1")}, 16 <unfinished ...>
8  socket(AF_UNIX, SOCK_STREAM, 0) = 4<socket:[2]>
7  <... connect resumed>)            = -1 EINPROGRESS (Operation now in progress)
8  getsockname(3<socket:[1]>, {sa_family=AF_INET, sin_addr=inet_addr("192.0.2.9")}, [16]) = 0
8  openat(AT_FDCWD</here>, "read", O_RDONLY|O_CLOEXEC) = 5</here/read>
8  openat(AT_FDCWD</here>, "new", O_WRONLY|O_CREAT, 0666) = 5</here/new>
8  openat(AT_FDCWD</here>, "/tmp", O_RDWR|O_EXCL|O_TMPFILE, 0600) = 4</tmp/#21>(deleted)
8  openat(AT_FDCWD</here>, "/dev/null", O_RDWR) = 4</dev/null<char 1:3>>
8  mkdir("folder", 0777) = 0
8  mkdir("there", 0777) = -1 EEXIST (File exists)
8  symlink("/elsewhere", "/links/one") = 0
8  renameat(6</here/a>, "from", 7</here/b>, "to") = 0
9  connect(3<socket:[1]>, {inet_pton(AF_INET6, "2001:db8::1", &sin6_addr)}, 28 <unfinished ...>
"""
WRITTEN = ("/dev/null", "/here/a/from", "/here/b/to", "/here/folder", "/here/new", "/links/one", "/tmp/#21")


def test_each_call_is_counted_once_with_what_it_did(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text(LOG, "utf-8")
    trace = read(log, Path("/here"), 0)
    assert (trace.processes, trace.calls, trace.sockets, trace.unseen) == (3, 13, 1, 0)
    assert trace.elsewhere == ("192.0.2.1", "2001:db8::1")
    assert trace.written == frozenset(map(Path, WRITTEN))


@pytest.mark.parametrize(("place", "outside"), [("/here", 3), ("/here/folder/deeper", 6)])
def test_a_folder_on_the_way_to_an_allowed_one_is_allowed(tmp_path: Path, place: str, outside: int) -> None:
    log = tmp_path / "log"
    log.write_text(LOG, "utf-8")
    assert len(read(log, Path("/here"), 0).outside(Path(place))) == outside
