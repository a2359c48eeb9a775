"""Run tools over samples, and keep what came out."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

from align.audio.decode import read_audio
from align.core.atomic_write import write_whole
from scripts.benchmarks.pcm import write_wave
from scripts.benchmarks.tools import Job, Tool, run_tool
from scripts.benchmarks.values import Run, Sample, Word


def run_once(name: str, tool: Tool, sample: Sample, cache: Path, threads: int, fresh: bool) -> Run:
    """A tool's answer for a sample, kept in the cache for as long as neither changes.

    Args:
        name: of the tool.
        tool: to run.
        sample: to align.
        cache: the benchmark's folder.
        threads: that the tool may use.
        fresh: run it whatever is kept, as the times of one table must come from one machine in one state.

    Raises:
        ToolError: the tool gave no answer.
        ModelError: it cannot be installed.
    """
    recording = read_audio(sample.audio)
    key = _key(tool.version(), recording.digest, sample.text, sample.language, str(threads))
    kept = cache / "runs" / sample.group / f"{sample.name}.{name}.json"
    if not fresh and (run := _kept(kept, key)):
        return run
    audio = cache / "audio" / sample.group / f"{sample.name}.wav"
    text = audio.with_suffix(".txt")
    write_wave(audio, recording.samples[:])
    write_whole(text, sample.text)
    run = run_tool(tool, Job(audio, text, sample.language, threads, cache))
    write_whole(kept, json.dumps({"key": key, **asdict(run)}, ensure_ascii=False))
    return run


def _key(*parts: str) -> str:
    """One digest of all that the answer depends on."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _kept(path: Path, key: str) -> Run | None:
    """What an earlier run left, if it was of the same."""
    try:
        kept = json.loads(path.read_text("utf-8"))
        if kept["key"] != key:
            return None
        words = tuple(Word(row["text"], row["start"], row["end"]) for row in kept["words"])
        return Run(words, kept["seconds"], kept["peak"])
    except (OSError, ValueError, KeyError):
        return None
