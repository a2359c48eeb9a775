"""Long arrays on disk, read a few rows at a time so that memory use stays flat.

The file is an ordinary .npy. numpy reads parts of one by mapping it into memory, where every page that was
ever read counts as used.
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
_HEADER = re.compile(
    rb"\{'descr': '%s', 'fortran_order': False, 'shape': \((\d{1,12}), (\d{1,6})\), \} *\n"
    % _HALF.str.encode()
)
"""The header that `write_array` writes; numpy's own reader evaluates the text of a header."""


@dataclass(frozen=True, eq=False)
class StoredArray:
    """A two-dimensional array of half-precision numbers in an open file, which may be deleted meanwhile.

    Attributes:
        offset: bytes of the file before the first row.
    """

    file: IO[bytes]
    shape: tuple[int, int]
    offset: int

    def __len__(self) -> int:
        return self.shape[0]

    def __getitem__(self, part: slice, /) -> NDArray[np.float16]:
        """Rows `part.start` to `part.stop`, shape (rows, columns)."""
        first, last, _ = slice(part.start, part.stop).indices(self.shape[0])
        width = self.shape[1] * _HALF.itemsize
        self.file.seek(self.offset + first * width)
        data = self.file.read(max(0, last - first) * width)
        return np.frombuffer(data, np.float16).reshape(-1, self.shape[1])


def write_array(file: IO[bytes], shape: tuple[int, int], blocks: Iterable[NDArray[np.float16]]) -> None:
    """Write an array of this shape, given as consecutive blocks of rows."""
    npy.write_array_header_1_0(file, {"descr": _HALF.str, "fortran_order": False, "shape": shape})
    for block in blocks:
        file.write(np.ascontiguousarray(block, _HALF).tobytes())


def open_array(path: Path) -> StoredArray | None:
    """The array in a file, None if the file is missing or incomplete; nothing is unpickled."""
    try:
        file = path.open("rb")
    except OSError:
        return None
    start = file.read(len(_MAGIC) + 2)
    header = _HEADER.fullmatch(file.read(int.from_bytes(start[-2:], "little")))
    if header and start.startswith(_MAGIC):
        shape, offset = (int(header[1]), int(header[2])), file.tell()
        if file.seek(0, os.SEEK_END) - offset == shape[0] * shape[1] * _HALF.itemsize:
            array = StoredArray(file, shape, offset)
            weakref.finalize(array, file.close)
            return array
    file.close()
    return None
