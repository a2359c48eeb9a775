"""Finished stages kept on disk, so that a run that was stopped goes on from the last of them.

A stage is known by its name and by all that its outcome depends on: change the recording, the text,
a model or an option, and exactly the stages that depend on it are computed again. Outcomes are
tuples of frozen dataclasses, kept as JSON and checked against their types when they are read.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import numpy as np
import platformdirs
from numpy.typing import NDArray

from align.core.arguments import fit_fields
from align.core.array_file import StoredArray, open_array, write_array
from align.core.atomic_write import write_by, write_whole
from align.core.cache_eviction import Hold, cache_limit, evict, holding
from align.core.errors import InputError
from align.core.temp_files import sweep
from align.core.types import Posteriors

VERSION = 7
"""Grows when a stage computes something else from the same inputs."""

T = TypeVar("T")


def default_cache_folder() -> Path:
    """Where finished stages are kept: ALIGN_STAGES, or `stages` in align's cache."""
    chosen = os.environ.get("ALIGN_STAGES")
    return Path(chosen) if chosen else platformdirs.user_cache_path("align") / "stages"


@dataclass(frozen=True, slots=True)
class Cache:
    """Outcomes by name and inputs.

    Attributes:
        folder: where they are kept; it may be deleted at any time.
        hold: keeps what is recalled from being evicted, None for nothing.
    """

    folder: Path
    hold: Hold | None = None

    def __post_init__(self) -> None:
        fit_fields(self)

    @contextmanager
    def held(self) -> Iterator[Cache]:
        """The same outcomes for one run: what it recalls is not evicted before the block ends.

        What killed runs have left goes first, and what is over ALIGN_CACHE_LIMIT at the end.

        Raises:
            UsageError: that variable holds no size.
        """
        limit = cache_limit()
        sweep(self.folder)
        try:
            with holding(self.folder) as hold:
                yield replace(self, hold=hold)
        finally:
            with suppress(InputError):  # a cache that cannot be pruned is no reason to fail
                evict(self.folder, limit)

    def get_or_compute(self, name: str, inputs: object, kind: type[T], compute: Callable[[], T]) -> T:
        """The outcome of a stage, from the disk when it is there, else computed and kept.

        Args:
            inputs: all that the outcome depends on; its `repr` must tell different inputs apart.
            kind: type of the outcome, such as `tuple[HeardWord, ...]`.
        """
        import msgspec

        path = self._path(name, inputs)
        self._use(path)
        try:
            return msgspec.json.decode(path.read_bytes(), type=kind)
        except (OSError, ValueError, RecursionError, msgspec.MsgspecError):  # whatever lies there now
            outcome = compute()
        with suppress(InputError):  # a cache that cannot be written costs time on the next run, no more
            write_whole(path, msgspec.json.encode(outcome))
        return outcome

    def get_or_compute_array(
        self,
        name: str,
        inputs: object,
        shape: tuple[int, int],
        compute: Callable[[], Iterable[NDArray[np.float16]]],
    ) -> Posteriors:
        """The same for an outcome that is one long table: computed and read in parts.

        Args:
            shape: of the whole table.
            compute: gives its rows in blocks, in order.
        """
        kept = self.stored_array(name, inputs)
        if kept is not None and kept.shape == shape:
            return kept
        path = self._rows_path(name, inputs)
        with suppress(InputError):  # a cache that cannot be written costs memory, and time on the next run
            write_by(path, lambda file: write_array(file, shape, compute()))
        return self.stored_array(name, inputs) or np.concatenate(
            [np.empty((0, shape[1]), np.float16), *compute()]
        )

    def stored_array(self, name: str, inputs: object) -> StoredArray | None:
        """The outcome of a stage that is one long table, None when it is not on the disk."""
        path = self._rows_path(name, inputs)
        self._use(path)
        return open_array(path)

    def _use(self, path: Path) -> None:
        """Keep an entry from being evicted by others, and make it the last to go."""
        if self.hold:
            self.hold.use(path.name)
        with suppress(OSError):  # not there yet, or not to be written
            os.utime(path, ns=(time.time_ns(), path.stat().st_mtime_ns))

    def _rows_path(self, name: str, inputs: object) -> Path:
        return self._path(name, inputs).with_suffix(".npy")

    def _path(self, name: str, inputs: object) -> Path:
        key = json.dumps([VERSION, name, repr(inputs)], ensure_ascii=False)
        digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
        return self.folder / f"{name}-{digest[:32]}.json"
