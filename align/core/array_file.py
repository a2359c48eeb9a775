"""A long table of numbers on the disk, of which some rows are read at a time, so that memory stays flat.

The file is an ordinary .npy; numpy's own way to read parts of one maps it into memory, where every page that
was ever looked at counts as used.
"""

from __future__ import annotations

import os
import re
import weakref
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

_HALF = np.dtype(np.float16)
_MAGIC = b"\x93NUMPY\x01\x00"
_HEAD = re.compile(
    rb"\{'descr': '%s', 'fortran_order': False, 'shape': \((\d{1,12}), (\d{1,6})\), \} *\n"
    % _HALF.str.encode()
)
"""The one head that `write_array` writes; numpy's own reader evaluates what stands there."""


@dataclass(frozen=True, eq=False)
class StoredArray:
    """Rows of half-precision numbers in a file.

    Attributes:
        file: as `write_array` wrote it, held open, so that it may be deleted meanwhile.
        shape: rows and columns.
        offset: bytes of the file before the first row.
    """

    file: IO[bytes]
    shape: tuple[int, int]
    offset: int

    def __len__(self) -> int:
        return self.shape[0]

    def __getitem__(self, part: slice, /) -> NDArray[np.float16]:
        """Rows `part.start` to `part.stop`, read now; shape (rows, columns)."""
        first, last, _ = slice(part.start, part.stop).indices(self.shape[0])
        width = self.shape[1] * _HALF.itemsize
        self.file.seek(self.offset + first * width)
        read = self.file.read(max(0, last - first) * width)
        return np.frombuffer(read, np.float16).reshape(-1, self.shape[1])


def write_array(file: IO[bytes], shape: tuple[int, int], blocks: Iterable[NDArray[np.float16]]) -> None:
    """Write blocks of rows one behind the other, `shape` in all."""
    npy.write_array_header_1_0(file, {"descr": _HALF.str, "fortran_order": False, "shape": shape})
    for block in blocks:
        file.write(np.ascontiguousarray(block, _HALF).tobytes())


def open_array(path: Path) -> StoredArray | None:
    """The rows of a file, None when it is missing or not whole; nothing is unpickled."""
    try:
        file = path.open("rb")
    except OSError:
        return None
    found = _rows(file)
    if found is None:
        file.close()
    else:
        weakref.finalize(found, file.close)
    return found


def _rows(file: IO[bytes]) -> StoredArray | None:
    """What a file holds, None where that is no whole table."""
    first = file.read(len(_MAGIC) + 2)
    head = _HEAD.fullmatch(file.read(int.from_bytes(first[-2:], "little")))
    if not first.startswith(_MAGIC) or head is None:
        return None
    shape = (int(head[1]), int(head[2]))
    offset = file.tell()
    size = file.seek(0, os.SEEK_END) - offset
    return StoredArray(file, shape, offset) if size == shape[0] * shape[1] * _HALF.itemsize else None
