"""Which sockets a program and all its children open, and where they write, as strace sees it."""

from __future__ import annotations

import ipaddress
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

CALLS = (
    *(
        "%network",
        "open",
        "openat",
        "openat2",
        "creat",
        "mkdir",
        "mkdirat",
        "rename",
        "renameat",
        "renameat2",
    ),
    *("link", "linkat", "symlink", "symlinkat", "mknod", "mknodat", "truncate", "io_uring_setup"),
)
STRACE = ("strace", "-f", "-qq", "-y", "-s", "0", "--seccomp-bpf", "-e", "signal=none")

_CALL = re.compile(r"(\d+) +(?:(<\.\.\. )?)(\w+)(.*)")
_UNFINISHED = "<unfinished ...>"
_INTERNET = re.compile(r'inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"')
_OPENED = re.compile(r"= \d+<(.*?)(?:<char .*)?>(?:\(deleted\))?$")
_PATH = re.compile(r'(?:<([^<>]*)>, )?"((?:[^"\\]|\\.)*)"')
_AIMED = {"bind", "connect", "sendto", "sendmsg", "sendmmsg"}
"""Calls that name an address of somebody's choice; the others tell one that the system has."""


@dataclass(frozen=True, slots=True)
class Trace:
    """What a program did.

    Attributes:
        code: with which it ended.
        processes: it, its threads and its children, theirs too.
        calls: that were looked at.
        sockets: for the internet, of whatever kind.
        addresses: that they were bound to, connected to, or sent to, and failed attempts as well.
        written: files and folders that were made, opened for writing, renamed or linked.
        unseen: requests to the system by a way that strace cannot see into (io_uring).
    """

    code: int
    processes: int
    calls: int
    sockets: int
    addresses: frozenset[str]
    written: frozenset[Path]
    unseen: int

    @property
    def elsewhere(self) -> tuple[str, ...]:
        """The addresses that are not on this machine alone."""
        return tuple(sorted(one for one in self.addresses if not _is_loopback(one)))

    def outside(self, *places: Path) -> tuple[Path, ...]:
        """What was written in none of these places, and was not made as a folder on the way to one."""
        ways = {parent for place in places for parent in place.parents}
        return tuple(
            sorted(
                one for one in self.written - ways if not any(one.is_relative_to(place) for place in places)
            )
        )


def why_not() -> str:
    """Why strace cannot look on here, "" where it can."""
    if shutil.which("strace") is None:
        return "the program strace is missing; run scripts/readers"
    tried = subprocess.run([*STRACE, "true"], capture_output=True, encoding="utf-8", check=False)
    return f"strace may not look on here: {tried.stderr.strip()}" if tried.returncode else ""


def command_under(log: Path, command: Iterable[str | Path]) -> list[str]:
    """The command that runs another one and writes down its calls."""
    return [*STRACE, "-e", f"trace={','.join(CALLS)}", "-o", str(log), *map(str, command)]


def traced(command: Iterable[str | Path], environment: Mapping[str, str], folder: Path, log: Path) -> Trace:
    """Run a command in a folder to its end."""
    done = subprocess.run(
        command_under(log, command),
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        check=False,
    )
    return read(log, folder, done.returncode)


def read(log: Path, folder: Path, code: int) -> Trace:
    """What a log of strace tells of a program that was started in `folder`."""
    processes, calls, sockets, unseen = set(), 0, 0, 0
    addresses: set[str] = set()
    written: set[Path] = set()
    with log.open(encoding="utf-8", errors="replace") as lines:
        for process, name, rest in _calls(lines):
            processes.add(process)
            calls += 1
            sockets += name == "socket" and rest.startswith(("(AF_INET,", "(AF_INET6,"))
            unseen += name == "io_uring_setup" and not _failed(rest)
            if name in _AIMED:
                addresses.update(four or six for four, six in _INTERNET.findall(rest))
            elif not _failed(rest):
                written.update(_written(name, rest, folder))
    return Trace(code, len(processes), calls, sockets, frozenset(addresses), frozenset(written), unseen)


def _calls(lines: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Process, name, and the rest of each call; a call that others interrupted is put together."""
    begun: dict[str, tuple[str, str]] = {}
    for line in lines:
        found = _CALL.match(line.rstrip("\n"))
        if found is None:
            continue
        process, resumed, name, rest = found.groups()
        if resumed:
            rest = begun.pop(process, ("", ""))[1] + rest.removeprefix(" resumed>")
        if rest.endswith(_UNFINISHED):
            begun[process] = name, rest.removesuffix(_UNFINISHED)
        else:
            yield process, name, rest
    for process, (name, rest) in begun.items():  # of processes that were killed meanwhile
        yield process, name, rest


def _written(name: str, rest: str, folder: Path) -> Iterator[Path]:
    if name in ("open", "openat", "openat2", "creat"):
        opened = _OPENED.search(rest)
        if opened and (name == "creat" or re.search(r"\bO_(WRONLY|RDWR|CREAT)\b", rest)):
            yield Path(opened.group(1))
        return
    if not name.startswith(("mkdir", "rename", "link", "symlink", "mknod", "truncate")):
        return
    paths = [Path(base or folder, path) for base, path in _PATH.findall(rest)]
    yield from paths if name.startswith("rename") else paths[-1:]


def _failed(rest: str) -> bool:
    return re.search(r"\) += -1 [A-Z]", rest) is not None


def _is_loopback(address: str) -> bool:
    one = ipaddress.ip_address(address)
    mapped = one.ipv4_mapped if isinstance(one, ipaddress.IPv6Address) else None
    return (mapped or one).is_loopback
