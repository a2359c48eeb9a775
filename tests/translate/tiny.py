"""A real translation model in CTranslate2's form, with one layer and weights drawn at random.

It runs, and needs_translation nonsense. No small trained one is published as a package."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

WORDS = ("▁hello", "▁world", "▁thanks", "you", "▁大家", "好", "谢谢")
SPECIAL = ("<unk>", "<s>", "</s>")
LANGUAGES = ("zho_Hans", "eng_Latn")
DEPTH, INNER = 8, 16


def write_model(folder: Path, *, many: bool) -> Path:
    """A folder with the model and its tokenizer; `many`: with languages, as NLLB has them."""
    from ctranslate2.specs import TransformerSpec

    folder.mkdir(parents=True, exist_ok=True)
    vocabulary = [*SPECIAL, *WORDS, *(LANGUAGES if many else ())]
    spec = TransformerSpec.from_config((1, 1), 2)
    draw = np.random.default_rng(7)
    _fill(spec.encoder, draw, len(vocabulary))
    _fill(spec.decoder, draw, len(vocabulary))
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.config.add_source_eos = False
    spec.config.decoder_start_token = "</s>" if many else "<s>"
    spec.validate()
    spec.save(str(folder))
    _tokenizer(vocabulary).save(str(folder / "tokenizer.json"))
    return folder


def _fill(part: Any, draw: np.random.Generator, words: int) -> None:
    """Weights for all that has none yet."""

    def matrix(rows: int, columns: int) -> NDArray[np.float32]:
        return draw.normal(0, 0.5, (rows, columns)).astype(np.float32)

    embeddings = part.embeddings if isinstance(part.embeddings, list) else [part.embeddings]
    for one in embeddings:
        one.weight = matrix(words, DEPTH)
    part.layer_norm.gamma, part.layer_norm.beta = np.ones(DEPTH, np.float32), np.zeros(DEPTH, np.float32)
    if hasattr(part, "projection"):
        part.projection.weight = matrix(words, DEPTH)
    for layer in part.layer:
        for norm in (layer.self_attention, layer.ffn, getattr(layer, "attention", None)):
            if norm is not None:
                norm.layer_norm.gamma = np.ones(DEPTH, np.float32)
                norm.layer_norm.beta = np.zeros(DEPTH, np.float32)
        layer.self_attention.linear[0].weight = matrix(3 * DEPTH, DEPTH)
        layer.self_attention.linear[1].weight = matrix(DEPTH, DEPTH)
        layer.ffn.linear_0.weight, layer.ffn.linear_1.weight = matrix(INNER, DEPTH), matrix(DEPTH, INNER)
        if hasattr(layer, "attention"):
            sizes = (DEPTH, 2 * DEPTH, DEPTH)
            for linear, rows in zip(layer.attention.linear, sizes, strict=True):
                linear.weight = matrix(rows, DEPTH)


def _tokenizer(vocabulary: list[str]) -> Any:
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Metaspace

    tokenizer = Tokenizer(WordLevel({word: k for k, word in enumerate(vocabulary)}, unk_token="<unk>"))
    tokenizer.pre_tokenizer = Metaspace()
    return tokenizer
