"""A language model in a GGUF file, run by llama.cpp inside this process (package xllamacpp).

xllamacpp has ready-made wheels for every platform. It starts llama.cpp's server, which must listen somewhere:
it gets a socket file in a private folder that is deleted before the first prompt, so that there is no port
and nothing to connect to.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from align.core.errors import ModelError
from align.core.extras import missing_package
from align.core.temp_files import passing_folder
from align.translate.backend import UnusableAnswerError
from align.translate.parameters import DEFAULTS

TRANSLATION, CORRECTION = 0, 1
"""Slots: each keeps the state after its own opening, so that neither makes the other start over."""
CONTEXT_TOKENS = 4096
"""Prompt and answer together, per slot; a batch of eight lines needs about 900."""
_SILENT = -1
"""Below llama.cpp's lowest level of verbosity, errors only."""
_ALL_LAYERS = 999


class Llama:
    """One loaded model. Greedy: the same prompt after the same opening has the same answer."""

    def __init__(self, model: Path, threads: int, device: str) -> None:
        """Load the model, which takes seconds.

        Args:
            model: the GGUF file.
            threads: of the CPU, 1 or more.
            device: "cpu" or "cuda".

        Raises:
            ModelError: xllamacpp or the device is missing, or the file cannot be loaded.
        """
        xllamacpp = load_xllamacpp()
        if device == "cuda" and not has_gpu(xllamacpp):
            raise ModelError("cuda", "this build of xllamacpp finds no GPU; choose the device cpu")
        params = xllamacpp.CommonParams()
        params.model.path = str(model)
        params.verbosity = _SILENT
        params.n_ctx = 2 * CONTEXT_TOKENS
        params.n_parallel = 2
        params.kv_unified = False
        params.n_gpu_layers = _ALL_LAYERS if device == "cuda" else 0
        params.cpuparams.n_threads = threads
        params.cpuparams_batch.n_threads = threads
        params.n_threads_http = 1
        # Flash attention sums in an order that depends on the number of threads. Without it the
        # probabilities are bit-identical for 1 and 2 threads (measured).
        params.flash_attn_type = xllamacpp.llama_flash_attn_type.LLAMA_FLASH_ATTN_TYPE_DISABLED
        params.cache_ram_mib = 0
        params.warmup = False
        params.ui = False
        params.offline = True
        with passing_folder() as folder:
            params.hostnames = [str(folder / "llama.sock")]
            try:
                self._server = xllamacpp.Server(params)
            except RuntimeError as error:
                raise ModelError(str(model), "llama.cpp cannot load it; run `align models verify`") from error

    def reset(self, opening: str, slot: int = TRANSLATION) -> None:
        """Return a slot to the state right after `opening`.

        llama.cpp computes only what differs from the last prompt, and rounds differently when it computes in
        other portions. After this the portions are the same in every run.
        """
        self._complete({"prompt": f"{opening}.", "max_tokens": 1, "id_slot": slot, "temperature": 0})

    def complete(
        self,
        prompt: str,
        grammar: str,
        stop: str,
        max_tokens: int,
        slot: int = TRANSLATION,
        variant: int = 0,
    ) -> str:
        """The continuation of `prompt` up to `stop` in the language of a GBNF `grammar`.

        Args:
            variant: 0 for the most likely continuation; each higher number samples another, reproducibly.

        Raises:
            UnusableAnswerError: the prompt is too long, or `stop` does not come within `max_tokens`.
        """
        answer = self._complete(
            {
                "prompt": prompt, "grammar": grammar, "stop": [stop], "max_tokens": max_tokens,
                "id_slot": slot, "seed": 1 + variant,
                "temperature": DEFAULTS.retry_temperature if variant else 0,
            }
        )  # fmt: skip
        choice = answer["choices"][0]
        if choice["finish_reason"] != "stop":
            raise UnusableAnswerError(f"no end after {max_tokens} tokens")
        return str(choice["text"])

    def _complete(self, request: dict[str, Any]) -> dict[str, Any]:
        answer = self._server.handle_completions({**request, "cache_prompt": True})
        if "choices" not in answer:
            raise UnusableAnswerError(str(answer.get("error", answer)))
        return dict(answer)


def load_xllamacpp() -> Any:
    """The package.

    Raises:
        ModelError: it is not installed.
    """
    try:
        import xllamacpp
    except ImportError as error:
        raise missing_package("xllamacpp", "translate", "run with --no-translate") from error
    return xllamacpp


def has_gpu(xllamacpp: Any) -> bool:
    """Whether this build of the package finds a GPU."""
    kinds = xllamacpp.ggml_backend_dev_type
    cpu = {kinds.GGML_BACKEND_DEVICE_TYPE_CPU, kinds.GGML_BACKEND_DEVICE_TYPE_ACCEL}
    return any(device["type"] not in cpu for device in xllamacpp.get_device_info())
