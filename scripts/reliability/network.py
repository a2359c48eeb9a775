"""A whole run with every extra under strace: who is called, and what is written where.

The steps share a home and a folder for temporary files, both empty at first; what a step has computed is not
kept for the next one, so that each loads its models. No step may open a socket for the internet but those
that serve on this machine, and none may write outside align's cache and the output folder, and for
`align voices` the file of voices. Among the temporary files nothing may be left but what Ray leaves.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from urllib.parse import urlsplit

import av
import numpy as np

from align.registry.locations import cache_folder
from scripts.reliability.report import Trial
from scripts.reliability.trace import Trace, command_under, read, traced
from scripts.reliability.workshop import ROOT, align
from tests.recordings import write_short

SYSTEM = (Path("/dev"), Path("/proc"))
"""Not the disk: terminals, /dev/null, memory that processes share, and what a process says of itself."""
RAY = "ray"
"""The folder among the temporary files in which Ray keeps its sockets and logs; it does not clear it away."""
API = """
import sys
from pathlib import Path
from align import Cache, RunContext, RunOptions, Silent, default_cache_folder, gather, load_models, run
from align import write_all
options = RunOptions(second_language=None)
inputs = gather(Path(sys.argv[1]), Path(sys.argv[2]), options, Silent())
models = load_models(options, inputs.language, translate=False)
result = run(inputs, RunContext(models, Cache(default_cache_folder()), options, Silent()))
write_all(result, Path("api"), ["usual"], options.cues)
"""
BROWSE = """
import sys
from pathlib import Path
from scripts.chromium import chromium
with chromium() as browser:
    page = browser.new_page()
    page.goto(Path(sys.argv[1]).as_uri())
    page.wait_for_timeout(3000)
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the steps run, one after the other.

    Attributes:
        root: of the folders below; nothing else may lie in it.
        audio: a short recording.
        transcript: its text with the speaker's name.
        unlabelled: the same without.
    """

    root: Path
    audio: Path
    transcript: Path
    unlabelled: Path

    @property
    def home(self) -> Path:
        """Of the user; align's cache is in it."""
        return self.root / "home"

    @property
    def temporary(self) -> Path:
        """For passing files."""
        return self.root / "tmp"

    @property
    def out(self) -> Path:
        """The output folder, and the folder in which the steps run."""
        return self.root / "out"

    @property
    def alignment(self) -> Path:
        """That the first step writes."""
        return self.out / "talk.alignment.json"

    @property
    def environment(self) -> dict[str, str]:
        """As it is for a user who has set nothing, but for where the checkout and the models lie."""
        return {
            "PATH": os.environ["PATH"], "LANG": "C.UTF-8",
            "HOME": str(self.home), "TMPDIR": str(self.temporary),
            "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "CUDA_VISIBLE_DEVICES": "",
            "UV_USE_IO_URING": "0",  # Playwright's driver works on files in sight of strace
            "ALIGN_MODEL_PATH": os.pathsep.join(
                filter(None, (os.environ.get("ALIGN_MODEL_PATH"), str(cache_folder())))
            ),
        }  # fmt: skip

    @property
    def allowed(self) -> tuple[Path, ...]:
        """Where a step may write."""
        own = (self.home / ".cache" / "align", self.home / ".local" / "share" / "align")
        return (*own, self.temporary, self.out, *SYSTEM)

    def run(self, *arguments: object) -> Trace:
        """Run `align`, and look on."""
        return self.look_on(align(*arguments))

    def look_on(self, command: list[str]) -> Trace:
        """Run a command, and look on."""
        return traced(command, self.environment, self.out, self.root / "log")


def place(root: Path) -> Place:
    """Make the folders and the recording."""
    made = Place(root, root / "in" / "talk.wav", root / "in" / "talk.txt", root / "in" / "plain" / "talk.txt")
    for folder in (made.home, made.temporary, made.out, made.unlabelled.parent):
        folder.mkdir(parents=True)
    _, transcript = write_short(made.audio.parent)
    made.unlabelled.write_text(transcript.read_text("utf-8").partition("：")[2], "utf-8")
    return made


def whole_run(here: Place) -> Trace:
    """Place by phones, tell voices apart, translate, keep to shots, and write every kind of file."""
    video = _video(here.audio.with_name("shots.mp4"))
    options = ("--to", "all", "--shot-changes", video, "--speakers", "1")
    return here.run("run", here.audio, here.unlabelled, "-o", here.out, *options)


def attention(here: Place) -> Trace:
    """Recognise everything, and place by attention."""
    options = ("--aligner", "attention", "--no-translate", "--speakers", "off")
    return here.run("run", here.audio, here.transcript, "-o", here.out / "attention", *options)


def voices(here: Place) -> Trace:
    """Learn a voice, which is kept where the user's data of align are."""
    return here.run("voices", "enroll", "Ada", here.audio)


def pictures(here: Place) -> Trace:
    """Draw all pictures."""
    return here.run("plot", here.alignment, "-o", here.out / "pictures")


def retimed(here: Place) -> Trace:
    """Place a changed text again."""
    changed = here.unlabelled.with_name("changed.txt")
    changed.write_text(here.unlabelled.read_text("utf-8").replace("大家好", "大家晚上好"), "utf-8")
    options = ("--audio", here.audio, "--no-translate")
    return here.run("retime", here.alignment, changed, "-o", here.out / "retimed", *options)


def check(here: Place) -> Trace:
    """Hold subtitles against the speech."""
    return here.run("check", here.out / "talk.zh.srt", "--audio", here.audio)


def doctor(here: Place) -> Trace:
    """Look at the installation."""
    return here.run("doctor")


def program(here: Place) -> Trace:
    """A program that uses the Python API."""
    return here.look_on([sys.executable, "-c", API, str(here.audio), str(here.transcript)])


def batch(here: Place) -> Trace:
    """Two recordings in two processes."""
    return here.run("batch", _shows(here), "-o", here.out / "batch", *BATCH, "--engine", "processes")


def batch_on_ray(here: Place) -> Trace:
    """The same by Ray, which it starts."""
    return here.run("batch", _shows(here), "-o", here.out / "ray", *BATCH, "--engine", "ray")


def review(here: Place) -> Trace:
    """Serve the page, and ask for it, for the sound and for what stands decided."""
    log = here.root / "log"
    command = command_under(
        log, align("review", here.alignment, "--audio", here.audio, "--no-browser", "--json")
    )
    process = subprocess.Popen(
        command, env=here.environment, cwd=here.out, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout
    try:
        document = ""
        for line in iter(process.stdout.readline, ""):
            document += line
            if line.startswith("}"):
                break
        address = json.loads(document)["address"]
        for path in ASKED:
            _ask(f"{address}{path}")
        _ask(f"{address}decide", json.dumps(DECISION).encode())
    finally:
        os.killpg(process.pid, signal.SIGINT)  # strace lets it through to the server
        process.communicate(timeout=60)
    return read(log, here.out, 0)


def _ask(address: str, body: bytes | None = None) -> None:
    """Get a page, or send something, as a browser would.

    Raises:
        urllib.error.HTTPError: the server refuses.
    """
    parts = urlsplit(address)
    headers = {"content-type": "application/json", "origin": f"{parts.scheme}://{parts.netloc}"}
    with urllib.request.urlopen(urllib.request.Request(address, body, headers), timeout=60) as answer:
        answer.read()


def browser(here: Place) -> Trace:
    """Open the page of mismatches with the Chromium that the tests use.

    Playwright's driver waits for events by io_uring; its work on files it does in sight, since it is told to.
    """
    trace = here.look_on([sys.executable, "-c", BROWSE, str(here.out / "talk.mismatches.html")])
    return replace(trace, addresses=trace.addresses - {PROBE}, unseen=0)


ASKED = ("", "state", "audio", "wave?begin=0&seconds=2", "lines")
"""Of the server of a review."""
DECISION = {"revision": 0, "request": {"ask": "rename", "old": "陈倩", "new": "Ada"}}
PROBE = "2001:4860:4860::8888"
"""Chromium connects a datagram socket there, which sends nothing, to learn whether IPv6 has a route."""
BATCH = ("--jobs", "2", "--no-translate", "--speakers", "off")
STEPS: tuple[Callable[[Place], Trace], ...] = (
    *(whole_run, attention, voices, pictures, retimed, check, doctor, program, batch, batch_on_ray, review),
    browser,
)
SERVING = (batch_on_ray, review, browser)
"""The steps that may talk to themselves over the loopback."""


def steps(here: Place) -> Iterator[Trial]:
    """Run all steps; what each did, and what it must not have done."""
    for step in STEPS:
        if step is browser and shutil.which("chromium") is None:
            continue
        shutil.rmtree(here.home / ".cache" / "align" / "stages", ignore_errors=True)
        began = time.monotonic()
        trace = step(here)
        problem = "; ".join(problems(trace, here, step in SERVING))
        yield Trial(step.__name__.replace("_", " "), told(trace), problem, time.monotonic() - began)


def problems(trace: Trace, here: Place, serves: bool) -> Iterator[str]:
    """What a step must not have done.

    Args:
        serves: whether it may open sockets for this machine.
    """
    if trace.code:
        yield f"ended with {trace.code}"
    if trace.elsewhere:
        yield f"called {', '.join(trace.elsewhere)}"
    if trace.sockets and not serves:
        yield f"{trace.sockets} sockets for the internet"
    outside = trace.outside(*here.allowed)
    if outside:
        yield f"wrote {', '.join(map(str, outside[:5]))} and {len(outside)} in all outside"
    if trace.unseen:
        yield "went a way that strace cannot see"
    left = sorted(path.name for path in here.temporary.iterdir() if path.name != RAY)
    if left:
        yield f"left {', '.join(left)} among the temporary files"


def told(trace: Trace) -> str:
    """The counts."""
    told = f"{trace.processes} processes and threads, {trace.calls:,} calls; "
    told += f"{trace.sockets} internet sockets{', all on the loopback' if trace.sockets else ''}; "
    return told + f"{len(trace.written)} files and folders written"


def _shows(here: Place) -> Path:
    """A folder with the recording and its text, twice."""
    folder = here.root / "in" / "shows"
    folder.mkdir(exist_ok=True)
    for name in ("one", "two"):
        shutil.copyfile(here.audio, folder / f"{name}.wav")
        shutil.copyfile(here.transcript, folder / f"{name}.txt")
    return folder


def _video(path: Path) -> Path:
    """Four seconds of two shots."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for number in range(40):
            light = 20 if number < 20 else 230
            frame = av.VideoFrame.from_ndarray(np.full((64, 64, 3), light, np.uint8), "rgb24")
            frame.pts, frame.time_base = number, Fraction(1, 10)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path
