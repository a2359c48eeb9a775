"""The record of a finished recording: NAME.batch.json beside its files.

It says what the files were made from, so that a repeated batch skips what is done and
unchanged. It names no time and no machine, and is the same for the same files and options.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from align.batch.job import RecordingJob
from align.batch.storage import are_there, beside, content, read, stamp, write
from align.core.cache import VERSION
from align.core.errors import InputError
from align.core.json_document import parse
from align.core.version import __version__
from align.core.written_files import Destination
from align.registry import load_registry

FORMAT = "align-batch-1"


def place_of(job: RecordingJob) -> str:
    """Where the record of a job is."""
    return beside(job.folder, f"{job.name}.batch.json")


def made_from(job: RecordingJob) -> str:
    """A digest of all that the files of a job depend on: another digest, other files.

    Raises:
        InputError: one of its files is not there.
    """
    job_options = job.options
    options = job_options.run_options
    weights = Path(options.model) / "model.bin"  # of a model in a folder of the user's
    facts = (
        (__version__, VERSION),
        tuple((model.name, model.digest) for model in load_registry()),
        (Path(job.audio).name, stamp(job.audio), Path(job.transcript).name, content(job.transcript)),
        tuple(content(str(file)) if file else None for file in (options.glossary, options.lexicon)),
        stamp(str(weights)) if weights.is_file() else None,
        replace(
            job_options,
            run_options=replace(options, glossary=None, lexicon=None, threads=0, offline=False),
            files=replace(job_options.files, overwrite=False),
            fresh=False,
        ),
    )
    return hashlib.sha256(repr(facts).encode("utf-8", "surrogatepass")).hexdigest()


def kept_report(job: RecordingJob, source: str) -> Mapping[str, Any] | None:
    """The report of a job that is done, None if it must be done.

    Args:
        source: as by `made_from`.
    """
    try:
        document = parse(read(place := place_of(job)), Path(place)).only("format", "made_from", "report")
        report = document["report"]
        names = [node.text() for node in report["files"].items()]
        report["exit_code"].whole(255)
    except InputError:
        return None
    if document["format"].value != FORMAT or document["made_from"].value != source:
        return None
    return report.value if names and are_there(names, job.folder) else None  # type: ignore[return-value]


def keep(job: RecordingJob, source: str, report: Mapping[str, Any], into: Destination | None) -> None:
    """Write the record of a job, after all its files.

    Args:
        into: where the files of the job are; None for a folder elsewhere.

    Raises:
        InputError: it cannot be written.
    """
    document = {"format": FORMAT, "made_from": source, "report": dict(report)}
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    data = text.encode("utf-8", "replace")
    if into:
        into.put({f"{job.name}.batch.json": data})
    else:
        write(place_of(job), data)
