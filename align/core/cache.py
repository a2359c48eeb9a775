"""Results of finished stages on disk, so that a run that was stopped continues after the last of them.

The key of an entry is the stage's name and everything that its result depends on: if the recording, the text,
a model or an option changes, exactly the stages that depend on it are computed again. Results are tuples of
frozen dataclasses, stored as JSON and checked against their types when they are read.
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
"""Increase it when a stage computes something else from the same inputs."""

T = TypeVar("T")


def default_cache_folder() -> Path:
    """Where results are stored: ALIGN_STAGES, or `stages` in align's cache."""
    chosen = os.environ.get("ALIGN_STAGES")
    return Path(chosen) if chosen else platformdirs.user_cache_path("align") / "stages"


@dataclass(frozen=True, slots=True)
class Cache:
    """Results of stages by name and inputs.

    Attributes:
        folder: where they are stored; it may be deleted at any time.
        hold: keeps the entries that are used from being evicted; None keeps none.
    """

    folder: Path
    hold: Hold | None = None

    def __post_init__(self) -> None:
        fit_fields(self)

    @contextmanager
    def held(self) -> Iterator[Cache]:
        """The same cache for one run: an entry that it uses is not evicted before the block ends.

        Files of killed runs are removed first, and entries over ALIGN_CACHE_LIMIT at the end.

        Raises:
            UsageError: that variable is not a size.
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
        """The result of a stage, from the cache if it is there.

        Args:
            inputs: everything that the result depends on; its `repr` must tell different inputs apart.
            kind: type of the result, such as `tuple[HeardWord, ...]`.
        """
        import msgspec

        path = self._used_path(name, inputs, "json")
        try:
            return msgspec.json.decode(path.read_bytes(), type=kind)
        except (OSError, ValueError, RecursionError, msgspec.MsgspecError):  # missing or damaged in any way
            result = compute()
        with suppress(InputError):  # a cache that cannot be written costs time on the next run, no more
            write_whole(path, msgspec.json.encode(result))
        return result

    def get_or_compute_array(
        self,
        name: str,
        inputs: object,
        shape: tuple[int, int],
        compute: Callable[[], Iterable[NDArray[np.float16]]],
    ) -> Posteriors:
        """The same for a long array, which is computed and read in parts.

        Args:
            shape: of the whole array.
            compute: gives its rows in consecutive blocks.
        """
        path = self._used_path(name, inputs, "npy")
        array = open_array(path)
        if array is not None and array.shape == shape:
            return array
        with suppress(InputError):  # a cache that cannot be written costs memory, and time on the next run
            write_by(path, lambda file: write_array(file, shape, compute()))
        return open_array(path) or np.concatenate([np.empty((0, shape[1]), np.float16), *compute()])

    def stored_array(self, name: str, inputs: object) -> StoredArray | None:
        """The array that a stage computed, None if it is not in the cache."""
        return open_array(self._used_path(name, inputs, "npy"))

    def _used_path(self, name: str, inputs: object, ending: str) -> Path:
        """The file of an entry, which is kept from being evicted and becomes the last to go."""
        key = json.dumps([VERSION, name, repr(inputs)], ensure_ascii=False)
        digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
        path = self.folder / f"{name}-{digest[:32]}.{ending}"
        if self.hold:
            self.hold.use(path.name)
        with suppress(OSError):  # not there yet, or not to be written
            os.utime(path, ns=(time.time_ns(), path.stat().st_mtime_ns))
        return path
