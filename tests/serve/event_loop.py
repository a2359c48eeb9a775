"""An event loop in a thread of its own: the main thread of a test process may have the browser's."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run `work` to its end."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work).result()
