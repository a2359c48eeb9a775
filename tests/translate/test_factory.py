from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from align.core.errors import InputError, ModelError, UsageError
from align.translate.ctranslate2 import CTranslate2Translator
from align.translate.factory import check_pair, sentence_translator, verify_translator
from align.translate.local_llm import LocalTranslator
from align.translate.openai_api import KEY, OpenAITranslator
from align.translate.options import TranslationOptions


def test_whisper_writes_english_alone() -> None:
    check_pair(TranslationOptions("whisper"), "en")
    check_pair(TranslationOptions("whisper"), None)
    check_pair(TranslationOptions(), "fr")
    with pytest.raises(UsageError, match="Whisper translates only into English, not into 'fr'"):
        check_pair(TranslationOptions("whisper"), "fr")


def test_a_file_is_known_by_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "en.txt"
    path.write_bytes(b"Hello.")
    kept = verify_translator(TranslationOptions("file", given=path), offline=True)
    assert (kept.name, kept.digest) == ("en.txt", hashlib.sha256(b"Hello.").hexdigest())
    path.unlink()
    with pytest.raises(InputError, match=r"en\.txt: cannot be read"):
        verify_translator(TranslationOptions("file", given=path), offline=True)


def test_a_service_is_known_by_its_address_and_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY, raising=False)
    here = TranslationOptions("openai", "qwen", "http://127.0.0.1:8080/v1/")
    kept = verify_translator(here, offline=True)
    assert kept.name == "qwen at 127.0.0.1:8080"
    other = verify_translator(TranslationOptions("openai", "other", "http://127.0.0.1:8080/v1"), offline=True)
    assert kept.digest != other.digest
    assert isinstance(sentence_translator(here, kept, "cpu", 1), OpenAITranslator)
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(ModelError, match="needs a key"):
        verify_translator(TranslationOptions("openai", "gpt"), offline=True)


def test_a_gguf_of_the_users_own(tmp_path: Path) -> None:
    path = tmp_path / "large.gguf"
    path.write_bytes(b"GGUF")
    chosen = TranslationOptions(model=str(path))
    kept = verify_translator(chosen, offline=True)
    assert kept.name == "large"
    translator = sentence_translator(chosen, kept, "cpu", 1)
    assert isinstance(translator, LocalTranslator)
    assert translator.digest == kept.digest
    with pytest.raises(
        ModelError, match=r"is no file; name a GGUF file, OWNER/NAME on the hub, or hy-mt2-1\.8b"
    ):
        verify_translator(TranslationOptions(model=str(tmp_path / "none.gguf")), offline=True)


def test_a_folder_for_ctranslate2(tmp_path: Path) -> None:
    chosen = TranslationOptions("ctranslate2", str(tmp_path))
    with pytest.raises(ModelError, match=r"has no model\.bin; convert it"):
        verify_translator(chosen, offline=True)
    (tmp_path / "model.bin").write_bytes(b"model")
    with pytest.raises(ModelError, match="has no tokenizer; copy source"):
        verify_translator(chosen, offline=True)
    (tmp_path / "source.spm").write_bytes(b"pieces")
    kept = verify_translator(chosen, offline=True)
    assert isinstance(sentence_translator(chosen, kept, "cpu", 1), CTranslate2Translator)
