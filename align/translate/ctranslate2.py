"""A translation model that CTranslate2 runs, NLLB or OPUS-MT (Marian), from a folder or the hub.

Such a model translates each sentence by itself and takes no instructions; for one with a fault the next best
hypothesis is used.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from align.core.errors import ModelError
from align.translate.backend import Sentence, TranslationJob
from align.translate.parameters import DEFAULTS

BEAM_SIZE = 4
"""Also the number of hypotheses for a sentence with a fault."""
MAX_TOKENS = 256
"""Of a sentence; a longer answer is running wild."""
FLORES = {
    "zh": "zho_Hans", "zh-tw": "zho_Hant", "yue": "yue_Hant", "en": "eng_Latn", "ja": "jpn_Jpan",
    "ko": "kor_Hang", "fr": "fra_Latn", "de": "deu_Latn", "es": "spa_Latn", "pt": "por_Latn",
    "it": "ita_Latn", "nl": "nld_Latn", "ru": "rus_Cyrl", "uk": "ukr_Cyrl", "pl": "pol_Latn",
    "cs": "ces_Latn", "tr": "tur_Latn", "ar": "arb_Arab", "fa": "pes_Arab", "he": "heb_Hebr",
    "hi": "hin_Deva", "id": "ind_Latn", "ms": "zsm_Latn", "th": "tha_Thai", "vi": "vie_Latn",
    "sv": "swe_Latn", "da": "dan_Latn", "no": "nob_Latn", "fi": "fin_Latn", "el": "ell_Grek",
    "hu": "hun_Latn", "ro": "ron_Latn", "bg": "bul_Cyrl",
}  # fmt: skip
"""NLLB's names of languages (FLORES-200)."""
_SENTENCEPIECE = ("source.spm", "sentencepiece.bpe.model", "sentencepiece.model", "spm.model")
_END = "</s>"
_CONTROL = (_END, "<s>", "<pad>", "<unk>")


def model_folder(model: str, offline: bool) -> Path:
    """The folder of a model, fetched from the hub if `model` is not a folder.

    Raises:
        ModelError: there is none, or a file is missing.
    """
    folder = Path(model)
    if not folder.is_dir():
        from huggingface_hub import snapshot_download

        if model.count("/") != 1:
            raise ModelError(model, "there is no such folder; name one, or OWNER/NAME on the hub")
        try:
            folder = Path(snapshot_download(model, local_files_only=offline))
        except (OSError, ValueError) as error:
            raise ModelError(
                model, "is not on this machine and cannot be fetched from the hub; name a folder instead"
            ) from error
    if not (folder / "model.bin").is_file():
        raise ModelError(
            model, "has no model.bin; convert it with ct2-transformers-converter, or name another folder"
        )
    if not any((folder / name).is_file() for name in (*_SENTENCEPIECE, "tokenizer.json")):
        raise ModelError(
            model, "has no tokenizer; copy source.spm and target.spm, or tokenizer.json, into the folder"
        )
    return folder


@dataclass(frozen=True)
class CTranslate2Translator:
    """A model in CTranslate2's format. It is loaded with the first sentence.

    Attributes:
        name: for errors.
        folder: with model.bin, and tokenizer.json or SentencePiece models.
        digest: of model.bin.
        device: "cpu" or "cuda".
        threads: of the CPU.
    """

    name: str
    folder: Path
    digest: str
    device: str
    threads: int
    batch: int = DEFAULTS.request_sentences
    uses_context: bool = False

    def translate(self, sentences: Sequence[Sentence], job: TranslationJob) -> tuple[str, ...]:
        """See `SentenceTranslator.translate`; after a rejected answer, the next hypothesis."""
        target = [self._flores(job.target)] if self._multilingual else []
        answers = self._model.translate_batch(
            [self.encode(sentence.text, job) for sentence in sentences],
            target_prefix=[target] * len(sentences) if target else None,
            beam_size=BEAM_SIZE,
            num_hypotheses=BEAM_SIZE if any(sentence.rejected for sentence in sentences) else 1,
            max_decoding_length=MAX_TOKENS,
            repetition_penalty=1.1,
        )
        texts = []
        for sentence, answer in zip(sentences, answers, strict=True):
            rank = int(sentence.rejected is not None)
            hypothesis = answer.hypotheses[min(rank, len(answer.hypotheses) - 1)]
            tokens = [token for token in hypothesis[len(target) :] if token not in _CONTROL]
            texts.append("".join(tokens).replace("▁", " ").strip())  # ▁ marks the beginning of a word
        return tuple(texts)

    def encode(self, text: str, job: TranslationJob) -> list[str]:
        """The tokens of a text, including its language if the model must be told."""
        language = [self._flores(job.source)] if self._multilingual else []
        return [*language, *self._tokenize(text), _END]

    def _flores(self, language: str) -> str:
        name = FLORES.get(language.lower()) or FLORES.get(language.split("-")[0].lower())
        if name is None:
            raise ModelError(self.name, f"has no name for the language {language!r} that align knows")
        return name

    @cached_property
    def _multilingual(self) -> bool:
        """Whether the model must be told the languages, as NLLB must."""
        for name in ("shared_vocabulary.json", "shared_vocabulary.txt"):
            path = self.folder / name
            if path.is_file():
                return FLORES["en"] in path.read_text("utf-8")
        return False

    @cached_property
    def _model(self) -> Any:
        import ctranslate2

        try:
            return ctranslate2.Translator(
                str(self.folder), device=self.device, intra_threads=self.threads, inter_threads=1,
                compute_type="int8" if self.device == "cpu" else "default",
            )  # fmt: skip
        except (RuntimeError, ValueError) as error:
            raise ModelError(self.name, f"cannot be loaded ({error}); name another folder") from error

    @cached_property
    def _tokenize(self) -> Callable[[str], list[str]]:
        """From a text to the model's tokens."""
        paths = (self.folder / name for name in _SENTENCEPIECE)
        path = next((path for path in paths if path.is_file()), None)
        if path is None:
            from tokenizers import Tokenizer

            try:
                tokenizer = Tokenizer.from_file(str(self.folder / "tokenizer.json"))
            except Exception as error:  # the package raises Exception itself
                raise ModelError(self.name, f"tokenizer.json cannot be read ({error})") from error
            return lambda text: list(tokenizer.encode(text, add_special_tokens=False).tokens)
        try:
            import sentencepiece
        except ImportError as error:
            raise ModelError(
                "sentencepiece", "is not installed; install it with: pip install sentencepiece"
            ) from error
        processor = sentencepiece.SentencePieceProcessor(model_file=str(path))
        return lambda text: list(processor.encode(text, out_type=str))
