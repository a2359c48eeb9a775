"""What a user may choose about the second language: the command line builds this, the API takes the same."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from align.core.arguments import fit_fields
from align.core.errors import UsageError

LOCAL, OPENAI, FILE, WHISPER, CTRANSLATE2 = "local", "openai", "file", "whisper", "ctranslate2"
TRANSLATORS = (LOCAL, OPENAI, FILE, WHISPER, CTRANSLATE2)

PAID_ADDRESS = "https://api.openai.com/v1"
"""Where `openai` asks when no address is named."""


@dataclass(frozen=True, slots=True)
class TranslationOptions:
    """Who writes the second language.

    Attributes:
        backend: one of TRANSLATORS.
        model: for `openai` the name that the service knows it by, for `local` a GGUF file, for
            `ctranslate2` a folder or the hub's OWNER/NAME; None for the one that align pins (`local` alone).
        address: for `openai`, up to and with /v1.
        given: for `file`, the translation that there is.
    """

    backend: str = LOCAL
    model: str | None = None
    address: str | None = None
    given: Path | None = None

    def __post_init__(self) -> None:
        fit_fields(self)
        if self.backend not in TRANSLATORS:
            raise UsageError(
                f"there is no translator {self.backend!r}; choose one of {', '.join(TRANSLATORS)}"
            )
        if (self.backend == FILE) != (self.given is not None):
            raise UsageError(
                "--translation-backend file and --translation FILE go together; give both or neither"
            )
        if self.address is not None and self.backend != OPENAI:
            raise UsageError(
                "--address is for --translation-backend openai alone; leave it out, or choose that"
            )
        if self.model is not None and self.backend in (FILE, WHISPER):
            raise UsageError(f"--translation-backend {self.backend} has no --translation-model; leave it out")
        if self.model is None and self.backend in (OPENAI, CTRANSLATE2):
            raise UsageError(
                f"--translation-backend {self.backend} needs --translation-model; name the model"
            )
        if self.backend == OPENAI:
            _check_address(self.where)

    @property
    def where(self) -> str:
        """The address that `openai` asks, without a slash at its end."""
        return (self.address or PAID_ADDRESS).rstrip("/")

    @property
    def leaves_machine(self) -> bool:
        """Whether text is sent to another machine."""
        return self.backend == OPENAI and not is_here(self.where)


def is_here(address: str) -> bool:
    """Whether an address is this very machine."""
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _check_address(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"{address!r} is no address; write it like http://127.0.0.1:8080/v1")
    if parts.username or parts.password:
        raise UsageError(
            "an address with a key or a password in it is kept in logs; see docs/guides/translation.md"
        )
