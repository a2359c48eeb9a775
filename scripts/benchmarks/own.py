"""What align itself says of a recording, kept for as long as neither changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from align.core.atomic_write import write_whole
from scripts.benchmarks.process import LIMIT, ToolError
from scripts.benchmarks.tools import TOOLS, Job, run_align
from scripts.benchmarks.values import Sample, Word


@dataclass(frozen=True, slots=True)
class Answer:
    """One run of align.

    Attributes:
        document: NAME.alignment.json.
        seconds: wall time.
        peak: most bytes of memory.
    """

    document: Mapping[str, Any]
    seconds: float
    peak: int

    @property
    def words(self) -> tuple[Word, ...]:
        """Every token with its time."""
        return tuple(Word(row["text"], row["start"], row["end"]) for row in self.document["tokens"])


def answer(
    sample: Sample, cache: Path, threads: int, fresh: bool, timed: bool = False, limit: int = LIMIT
) -> Answer:
    """align's answer for a sample, with the aligner that it has for Mandarin.

    Args:
        sample: to align.
        cache: the benchmark's folder.
        threads: that it may use.
        fresh: run it whatever is kept.
        timed: compute every stage; else one that is kept from other texts of the same sound is used again.
        limit: seconds after which it is stopped.

    Raises:
        ToolError: it gave none.
    """
    key = hashlib.sha256(sample.audio.read_bytes())
    key.update("\0".join((TOOLS["phone"].version(), sample.text, str(threads), str(timed))).encode())
    kept = cache / "answers" / sample.group / f"{sample.name}{'-timed' * timed}.json"
    if not fresh and (found := _kept(kept, key.hexdigest())):
        return found
    with TemporaryDirectory(prefix="benchmark-") as folder:
        text = Path(folder) / f"{sample.name}.txt"
        write_whole(text, sample.text)
        job = Job(sample.audio, text, sample.language, threads, cache)
        stages = None if timed else cache / "stages"
        document, cost = run_align(job, Path(folder), stages=stages, limit=limit)
    row = {"key": key.hexdigest(), "seconds": cost.seconds, "peak": cost.peak, "document": document}
    write_whole(kept, json.dumps(row, ensure_ascii=False))
    return Answer(document, cost.seconds, cost.peak)


def _kept(path: Path, key: str) -> Answer | None:
    """What an earlier run left, if it was of the same."""
    try:
        row = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return Answer(row["document"], row["seconds"], row["peak"]) if row["key"] == key else None


def check_tokens(found: Answer, texts: tuple[str, ...]) -> None:
    """Make sure that align cut the text as the benchmark did, so that ranges of tokens mean the same.

    Raises:
        ToolError: it did not.
    """
    for k, (row, text) in enumerate(zip(found.document["tokens"], texts, strict=False)):
        if row["text"] != text:
            raise ToolError(f"align read token {k} as {row['text']!r}, where the text has {text!r}")
    if len(found.document["tokens"]) != len(texts):
        raise ToolError(f"align read {len(found.document['tokens'])} tokens of {len(texts)}")
