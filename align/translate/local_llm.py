"""The translation backend that runs on this machine and sends nothing anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from align.translate.backend import (
    NO_CONTEXT,
    FaultKind,
    Line,
    LineContext,
    TranslationJob,
    UnusableAnswerError,
)
from align.translate.llama_cpp import CORRECTION, TRANSLATION, Llama
from align.translate.prompt import answer_key, correction_opening, correction_question, opening, question

CORRECTABLE = frozenset({FaultKind.LONG, FaultKind.NAME, FaultKind.NUMBER})
"""Faults of an answer that is worth correcting."""
RETRANSLATE_AFTER = 2
"""Rejected answers after which a line is translated by itself instead of corrected."""
MAX_LENGTH = {"zh": 48}
DEFAULT_MAX_LENGTH = 120
"""Characters at which the model is running wild: half as many again as two lines of a cue hold."""
_FIRST = {"en": r"[A-Za-z0-9$]", "zh": r"[\u3400-\u9fffA-Za-z0-9$《“]"}
_DEFAULT_FIRST = r"[^ \"\\\n\t\x00-\x1f<>{}\[\]|`]"
"""Grammar of a line's first character."""
_OTHER = {"en": r"[A-Za-z0-9 ,.?!'%$&+:;/()-]"}
_DEFAULT_OTHER = r"[^\"\\\n\t\x00-\x1f<>{}\[\]|`]"
"""Grammar of the characters that follow; for English no Han, no quote, no bracket."""


@dataclass(frozen=True)
class LocalTranslator:
    """Qwen2.5 by llama.cpp. The model is loaded with the first line.

    Attributes:
        model: the GGUF file, or its folder.
        digest: of the file.
        threads: of the CPU, 1 or more.
        device: "cpu" or "cuda".
    """

    model: Path
    digest: str
    threads: int
    device: str

    def translate(
        self, lines: Sequence[Line], job: TranslationJob, context: LineContext = NO_CONTEXT
    ) -> tuple[str, ...]:
        """See `LineTranslator.translate`; the answer depends on the arguments only.

        Lines with rejected answers are translated one by one, without neighbours to borrow from; if they
        were only too long, or lacked a name or a number, the last answer is corrected.

        Raises:
            UnusableAnswerError: a line does not end; it is never truncated.
        """
        if any(line.rejected for line in lines):
            return tuple(self._retry(line, job) for line in lines)
        start = opening(job.source, job.target)
        self._llama.reset(start)
        prompt = start + question([line.text for line in lines], context)
        answers: list[str] = []
        for line in lines:
            prompt += (",\n" if answers else "") + answer_key(line.text)
            answers.append(self._complete(prompt, job.target, TRANSLATION, 0))
            prompt += f'{answers[-1]}"'
        return tuple(answer.strip() for answer in answers)

    def summarise(self, texts: Sequence[str], job: TranslationJob) -> str:  # noqa: ARG002 - the protocol's
        """Nothing: it takes time and has not been shown to help so small a model."""
        return ""

    def _retry(self, line: Line, job: TranslationJob) -> str:
        """Another answer for a line with rejected ones.

        In turn: the last answer corrected, the line translated by itself, the shortest answer corrected;
        from then on another variant is sampled each time.
        """
        tries, last = len(line.rejected), line.rejected[-1]
        if {fault.kind for fault in last.faults} <= CORRECTABLE and tries != RETRANSLATE_AFTER:
            start, slot = correction_opening(job.target), CORRECTION
            shortest = min(line.rejected, key=lambda rejected: (not rejected.answer, len(rejected.answer)))
            prompt = start + correction_question(line, last if tries == 1 else shortest)
        else:
            start, slot = opening(job.source, job.target), TRANSLATION
            prompt = start + question([line.text], NO_CONTEXT) + answer_key(line.text)
        self._llama.reset(start, slot)
        variant = tries - 1 if tries > RETRANSLATE_AFTER else 0
        return self._complete(prompt, job.target, slot, variant).strip()

    def _complete(self, prompt: str, target: str, slot: int, variant: int) -> str:
        language = target.split("-")[0].lower()
        max_length = MAX_LENGTH.get(language, DEFAULT_MAX_LENGTH)
        first = _FIRST.get(language, _DEFAULT_FIRST)
        other = _OTHER.get(language, _DEFAULT_OTHER)
        grammar = f'root ::= {first} {other}{{0,{max_length - 1}}} "\\"" [,}}\\n ]*'
        answer = self._llama.complete(prompt, grammar, '"', max_length, slot, variant)
        if len(answer) >= max_length:
            raise UnusableAnswerError(f"no end after {max_length} characters")
        return answer

    @cached_property
    def _llama(self) -> Llama:
        return Llama(gguf_file(self.model), self.threads, self.device)


def gguf_file(model: Path) -> Path:
    """The model file: `model` itself, or the one in that folder."""
    return next(iter(sorted(model.glob("*.gguf"))), model) if model.is_dir() else model
