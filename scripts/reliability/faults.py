"""Faults of the machine and of other programs: what align makes of each, as a list of small trials.

A trial raises `Broken` when something is not as it must be, and else says in a few words what came out.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import numpy as np

from align.audio.decode import read_audio
from align.core.types import SAMPLE_RATE
from scripts.reliability import disks, hubs
from scripts.reliability.workshop import Ran, Workshop, align, check_refusal, left_over, must

JUMPING = """
import random, time
now, steps = time.time, random.Random(1)
time.time = lambda: now() + steps.uniform(-3e8, 3e8)
time.time_ns = lambda: int(time.time() * 1e9)
"""
"""A module with which Python's clock jumps by years, to and fro, each time it is asked."""

OFFLINE = {"PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull, "HF_HUB_OFFLINE": "1"}
"""The package index is not to be had, nor is the hub."""

PATIENCE = 300
"""Seconds within which a hub that hangs is given up, on a machine that does much else."""


def output_on_a_full_disk(shop: Workshop) -> str:
    """No file that is not whole, and all that stood there before."""
    out = shop.root / "full-out"
    with disks.small(out, 20 << 10) as mounted:
        (out / "talk.alignment.json").write_bytes(b"as it was")
        command = [*shop.command(out), "--overwrite"]
        ran = shop.run(command, prepare=None if mounted else disks.files_of(8 << 10))
        check_refusal(ran, 3, "cannot be written (", "free some room")
        found = {path.name: path.read_bytes() for path in out.iterdir()}
        for name, content in found.items():
            must(content in (shop.wanted[name], b"as it was"), f"{name} is not whole")
    return f"refused; whole files: {len(found)}"


def cache_on_a_full_disk(shop: Workshop) -> str:
    """The same files, without anything kept."""
    stages, out = shop.root / "full-stages", shop.root / "full-stages-out"
    with disks.small(stages, 64 << 10) as mounted:
        changed = {"ALIGN_STAGES": str(stages)}
        ran = shop.run(shop.command(out), changed, None if mounted else disks.files_of(1 << 20))
        _check_done(shop, ran, out)
        must(not left_over(stages), "leaves temporary files in the cache")
    return "the same bytes"


def passing_files_on_a_full_disk(shop: Workshop) -> str:
    """No room for the decoded sound."""
    passing, out = shop.root / "full-tmp", shop.root / "full-tmp-out"
    with disks.small(passing, 64 << 10) as mounted:
        prepare = None if mounted else disks.files_of(64 << 10)
        ran = shop.run(shop.command(out), {"TMPDIR": str(passing)}, prepare)
        check_refusal(ran, 3, "cannot store the decoded audio", "free some space")
    must(not out.exists(), "makes a folder")
    return "refused"


def read_only_cache(shop: Workshop) -> str:
    """A cache with all stages in it, and an empty one, which nobody can write."""
    empty, out = shop.root / "locked-stages", shop.root / "locked-out"
    empty.mkdir()
    for stages in (shop.stages, empty):
        with disks.read_only(stages):
            _check_done(shop, shop.run(shop.command(out), {"ALIGN_STAGES": str(stages)}), out)
        shutil.rmtree(out)
    return "the same bytes"


def read_only_output(shop: Workshop) -> str:
    """A folder that nobody can write."""
    out = shop.root / "locked"
    out.mkdir()
    with disks.read_only(out):
        check_refusal(shop.run(shop.command(out)), 3, "cannot be written (", "choose another folder with -o")
    return "refused before any work"


def two_runs_at_once(shop: Workshop) -> str:
    """The first writes, the second is told; when the first is killed, the next may."""
    out, stages = shop.root / "both", shop.root / "both-stages"
    slow = {"ALIGN_STAGES": str(stages)}
    with _started(shop, shop.command(out), slow) as first:
        _wait_for(lambda: left_over(out), "the first run never locks its folder")
        second = shop.run(shop.command(out))
        check_refusal(second, 3, "another run of align is writing talk.* there", "wait until it has ended")
        must(first.wait(timeout=300) == 0, "the first run fails")
    shop.check_same(out)
    with _started(shop, shop.command(out), slow | {"ALIGN_STAGES": str(shop.root / "both-again")}) as killed:
        _wait_for(lambda: left_over(out), "the run never locks its folder")
        killed.send_signal(signal.SIGKILL)
    _check_done(shop, shop.run(shop.command(out)), out)
    return "one writes, the other is told; a killed run holds nothing"


def cache_of_another_version(shop: Workshop) -> str:
    """Every stage replaced by what is of another form, is cut off, or is empty."""
    damages: tuple[Callable[[bytes], bytes], ...] = (
        lambda _: b'[{"text": 1, "span": null}]',
        lambda _: b'{"tokens": [], "version": 99}',
        lambda data: data[: len(data) // 2],
        lambda _: b"",
        lambda data: os.urandom(len(data)),
    )
    for number, damage in enumerate(damages):
        stages, out = shop.root / f"older-{number}", shop.root / f"older-{number}-out"
        shutil.copytree(shop.stages, stages)
        for kept in stages.iterdir():
            kept.write_bytes(damage(kept.read_bytes()))
        _check_done(shop, shop.run(shop.command(out), {"ALIGN_STAGES": str(stages)}), out)
    return f"{len(damages)} kinds of damage to every stage: the same bytes"


def recording_cut_off(shop: Workshop) -> str:
    """What decodes is aligned, and the run says what is lost."""
    whole = _encoded(shop, "cut.flac")
    data = whole.read_bytes()
    whole.write_bytes(data[: len(data) * 7 // 10])
    told, placed = _aligned(shop, whole)
    must("could not be decoded" in told, f"does not tell the loss: {told}")
    must(0.5 < placed < 0.9, f"{placed:.0%} of the words have a time")
    return f"{placed:.0%} of the words placed, the loss is told"


def recording_damaged(shop: Workshop) -> str:
    """A tenth of a file in its middle is zeros."""
    damaged = _encoded(shop, "damaged.mkv", "libopus")
    data = bytearray(damaged.read_bytes())
    first = len(data) * 45 // 100
    data[first : first + len(data) // 10] = bytes(len(data) // 10)
    damaged.write_bytes(data)
    told, placed = _aligned(shop, damaged)
    must("missing or damaged" in told, f"does not tell the loss: {told}")
    must(placed > 0.6, f"only {placed:.0%} of the words have a time")
    return f"{placed:.0%} of the words placed, the loss is told"


def recording_that_grows(shop: Workshop) -> str:
    """Another program writes on while align reads."""
    growing = shop.root / "growing" / "talk.wav"
    growing.parent.mkdir()
    shutil.copyfile(shop.audio, growing)
    ended = threading.Event()

    def grow() -> None:
        with growing.open("ab", buffering=0) as file:
            while not ended.wait(0.002):
                file.write(b"\0\0")

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        command = align("run", growing, shop.transcript, "-o", shop.root / "growing-out", *shop.options)
        check_refusal(shop.run(command), 3, "was changed while it was read")
    finally:
        ended.set()
        writer.join()
    return "refused"


def clock_that_jumps(shop: Workshop) -> str:
    """The clock jumps by years, and the cache is of next year."""
    hook, stages, out = shop.root / "clock", shop.root / "clock-stages", shop.root / "clock-out"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(JUMPING, "utf-8")
    path = f"{hook}{os.pathsep}{shop.environment()['PYTHONPATH']}"
    for _ in range(2):
        ran = shop.run(shop.command(out), {"PYTHONPATH": path, "ALIGN_STAGES": str(stages)})
        _check_done(shop, ran, out)
        for kept in stages.iterdir():
            os.utime(kept, (4e9, 4e9))
    return "the same bytes"


def no_network(shop: Workshop) -> str:
    """With the models here nothing is missing; without them one sentence."""
    out = shop.root / "alone-out"
    cut = ["unshare", "-n"] if _can_unshare() else []
    _check_done(shop, shop.run([*cut, *_online(shop.command(out))]), out)
    nowhere = OFFLINE | {"ALIGN_MODELS": str(shop.root / "no-models"), "ALIGN_MODEL_PATH": ""}
    ran = shop.run([*cut, *_online(shop.command(shop.root / "alone-none"))], nowhere)
    must(ran.code == 4, f"ended with {ran.code}: {ran.told[-300:]}")
    must("connect to the network" in ran.told, ran.told[-300:])
    return f"the same bytes; without models a sentence after {ran.seconds:.0f} s"


def hub_that_hangs(shop: Workshop) -> str:
    """Three kinds of silence, each given up in time."""
    took = []
    for kind in (hubs.silent, hubs.greets, hubs.drips):
        with hubs.hub(kind) as endpoint:
            models = shop.root / f"models-{kind.__name__}"
            changed = OFFLINE | {"HF_HUB_OFFLINE": "0", "HF_ENDPOINT": endpoint, "ALIGN_MODELS": str(models)}
            out = shop.root / f"hangs-{kind.__name__}"
            ran = shop.run(_online(shop.command(out)), changed | {"ALIGN_MODEL_PATH": ""}, timeout=PATIENCE)
        must(ran.code == 4, f"ended with {ran.code}: {ran.told[-300:]}")
        must("cannot be pulled" in ran.told, ran.told[-300:])
        took.append(f"{kind.__name__} {ran.seconds:.0f} s")
    return f"given up: {', '.join(took)}"


FAULTS: tuple[Callable[[Workshop], str], ...] = (
    output_on_a_full_disk,
    cache_on_a_full_disk,
    passing_files_on_a_full_disk,
    read_only_cache,
    read_only_output,
    two_runs_at_once,
    cache_of_another_version,
    recording_cut_off,
    recording_damaged,
    recording_that_grows,
    clock_that_jumps,
    no_network,
    hub_that_hangs,
)


def _check_done(shop: Workshop, ran: Ran, out: Path) -> None:
    """Make sure that a run ended well, with the files of a good run."""
    must(ran.code == 0, f"ended with {ran.code}: {ran.told[-300:]}")
    shop.check_same(out)


def _aligned(shop: Workshop, recording: Path) -> tuple[str, float]:
    """The notes on a recording that is not whole, and the share of the words that got a time."""
    from align.result.alignment_json import load

    out = recording.with_suffix(".out")
    ran = shop.run(align("run", recording, shop.transcript, "-o", out, *shop.options))
    must(ran.code in (0, 1), f"ended with {ran.code}: {ran.told[-300:]}")
    result = load(out / f"{recording.stem}.alignment.json")
    tokens = result.alignment.tokens
    return " ".join(result.notes), sum(one.span is not None for one in tokens) / len(tokens)


def _encoded(shop: Workshop, name: str, codec: str = "flac") -> Path:
    """The recording in another format."""
    import av

    samples = read_audio(shop.audio).samples[:]
    path = shop.root / name
    with av.open(str(path), "w") as container:
        rate = 48_000 if codec == "libopus" else SAMPLE_RATE
        stream = container.add_stream(codec, rate=rate, layout="mono")
        whole = av.AudioFrame.from_ndarray((samples[None, :] * 32767).astype(np.int16), "s16", "mono")
        whole.rate = SAMPLE_RATE
        size = stream.frame_size or 1024
        resampler = av.AudioResampler(stream.format.name, "mono", rate, frame_size=size)
        for frame in (*resampler.resample(whole), *resampler.resample(None)):
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def _online(command: list[str]) -> list[str]:
    """A command that may pull."""
    return [word for word in command if word != "--offline"]


def _can_unshare() -> bool:
    return sys.platform == "linux" and subprocess.run(
        ["unshare", "-n", "true"], capture_output=True, check=False
    ).returncode == 0  # fmt: skip


@contextmanager
def _started(
    shop: Workshop, command: list[str], changed: dict[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """A run in the background, which ends with the block at the latest."""
    with ExitStack() as stack:
        process = subprocess.Popen(command, env=shop.environment(changed), stderr=subprocess.DEVNULL)
        stack.callback(process.wait)
        stack.callback(process.kill)
        yield process


def _wait_for(holds: Callable[[], object], problem: str) -> None:
    """Wait until something holds, for a minute at most."""
    end = time.monotonic() + 60
    while not holds():
        must(time.monotonic() < end, problem)
        time.sleep(0.02)
