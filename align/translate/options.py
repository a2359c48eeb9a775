"""Options of the translation, for the command line and the API."""

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
"""The default address of `openai`."""


@dataclass(frozen=True, slots=True)
class TranslationOptions:
    """The translation backend and what it needs.

    Attributes:
        backend: one of TRANSLATORS.
        model: for `openai` the service's name of it, for `local` a name of the registry, a GGUF file or the
            hub's OWNER/NAME[:QUANTIZATION], for `ctranslate2` a folder or the hub's OWNER/NAME; None for the
            pinned model (`local` only).
        address: for `openai`, up to and including /v1.
        given: for `file`, the existing translation.
    """

    backend: str = LOCAL
    model: str | None = None
    address: str | None = None
    given: Path | None = None

    def __post_init__(self) -> None:
        fit_fields(self)
        if self.backend not in TRANSLATORS:
            raise UsageError(
                f"there is no translation backend {self.backend!r}; choose one of {', '.join(TRANSLATORS)}"
            )
        if (self.backend == FILE) != (self.given is not None):
            raise UsageError(
                "--translation-backend file and --translation FILE go together; give both or neither"
            )
        if self.address is not None and self.backend != OPENAI:
            raise UsageError("--address is only for --translation-backend openai; omit it, or choose that")
        if self.model is not None and self.backend in (FILE, WHISPER):
            raise UsageError(f"--translation-backend {self.backend} has no --translation-model; omit it")
        if self.model is None and self.backend in (OPENAI, CTRANSLATE2):
            raise UsageError(
                f"--translation-backend {self.backend} needs --translation-model; name the model"
            )
        if self.backend == OPENAI:
            parts = urlsplit(self.where)
            if parts.scheme not in ("http", "https") or not parts.hostname:
                raise UsageError(f"{self.where!r} is not an address; write it like http://127.0.0.1:8080/v1")
            if parts.username or parts.password:
                raise UsageError(
                    "an address with a key or password ends up in logs; see docs/guides/translation.md"
                )

    @property
    def where(self) -> str:
        """The address of `openai`, without a slash at its end."""
        return (self.address or PAID_ADDRESS).rstrip("/")

    @property
    def leaves_machine(self) -> bool:
        """Whether text is sent to another machine."""
        return self.backend == OPENAI and not is_here(self.where)


def is_here(address: str) -> bool:
    """Whether an address is this machine."""
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
