"""Log-probabilities of given text, by a language model in a GGUF file."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from align.core.errors import ModelError
from align.proofread.llama_library import load_library
from align.translate.llama_cpp import load_xllamacpp

CONTEXT_TOKENS = 3072
"""Text and branches together."""
BATCH = 256
"""Tokens that are decoded at once; their scores over the vocabulary fill 150 MB."""
BRANCHES = 63
"""Continuations that are decoded at once, each a sequence of its own beside the text."""
_NO_FLASH_ATTENTION = 0
"""It sums in an order that depends on the number of threads."""


class LanguageModel:
    """One loaded model, which reads a text and scores other continuations of any part of it.

    The state after each token of the text is kept, so that a continuation costs its own tokens only. The
    same calls in the same order give the same numbers, for any number of threads.
    """

    def __init__(self, model: Path, threads: int) -> None:
        """Load the model, which takes seconds.

        Raises:
            ModelError: xllamacpp is missing or another release, or the file cannot be loaded.
        """
        self._library = library = load_library(load_xllamacpp())
        model_params = library.llama_model_default_params()
        model_params.n_gpu_layers = 0
        self._model = library.llama_model_load_from_file(str(model).encode(), model_params)
        if not self._model:
            raise ModelError(str(model), "llama.cpp cannot load it; run `align models verify`")
        params = library.llama_context_default_params()
        params.n_ctx, params.n_batch, params.n_ubatch = CONTEXT_TOKENS, BATCH, BATCH
        params.n_seq_max, params.kv_unified = BRANCHES + 1, True
        params.n_threads = params.n_threads_batch = threads
        params.flash_attn_type = _NO_FLASH_ATTENTION
        self._context = library.llama_init_from_model(self._model, params)
        if not self._context:
            raise ModelError(str(model), "llama.cpp has no memory for it")
        self._memory = library.llama_get_memory(self._context)
        self._vocabulary = library.llama_model_get_vocab(self._model)
        self._size = library.llama_vocab_n_tokens(self._vocabulary)
        self._batch = library.llama_batch_init(BATCH, 0, 1)
        self._read = 0
        self._after = self._after_opening = np.zeros(self._size, np.float32)
        self._opening: tuple[int, ...] = ()

    def close(self) -> None:
        """Free the memory; the model cannot be used any more."""
        self._library.llama_batch_free(self._batch)
        self._library.llama_free(self._context)
        self._library.llama_model_free(self._model)

    def tokens(self, text: str) -> tuple[int, ...]:
        """The tokens of a text; control tokens written in it are read as plain text."""
        content = text.encode("utf-8", "replace")
        buffer = (ctypes.c_int32 * (len(content) + 1))()
        count = self._library.llama_tokenize(
            self._vocabulary, content, len(content), buffer, len(buffer), False, False
        )
        return tuple(buffer[:count])

    @lru_cache(maxsize=65_536)  # noqa: B019 - one model lives as long as its run
    def size_of(self, token: int) -> int:
        """The number of bytes of a token in UTF-8."""
        return abs(int(self._library.llama_token_to_piece(self._vocabulary, token, None, 0, 0, False)))

    def begin(self, opening: Sequence[int]) -> None:
        """Forget the text, and read an opening of at least one token; the same one again costs nothing."""
        if tuple(opening) == self._opening:
            self._library.llama_memory_seq_rm(self._memory, 0, len(opening), -1)
            self._read, self._after = len(opening), self._after_opening
            return
        self._library.llama_memory_seq_rm(self._memory, -1, -1, -1)
        self._read = 0
        self.read(opening)
        self._opening, self._after_opening = tuple(opening), self._after

    def read(
        self, tokens: Sequence[int], queries: Sequence[tuple[int, int]] = ()
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Read on in the text.

        Args:
            tokens: the next of the text.
            queries: pairs (index in `tokens`, another token in its place), sorted by index.

        Returns:
            The log-probability of each of the tokens after all before it, shape (len(tokens),), 0 for the
            first of the text; and of each query, shape (len(queries),).
        """
        own, others = np.zeros(len(tokens), np.float32), np.zeros(len(queries), np.float32)
        asked = 0
        for first in range(0, len(tokens), BATCH):
            part = tokens[first : first + BATCH]
            self._decode([(token, self._read + k, 0) for k, token in enumerate(part)])
            for k, token in enumerate(part):
                if self._read + k:
                    own[first + k] = self._after[token]
                    while asked < len(queries) and queries[asked][0] == first + k:
                        others[asked] = self._after[queries[asked][1]]
                        asked += 1
                self._after = self._log_probabilities(k)
            self._read += len(part)
        return own, others

    def branch(self, continuations: Sequence[tuple[int, Sequence[int], float]]) -> tuple[float, ...]:
        """The log-probability of other continuations of the text that was read.

        Args:
            continuations: triples of the number of tokens of the whole text that come before, at least 1,
                of the tokens that follow instead, at most BATCH, and of the log-probability of the first
                of these, from a query.
        """
        scores: list[float] = []
        for group in _groups(continuations):
            rows: list[tuple[int, int, int]] = []
            for sequence, (place, tokens, _) in enumerate(group, 1):
                self._library.llama_memory_seq_cp(self._memory, 0, sequence, 0, place)
                rows += [(token, place + k, sequence) for k, token in enumerate(tokens[:-1])]
            if rows:
                self._decode(rows)
            row = 0
            for _, tokens, first in group:
                score = first
                for token in tokens[1:]:
                    score += float(self._log_probabilities(row)[token])
                    row += 1
                scores.append(score)
            for sequence in range(1, len(group) + 1):
                self._library.llama_memory_seq_rm(self._memory, sequence, -1, -1)
        return tuple(scores)

    def _decode(self, rows: Sequence[tuple[int, int, int]]) -> None:
        """Decode triples (token, position, sequence)."""
        batch = self._batch
        for k, (token, position, sequence) in enumerate(rows):
            batch.token[k], batch.pos[k], batch.n_seq_id[k], batch.logits[k] = token, position, 1, 1
            batch.seq_id[k][0] = sequence
        batch.n_tokens = len(rows)
        if self._library.llama_decode(self._context, batch):
            raise ModelError("translator", "llama.cpp failed to read the text")

    def _log_probabilities(self, row: int) -> NDArray[np.float32]:
        """Of every token of the vocabulary, after a row of the last batch."""
        address = self._library.llama_get_logits_ith(self._context, row)
        logits = np.ctypeslib.as_array(address, (self._size,))
        highest = logits.max()
        return np.asarray(logits - (highest + np.log(np.exp(logits - highest).sum())), np.float32)


def _groups(
    continuations: Sequence[tuple[int, Sequence[int], float]],
) -> Iterator[list[tuple[int, Sequence[int], float]]]:
    """Continuations that fit into one batch each, in order."""
    group: list[tuple[int, Sequence[int], float]] = []
    size = 0
    for each in continuations:
        if group and (size + len(each[1]) - 1 > BATCH or len(group) == BRANCHES):
            yield group
            group, size = [], 0
        group.append(each)
        size += len(each[1]) - 1
    if group:
        yield group
