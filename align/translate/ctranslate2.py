"""A translation model that CTranslate2 runs: NLLB or OPUS-MT (Marian), from a folder or the hub.

Such a model translates a line by itself and takes no advice; where a line has a fault, the next best of its
hypotheses is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from align.core.errors import ModelError
from align.translate.base import NO_CONTEXT, Line, LineContext, TranslationJob

BEAM = 4
"""Hypotheses that are followed, and kept for lines with a fault."""
LONGEST = 128
"""Tokens of a line; what goes on further is running wild."""
FLORES = {
    "zh": "zho_Hans", "zh-tw": "zho_Hant", "yue": "yue_Hant", "en": "eng_Latn", "ja": "jpn_Jpan",
    "ko": "kor_Hang", "fr": "fra_Latn", "de": "deu_Latn", "es": "spa_Latn", "pt": "por_Latn",
    "it": "ita_Latn", "nl": "nld_Latn", "ru": "rus_Cyrl", "uk": "ukr_Cyrl", "pl": "pol_Latn",
    "cs": "ces_Latn", "tr": "tur_Latn", "ar": "arb_Arab", "fa": "pes_Arab", "he": "heb_Hebr",
    "hi": "hin_Deva", "id": "ind_Latn", "ms": "zsm_Latn", "th": "tha_Thai", "vi": "vie_Latn",
    "sv": "swe_Latn", "da": "dan_Latn", "no": "nob_Latn", "fi": "fin_Latn", "el": "ell_Grek",
    "hu": "hun_Latn", "ro": "ron_Latn", "bg": "bul_Cyrl",
}  # fmt: skip
"""The names that NLLB has for languages (those of FLORES-200)."""
_PIECES = ("source.spm", "sentencepiece.bpe.model", "sentencepiece.model", "spm.model")
_END = "</s>"


def model_folder(model: str, offline: bool) -> Path:
    """The folder of a model, fetched from the hub where it is no folder.

    Raises:
        ModelError: there is none, or it lacks a file.
    """
    folder = Path(model) if Path(model).is_dir() else _from_hub(model, offline)
    if not (folder / "model.bin").is_file():
        raise ModelError(
            model, "has no model.bin; convert it with ct2-transformers-converter, or name another folder"
        )
    if not any((folder / name).is_file() for name in (*_PIECES, "tokenizer.json")):
        raise ModelError(
            model, "has no tokenizer; copy source.spm and target.spm, or tokenizer.json, into the folder"
        )
    return folder


def _from_hub(model: str, offline: bool) -> Path:
    from huggingface_hub import snapshot_download

    if model.count("/") != 1:
        raise ModelError(model, "there is no such folder; name one, or OWNER/NAME on the hub")
    try:
        return Path(snapshot_download(model, local_files_only=offline))
    except (OSError, ValueError) as error:
        raise ModelError(
            model, "is not on this machine and the hub is not to be had; name a folder instead"
        ) from error


class ModelFolder:
    """A model in CTranslate2's form. It is loaded at the first line."""

    def __init__(self, name: str, folder: Path, digest: str, device: str, threads: int) -> None:
        """Choose the model.

        Args:
            name: what the result calls it.
            folder: with model.bin, and tokenizer.json or SentencePiece models.
            digest: of model.bin.
            device: "cpu" or "cuda".
            threads: of the CPU.
        """
        self._name, self._folder, self._digest = name, folder, digest
        self._device, self._threads = device, threads

    @property
    def name(self) -> str:
        """As it was chosen."""
        return self._name

    @property
    def digest(self) -> str:
        """Of model.bin."""
        return self._digest

    def translate(
        self,
        lines: Sequence[Line],
        job: TranslationJob,
        context: LineContext = NO_CONTEXT,  # noqa: ARG002
    ) -> tuple[str, ...]:
        """See `LineTranslator.translate`; each line by itself, and the next hypothesis for a refused one."""
        pieces = [self._pieces(line.text, job) for line in lines]
        prefix = self._prefix(job)
        answers = self._model.translate_batch(
            pieces,
            target_prefix=[prefix] * len(pieces) if prefix else None,
            beam_size=BEAM,
            num_hypotheses=BEAM if any(line.refused for line in lines) else 1,
            max_decoding_length=LONGEST,
            repetition_penalty=1.1,
        )
        return tuple(
            self._text(answer.hypotheses[min(len(line.refused), len(answer.hypotheses) - 1)][len(prefix) :])
            for line, answer in zip(lines, answers, strict=True)
        )

    def summarise(self, texts: Sequence[str], job: TranslationJob) -> str:  # noqa: ARG002 - the protocol's
        """Nothing: it takes no advice."""
        return ""

    def _prefix(self, job: TranslationJob) -> list[str]:
        """What the answer begins with: NLLB is told the language so."""
        return [self._flores(job.target)] if self._many else []

    def _pieces(self, text: str, job: TranslationJob) -> list[str]:
        if self._many:
            return [self._flores(job.source), *self._encode(text), _END]
        return [*self._encode(text), _END]

    def _flores(self, language: str) -> str:
        name = FLORES.get(language.lower()) or FLORES.get(language.split("-")[0].lower())
        if name is None:
            raise ModelError(self._name, f"has no name for the language {language!r} that align knows")
        return name

    @cached_property
    def _many(self) -> bool:
        """Whether the model translates between many languages, and must be told which."""
        for name in ("shared_vocabulary.json", "shared_vocabulary.txt"):
            path = self._folder / name
            if path.is_file():
                return FLORES["en"] in path.read_text("utf-8")
        return False

    @cached_property
    def _model(self) -> Any:
        import ctranslate2

        try:
            return ctranslate2.Translator(
                str(self._folder), device=self._device, intra_threads=self._threads, inter_threads=1,
                compute_type="int8" if self._device == "cpu" else "default",
            )  # fmt: skip
        except (RuntimeError, ValueError) as error:
            raise ModelError(self._name, f"cannot be loaded ({error}); name another folder") from error

    @cached_property
    def _encode(self) -> Callable[[str], list[str]]:
        """From a text to the model's pieces."""
        path = next((self._folder / one for one in _PIECES if (self._folder / one).is_file()), None)
        if path is not None:
            pieces = self._sentencepiece(path)
            return lambda text: list(pieces.encode(text, out_type=str))
        tokenizer = self._tokenizer
        return lambda text: list(tokenizer.encode(text, add_special_tokens=False).tokens)

    def _text(self, pieces: Sequence[str]) -> str:
        """From the model's pieces to a text; SentencePiece marks the beginning of a word with ▁."""
        bare = [piece for piece in pieces if piece not in (_END, "<pad>", "<unk>")]
        return "".join(bare).replace("▁", " ").strip()

    @property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        try:
            return Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        except Exception as error:  # the package raises Exception itself
            raise ModelError(self._name, f"tokenizer.json cannot be read ({error})") from error

    def _sentencepiece(self, path: Path) -> Any:
        try:
            import sentencepiece
        except ImportError as error:
            raise ModelError(
                "sentencepiece", "is not installed; install it with: pip install sentencepiece"
            ) from error
        return sentencepiece.SentencePieceProcessor(model_file=str(path))
