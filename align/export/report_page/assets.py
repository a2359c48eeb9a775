"""The files of web/ that make up a page, and what its browser may load."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from importlib.resources import files

STYLES = ("page.css", "summary.css", "timeline.css", "card.css", "player.css", "narrow.css")
SCRIPTS = (
    *("page.js", "sound.js", "player.js", "list.js", "filter.js", "waveform.js", "timeline.js"),
    *("keys.js", "start.js"),
)


@dataclass(frozen=True, slots=True)
class Assets:
    """What a page is made of.

    Attributes:
        template: file of web/ for the whole page.
        styles, scripts: files of web/ in the order of the page; web/page.js explains how scripts interact.
        packages: those whose web/ folders are searched, in this order.
        media: where sound may come from, as sources of a Content-Security-Policy.
        connect: the same for what scripts fetch; none for a page that is opened from the disk.
    """

    template: str
    styles: tuple[str, ...]
    scripts: tuple[str, ...]
    packages: tuple[str, ...] = ("align.export.report_page",)
    media: tuple[str, ...] = ("blob:", "file:")
    connect: tuple[str, ...] = ()

    def read(self, name: str) -> str:
        """The text of a file of web/.

        Raises:
            FileNotFoundError: none of the packages has it.
        """
        for package in self.packages:
            file = files(package) / "web" / name
            if file.is_file():
                return file.read_text("utf-8")
        raise FileNotFoundError(name)

    @property
    def style(self) -> str:
        """All styles as one."""
        return "\n".join(map(self.read, self.styles))

    @property
    def script(self) -> str:
        """All scripts as one."""
        return "\n".join(map(self.read, self.scripts))

    @property
    def policy(self) -> str:
        """The Content-Security-Policy: only this style and script, and nothing from elsewhere."""
        connect = f"connect-src {' '.join(self.connect)}; " if self.connect else ""
        return (
            f"default-src 'none'; style-src '{digest(self.style)}'; script-src '{digest(self.script)}'; "
            f"media-src {' '.join(self.media)}; {connect}base-uri 'none'; form-action 'none'; "
            "require-trusted-types-for 'script'; trusted-types 'none'"
        )


REPORT = Assets("page.html.jinja", STYLES, SCRIPTS)
"""NAME.mismatches.html."""


def digest(text: str) -> str:
    """The source in a Content-Security-Policy for a style or script inside the page."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
