"""llama.cpp's C functions, as the package xllamacpp exports them from its own library.

The package's server answers with text it wrote itself; the log-probabilities of given text need the plain C
interface (llama.h). Its structures change from release to release, so the package is pinned in
pyproject.toml, and `load_library` refuses a library whose default parameters do not read as expected.
"""

from __future__ import annotations

import ctypes
from ctypes import (
    CFUNCTYPE,
    POINTER,
    Structure,
    c_bool,
    c_char_p,
    c_float,
    c_int8,
    c_int32,
    c_size_t,
    c_uint32,
)
from ctypes import c_void_p as pointer
from pathlib import Path
from typing import Any

from align.core.errors import ModelError

VERSION = "2026.10.11549"
"""The release of xllamacpp whose structures these are."""


class ModelParams(Structure):
    """`llama_model_params`."""

    _fields_ = [
        ("devices", pointer),
        ("tensor_buft_overrides", pointer),
        ("n_gpu_layers", c_int32),
        ("split_mode", c_int32),
        ("load_mode", c_int32),
        ("lazy_mode", c_int32),
        ("main_gpu", c_int32),
        ("tensor_split", pointer),
        ("progress_callback", pointer),
        ("progress_callback_user_data", pointer),
        ("kv_overrides", pointer),
        ("vocab_only", c_bool),
        ("check_tensors", c_bool),
        ("use_extra_bufts", c_bool),
        ("no_host", c_bool),
        ("no_alloc", c_bool),
        ("load_mtp", c_bool),
    ]


class ContextParams(Structure):
    """`llama_context_params`."""

    _fields_ = [
        ("n_ctx", c_uint32),
        ("n_batch", c_uint32),
        ("n_ubatch", c_uint32),
        ("n_seq_max", c_uint32),
        ("n_rs_seq", c_uint32),
        ("n_outputs_max", c_uint32),
        ("n_outputs_max_per_seq", c_uint32),
        ("n_threads", c_int32),
        ("n_threads_batch", c_int32),
        ("ctx_type", c_int32),
        ("rope_scaling_type", c_int32),
        ("pooling_type", c_int32),
        ("attention_type", c_int32),
        ("flash_attn_type", c_int32),
        ("rope_freq_base", c_float),
        ("rope_freq_scale", c_float),
        ("yarn_ext_factor", c_float),
        ("yarn_attn_factor", c_float),
        ("yarn_beta_fast", c_float),
        ("yarn_beta_slow", c_float),
        ("yarn_orig_ctx", c_uint32),
        ("defrag_thold", c_float),
        ("cb_eval", pointer),
        ("cb_eval_user_data", pointer),
        ("type_k", c_int32),
        ("type_v", c_int32),
        ("moe_cache_size", c_size_t),
        ("abort_callback", pointer),
        ("abort_callback_data", pointer),
        ("embeddings", c_bool),
        ("offload_kqv", c_bool),
        ("no_perf", c_bool),
        ("op_offload", c_bool),
        ("swa_full", c_bool),
        ("kv_unified", c_bool),
        ("samplers", pointer),
        ("n_samplers", c_size_t),
        ("ctx_other", pointer),
    ]


class Batch(Structure):
    """`llama_batch`."""

    _fields_ = [
        ("n_tokens", c_int32),
        ("token", POINTER(c_int32)),
        ("embd", pointer),
        ("pos", POINTER(c_int32)),
        ("n_seq_id", POINTER(c_int32)),
        ("seq_id", POINTER(POINTER(c_int32))),
        ("logits", POINTER(c_int8)),
    ]


_LogCallback = CFUNCTYPE(None, ctypes.c_int, c_char_p, pointer)
_SIGNATURES: dict[str, tuple[Any, list[Any]]] = {
    "llama_backend_init": (None, []),
    "llama_log_set": (None, [_LogCallback, pointer]),
    "llama_model_default_params": (ModelParams, []),
    "llama_context_default_params": (ContextParams, []),
    "llama_model_load_from_file": (pointer, [c_char_p, ModelParams]),
    "llama_init_from_model": (pointer, [pointer, ContextParams]),
    "llama_model_get_vocab": (pointer, [pointer]),
    "llama_vocab_n_tokens": (c_int32, [pointer]),
    "llama_tokenize": (
        c_int32, [pointer, c_char_p, c_int32, POINTER(c_int32), c_int32, c_bool, c_bool]
    ),
    "llama_token_to_piece": (c_int32, [pointer, c_int32, c_char_p, c_int32, c_int32, c_bool]),
    "llama_get_memory": (pointer, [pointer]),
    "llama_memory_seq_rm": (c_bool, [pointer, c_int32, c_int32, c_int32]),
    "llama_memory_seq_cp": (None, [pointer, c_int32, c_int32, c_int32, c_int32]),
    "llama_batch_init": (Batch, [c_int32, c_int32, c_int32]),
    "llama_decode": (c_int32, [pointer, Batch]),
    "llama_get_logits_ith": (POINTER(c_float), [pointer, c_int32]),
    "llama_free": (None, [pointer]),
    "llama_model_free": (None, [pointer]),
    "llama_batch_free": (None, [Batch]),
}  # fmt: skip


_SAY_NOTHING = _LogCallback(lambda _level, _text, _data: None)
"""llama.cpp would write to standard error."""


def is_supported(xllamacpp: Any) -> bool:
    """Whether this release of the package can score given text."""
    return bool(xllamacpp.__version__ == VERSION)


def load_library(xllamacpp: Any) -> ctypes.CDLL:
    """llama.cpp inside the package, with the types of its functions declared.

    Raises:
        ModelError: the package is another release, or its structures read differently.
    """
    path = next(iter(sorted(Path(xllamacpp.__file__).parent.glob("xllamacpp*.so"))), None)
    if path is None or not is_supported(xllamacpp):
        raise ModelError(
            "xllamacpp", f"{xllamacpp.__version__} cannot score given text; install xllamacpp=={VERSION}"
        )
    library = ctypes.CDLL(str(path))
    for name, (result, arguments) in _SIGNATURES.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    library.llama_log_set(_SAY_NOTHING, None)
    library.llama_backend_init()
    params, model = library.llama_context_default_params(), library.llama_model_default_params()
    read = (params.n_ctx, params.yarn_orig_ctx, params.type_k, params.offload_kqv, params.kv_unified)
    if read != (512, 0, 1, True, False) or not model.use_extra_bufts:
        raise ModelError("xllamacpp", f"is built differently; install the official xllamacpp=={VERSION}")
    return library
