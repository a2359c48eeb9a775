"""From the list of a batch to a request for each recording."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from align.batch.job import JobOptions, RecordingJob
from align.batch.manifest import read_jobs
from align.core.errors import AlignError
from align.serve.request import BatchRequest, JobRequest, Machine, check, inside, run_options


@dataclass(frozen=True, slots=True)
class Planned:
    """A recording of a batch.

    Attributes:
        fault: why it cannot be done, "" if it can.
    """

    request: JobRequest
    fault: str


def planned(batch: BatchRequest, machine: Machine) -> Iterator[Planned]:
    """Every recording of a batch, in the order of its list.

    Raises:
        InputError: the list cannot be read, or lies outside the server's folder.
        UsageError: the options do not go together.
    """
    root = Path(machine.root)
    options = JobOptions(run_options(batch, machine))
    for job in read_jobs(str(inside(root, batch.recordings)), str(inside(root, batch.out)), options):
        request = _request(batch, job, root)
        fault = f"{request.audio}: {job.fault}" if job.fault else ""
        try:
            if not fault:
                check(request, machine)
        except AlignError as error:
            fault = str(error)
        yield Planned(request, fault)


def _request(batch: BatchRequest, job: RecordingJob, root: Path) -> JobRequest:
    """The request for one recording, whose row may have options of its own."""
    shared = {name: getattr(batch, name) for name in JobRequest.__struct_fields__ if hasattr(batch, name)}
    own = job.options.run_options
    return JobRequest(
        **shared
        | {
            "audio": _below(job.audio, root),
            "transcript": _below(job.transcript, root),
            "out": _below(job.folder, root),
            "language": own.language,
            "speakers": own.speakers,
            "glossary": _below(str(own.glossary), root) if own.glossary else None,
            "lexicon": _below(str(own.lexicon), root) if own.lexicon else None,
        }
    )


def _below(place: str, root: Path) -> str:
    """A path as a client names it; one outside the folder stays whole, and is refused later."""
    path = Path(place)
    return str(path.relative_to(root)) if path.is_relative_to(root) else place
