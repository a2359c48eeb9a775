"""A language model in a GGUF file, run by llama.cpp inside this process (package xllamacpp).

xllamacpp has ready-made wheels for every platform. It starts llama.cpp's server, which must listen somewhere:
it gets a socket file in a private folder that is deleted before the first question, so that there is no port
and nothing to connect to. Through that socket the state after the opening of a chat is saved and restored.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from align.core.errors import ModelError
from align.core.extras import missing_package
from align.core.temp_files import TEMPORARY, passing_folder
from align.translate.backend import UnusableAnswerError
from align.translate.parameters import DEFAULTS

CONTEXT_TOKENS = 8192
"""Opening, question and answer together; the examples take up to 3,000, a sentence and its answer 300."""
CONTROL_MARKS = str.maketrans("<>[]", "‹›［］")
"""Models write control tokens in these brackets, and the tokenizer recognizes them in plain text too."""
_SILENT = -1
"""Below llama.cpp's lowest level of verbosity, errors only."""
_ALL_LAYERS = 999
_RESET, _PROBE = ".", "!"
"""Questions that no text begins with: the first returns to the opening, the second counts its tokens."""


@dataclass(frozen=True, slots=True)
class Chat:
    """The beginning that all questions to a model share: instructions and example exchanges.

    Attributes:
        system: instructions, "" for none.
        examples: questions and their answers.
    """

    system: str
    examples: tuple[tuple[str, str], ...] = ()

    def messages(self, *turns: str, has_system: bool = True) -> list[dict[str, str]]:
        """The chat as messages, followed by turns of the user and the model, the user's first and last.

        Args:
            has_system: whether the template has a message for instructions; else they begin the first turn.
        """
        said = [*(text for example in self.examples for text in example), *turns]
        system = [{"role": "system", "content": self.system}] if self.system and has_system else []
        if self.system and not has_system:
            said[0] = f"{self.system}\n\n{said[0]}"
        return system + [
            {"role": ("user", "assistant")[number % 2], "content": text.translate(CONTROL_MARKS)}
            for number, text in enumerate(said)
        ]


class Llama:
    """One loaded model that has read the opening of a chat. The same question has the same answer."""

    def __init__(
        self, model: Path, threads: int, device: str, opening: Chat, states: tuple[Path, str] | None = None
    ) -> None:
        """Load the model and let it read the opening, which takes seconds.

        Args:
            model: the GGUF file, whose chat template is used.
            threads: of the CPU, 1 or more.
            device: "cpu" or "cuda".
            states: the folder where states after an opening are kept, and the digest of the model.

        Raises:
            ModelError: xllamacpp or the device is missing, the file cannot be loaded, or its chat template
                cannot say what is needed.
        """
        xllamacpp = load_xllamacpp()
        if device == "cuda" and not has_gpu(xllamacpp):
            raise ModelError("cuda", "this build of xllamacpp finds no GPU; choose the device cpu")
        self._name, self._opening, self._last, self._has_system = model.name, opening, "", True
        params = xllamacpp.CommonParams()
        params.model.path = str(model)
        params.verbosity = _SILENT
        params.n_ctx = CONTEXT_TOKENS
        params.n_parallel = 1
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
            socket = folder / "llama.sock"
            params.hostnames = [str(socket)]
            if states:
                states[0].mkdir(parents=True, exist_ok=True)
                params.slot_save_path = f"{states[0]}{os.sep}"
            try:
                self._server = xllamacpp.Server(params)
            except RuntimeError as error:
                raise ModelError(str(model), "llama.cpp cannot load it; run `align models verify`") from error
            self._read_opening(socket, states, f"{xllamacpp.__version__} {device}")

    def answer(self, *turns: str, max_tokens: int, grammar: str = "", variant: int = 0) -> str:
        """What the model says to the last of some turns after the opening.

        llama.cpp computes only what differs from the last question, and rounds differently when it computes
        in other portions. So the model returns to the opening before a question that begins like the last
        one, and what it computes is the same in every run.

        Args:
            turns: of the user and the model, the user's first and last.
            grammar: GBNF that the answer must follow, "" for none.
            variant: 0 for the most likely answer; each higher number samples another, reproducibly.

        Raises:
            UnusableAnswerError: the question is too long, or the answer does not end within `max_tokens`.
        """
        if turns[0][:1] == self._last[:1]:
            self._complete((_RESET,), 1)
        answer = self._complete(turns, max_tokens, grammar, variant)
        if answer["timings"]["cache_n"] != self._opening_tokens:
            self._complete((_RESET,), 1)
            answer = self._complete(turns, max_tokens, grammar, variant)
        choice = answer["choices"][0]
        if choice["finish_reason"] != "stop":
            raise UnusableAnswerError(f"no end after {max_tokens} tokens")
        return str(choice["message"]["content"] or "").strip()

    def _read_opening(self, socket: Path, states: tuple[Path, str] | None, build: str) -> None:
        """Restore the state after the opening, or compute and save it."""
        path = None
        if states:
            key = json.dumps([states[1], build, CONTEXT_TOKENS, self._opening.messages()], ensure_ascii=False)
            path = states[0] / f"prompt-{hashlib.sha256(key.encode()).hexdigest()[:32]}.bin"
        if path and path.is_file():
            _slot(socket, "restore", path.name)
            with suppress(OSError):
                os.utime(path)
        prompt = self._complete((_RESET,), 1)
        if path and prompt["timings"]["cache_n"] < prompt["timings"]["prompt_n"]:
            unfinished = path.with_name(f"{TEMPORARY}{uuid4().hex}.bin")
            _slot(socket, "save", unfinished.name)
            with suppress(OSError):  # a cache that cannot be written costs time on the next run
                unfinished.replace(path)
        self._opening_tokens = self._complete((_PROBE,), 1)["timings"]["cache_n"]

    def _complete(
        self, turns: Sequence[str], max_tokens: int, grammar: str = "", variant: int = 0
    ) -> dict[str, Any]:
        self._last = turns[0]
        request = {
            "messages": self._opening.messages(*turns, has_system=self._has_system),
            "max_tokens": max_tokens, "cache_prompt": True, "id_slot": 0, "seed": 1 + variant,
            "temperature": DEFAULTS.retry_temperature if variant else 0,
            "chat_template_kwargs": {"enable_thinking": False},
        }  # fmt: skip
        answer = self._server.handle_chat_completions(request | ({"grammar": grammar} if grammar else {}))
        if "choices" in answer:
            return dict(answer)
        error = answer.get("error", answer)
        message = str(error.get("message", error) if isinstance(error, dict) else error)
        if isinstance(error, dict) and error.get("type") == "exceed_context_size_error":
            raise UnusableAnswerError(message)
        if self._has_system:
            self._has_system = False
            return self._complete(turns, max_tokens, grammar, variant)
        raise ModelError(
            self._name, f"has a chat template that align's prompt does not fit ({message[:200]})"
        )


def _slot(socket: Path, action: str, name: str) -> None:
    """Save or restore the model's state; a failure costs only time."""
    import httpx2

    transport = httpx2.HTTPTransport(uds=str(socket))
    with suppress(httpx2.HTTPError), httpx2.Client(transport=transport, timeout=60.0) as client:
        client.post(f"http://localhost/slots/0?action={action}", json={"filename": name})


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
