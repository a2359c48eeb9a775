"""matplotlib, which keeps what it learns about fonts in align's cache."""

from __future__ import annotations

import os
import sys

import platformdirs

from align.core.errors import ModelError

FOLDER = "MPLCONFIGDIR"


def load_matplotlib() -> None:
    """Import matplotlib, so that it writes nothing into the user's folders for caches and configuration.

    A folder that MPLCONFIGDIR names counts, and so does what a program has chosen that imported it before.

    Raises:
        ModelError: it is not installed.
    """
    ours = FOLDER not in os.environ and "matplotlib" not in sys.modules
    if ours:
        os.environ[FOLDER] = str(platformdirs.user_cache_path("align") / "matplotlib")
    try:
        from matplotlib import font_manager  # noqa: F401 - reads the variable, and the list of fonts
    except ImportError as error:
        raise ModelError(
            "matplotlib", "is needed for align plot; pip install '.[plot]' in align's folder"
        ) from error
    finally:
        if ours:
            del os.environ[FOLDER]
