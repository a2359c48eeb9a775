"""The page of all jobs: one file, with the policy that lets nothing else run in it."""

from __future__ import annotations

import re
from importlib import resources

from align.export.report_page.assets import digest

PAGE = resources.files("align.serve").joinpath("jobs.html").read_text("utf-8")

_STYLE, _SCRIPT = (re.findall(rf"<{tag}>(.*?)</{tag}>", PAGE, re.DOTALL)[0] for tag in ("style", "script"))

POLICY = (
    f"default-src 'none'; style-src '{digest(_STYLE)}'; script-src '{digest(_SCRIPT)}'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
