from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from align.core.errors import UsageError
from align.translate.options import TranslationOptions, is_here


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        (
            {"backend": "google"},
            "there is no translation backend 'google'; choose one of local, openai",
        ),
        ({"backend": "file"}, "--translation-backend file and --translation FILE go together"),
        ({"given": Path("en.srt")}, "--translation-backend file and --translation FILE go together"),
        ({"address": "http://localhost"}, "--address is only for --translation-backend openai"),
        ({"backend": "openai"}, "--translation-backend openai needs --translation-model"),
        ({"backend": "ctranslate2"}, "--translation-backend ctranslate2 needs --translation-model"),
        (
            {"backend": "whisper", "model": "large"},
            "--translation-backend whisper has no --translation-model",
        ),
        ({"backend": "openai", "model": "m", "address": "localhost:80"}, "'localhost:80' is not an address"),
        (
            {"backend": "openai", "model": "m", "address": "https://me:key@host/v1"},
            "an address with a key",
        ),
    ],
)
def test_what_does_not_go_together_is_refused(chosen: dict[str, Any], sentence: str) -> None:
    with pytest.raises(UsageError) as error:
        TranslationOptions(**chosen)
    assert str(error.value).startswith(sentence)


def test_only_another_machine_is_another_machine() -> None:
    def sent(address: str | None) -> bool:
        return TranslationOptions("openai", "m", address).leaves_machine

    assert sent(None)
    assert sent("https://api.example.com/v1")
    assert sent("http://192.168.1.7:8080/v1")
    assert sent("http://localhost.example.com/v1")
    assert not sent("http://127.0.0.1:8080/v1")
    assert not sent("http://[::1]:8080/v1/")
    assert not TranslationOptions().leaves_machine


def test_loopback_is_here() -> None:
    assert is_here("http://localhost/")
    assert not is_here("http://0.0.0.0/")
