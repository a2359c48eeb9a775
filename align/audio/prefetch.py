"""Work that starts before its turn, with results in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def ahead(pool: Executor, work: Callable[[T], R], items: Iterable[T], count: int) -> Iterator[R]:
    """The results of `work` for each item, in order, while up to `count` later items are worked on."""
    pending: deque[Future[R]] = deque()
    for item in items:
        pending.append(pool.submit(work, item))
        if len(pending) > count:
            yield pending.popleft().result()
    while pending:
        yield pending.popleft().result()
