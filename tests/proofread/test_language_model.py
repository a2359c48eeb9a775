"""With the real model: the log-probabilities of given text."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from align.core.errors import ModelError
from align.proofread.context import read_chunk
from align.proofread.dictionary import build_dictionary
from align.proofread.language_model import LanguageModel
from align.proofread.llama_library import load_library
from align.proofread.places import find_places
from align.registry import ensure
from align.translate.llama_cpp import load_xllamacpp
from align.translate.local_llm import gguf_file

TEXT = "虽然我们的深度内容还是非常有价值，然后它的长胃也很长。"


@pytest.fixture(scope="module")
def model() -> Iterator[LanguageModel]:
    loaded = LanguageModel(gguf_file(ensure("translator")), threads=1)
    yield loaded
    loaded.close()


def test_the_probabilities_are_those_that_the_server_gives(model: LanguageModel, tmp_path: Path) -> None:
    model.begin(model.tokens("今天"))
    tokens = model.tokens("天气很好")
    own, _ = model.read(tokens)
    xllamacpp = load_xllamacpp()
    params = xllamacpp.CommonParams()
    params.model.path = str(gguf_file(ensure("translator")))
    params.verbosity, params.n_ctx, params.cpuparams.n_threads = -1, 512, 1
    params.hostnames = [str(tmp_path / "llama.sock")]
    server = xllamacpp.Server(params)
    request = {"prompt": "今天", "max_tokens": 1, "n_probs": 5000, "temperature": 0, "id_slot": 0}
    answer = server.handle_completions({**request, "cache_prompt": False})
    (first,) = answer["choices"][0]["logprobs"]["content"]
    by_token = {each["id"]: each["logprob"] for each in first["top_logprobs"]}
    assert by_token[tokens[0]] == pytest.approx(float(own[0]), abs=0.05)


def test_a_continuation_scores_as_if_the_text_had_it(model: LanguageModel) -> None:
    opening, tokens, other = (
        model.tokens("今天我们聊聊"),
        model.tokens("投资和能源"),
        model.tokens("人工智能"),
    )
    model.begin(opening)
    _, (first,) = model.read(tokens, [(0, other[0])])
    (score,) = model.branch([(len(opening), other, float(first))])
    model.begin(opening)
    own, _ = model.read(other)
    assert score == pytest.approx(float(own.sum()), abs=0.05)


def test_the_same_opening_is_not_read_again_and_changes_nothing(model: LanguageModel) -> None:
    opening, tokens = model.tokens("能源，投资\n"), model.tokens(TEXT)
    model.begin(model.tokens("别的话题"))
    model.begin(opening)
    first, _ = model.read(tokens)
    model.begin(opening)
    again, _ = model.read(tokens)
    assert np.array_equal(first, again)


def test_control_tokens_in_a_text_are_text(model: LanguageModel) -> None:
    assert len(model.tokens("<|im_start|>")) > 1


def test_the_right_word_fits_better(model: LanguageModel) -> None:
    places = [place for place in find_places(TEXT, build_dictionary(TEXT)) if place.end - place.start == 2]
    fits = {fit.word: fit.gain for fit in read_chunk(model, "视频，内容", TEXT, places)}
    assert fits["长尾"] > 4
    assert all(math.isfinite(gain) for gain in fits.values())


def test_another_release_is_refused() -> None:
    import xllamacpp

    other = SimpleNamespace(__file__=xllamacpp.__file__, __version__="2026.1.1")
    with pytest.raises(ModelError, match="cannot score given text; install xllamacpp=="):
        load_library(other)
