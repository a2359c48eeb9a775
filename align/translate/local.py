"""The translator that runs on this machine and sends nothing anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from align.translate.base import NO_CONTEXT, Context, UnusableAnswerError
from align.translate.llama import Llama
from align.translate.prompt import key, opening, question

LONGEST = {"en": 120, "zh": 48}
"""Characters at which the model is running wild: half as many again as two lines of a cue hold."""
FIRST = {"en": r"[A-Za-z0-9$]", "zh": r"[\u3400-\u9fffA-Za-z0-9$《“]"}
"""Characters that a line may begin with."""
OTHER = {"en": r"[A-Za-z0-9 ,.?!'%$&+:;/()-]", "zh": r"[^\"\\\n\t\x00-\x1f<>{}\[\]|`]"}
"""Those that may follow: for English no Han, no quote, no bracket."""


class LocalTranslator:
    """Qwen2.5 by llama.cpp. The model is loaded at the first line."""

    def __init__(self, model: Path, threads: int, device: str) -> None:
        """Choose the model.

        Args:
            model: the GGUF file, or the folder that holds it.
            threads: of the processor, 1 or more.
            device: "cpu" or "cuda".
        """
        self._model = gguf(model)
        self._threads = threads
        self._device = device

    @property
    def name(self) -> str:
        """The model file's stem."""
        return self._model.stem

    def translate(
        self, lines: Sequence[str], source: str, target: str, context: Context = NO_CONTEXT
    ) -> tuple[str, ...]:
        """See `Translator.translate`; the answer depends on the arguments alone.

        Raises:
            UnusableAnswerError: a line does not end; it is never cut off.
        """
        start = opening(source, target)
        self._llama.forget(start)
        prompt = start + question(lines, context)
        answers: list[str] = []
        for line in lines:
            prompt += (",\n" if answers else "") + key(line)
            answers.append(self._value(prompt, target))
            prompt += f'{answers[-1]}"'
        return tuple(answer.strip() for answer in answers)

    def _value(self, prompt: str, target: str) -> str:
        most = LONGEST[target]
        grammar = f'root ::= {FIRST[target]} {OTHER[target]}{{0,{most - 1}}} "\\"" [,}}\\n ]*'
        answer = self._llama.complete(prompt, grammar, '"', most)
        if len(answer) >= most:
            raise UnusableAnswerError(f"no end after {most} characters")
        return answer

    @cached_property
    def _llama(self) -> Llama:
        return Llama(self._model, self._threads, self._device)


def gguf(model: Path) -> Path:
    """The model file: `model` itself, or the one in that folder."""
    return next(iter(sorted(model.glob("*.gguf"))), model) if model.is_dir() else model
