"""The translator that runs on this machine and sends nothing anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from align.translate.base import NO_CONTEXT, FaultKind, Line, LineContext, TranslationJob, UnusableAnswerError
from align.translate.llama_cpp import MENDING, TRANSLATING, Llama
from align.translate.prompt import key, mending, opening, question, question_to_mend

MENDED = frozenset({FaultKind.LONG, FaultKind.NAME, FaultKind.NUMBER})
"""Faults of an answer that is worth going on from."""
ANEW = 2
"""Refused answers after which a line is translated by itself instead of mended."""
LONGEST = {"en": 120, "zh": 48}
"""Characters at which the model is running wild: half as many again as two lines of a cue hold."""
LONGEST_OF_OTHERS = 120
FIRST = {"en": r"[A-Za-z0-9$]", "zh": r"[\u3400-\u9fffA-Za-z0-9$《“]"}
"""Characters that a line may begin with."""
OTHER = {"en": r"[A-Za-z0-9 ,.?!'%$&+:;/()-]", "zh": r"[^\"\\\n\t\x00-\x1f<>{}\[\]|`]"}
"""Those that may follow: for English no Han, no quote, no bracket."""
_FIRST_OF_OTHERS = r"[^ \"\\\n\t\x00-\x1f<>{}\[\]|`]"


class LocalTranslator:
    """Qwen2.5 by llama.cpp. The model is loaded at the first line."""

    def __init__(self, model: Path, digest: str, threads: int, device: str) -> None:
        """Choose the model.

        Args:
            model: the GGUF file, or the folder that holds it.
            digest: of the file.
            threads: of the processor, 1 or more.
            device: "cpu" or "cuda".
        """
        self._model = gguf(model)
        self._digest = digest
        self._threads = threads
        self._device = device

    @property
    def name(self) -> str:
        """The model file's stem."""
        return self._model.stem

    @property
    def digest(self) -> str:
        """The model file's."""
        return self._digest

    def translate(
        self, lines: Sequence[Line], job: TranslationJob, context: LineContext = NO_CONTEXT
    ) -> tuple[str, ...]:
        """See `LineTranslator.translate`; the answer depends on the arguments alone.

        A line that comes with refused answers is asked for by itself, without neighbours to borrow from;
        where it was only too long, or lacked a name or a number, the last answer is mended.

        Raises:
            UnusableAnswerError: a line does not end; it is never cut off.
        """
        if any(line.refused for line in lines):
            return tuple(self._again(line, job) for line in lines)
        start = opening(job.source, job.target)
        self._llama.forget(start)
        prompt = start + question([line.text for line in lines], context)
        answers: list[str] = []
        for line in lines:
            prompt += (",\n" if answers else "") + key(line.text)
            answers.append(self._value(prompt, job.target, TRANSLATING, 0))
            prompt += f'{answers[-1]}"'
        return tuple(answer.strip() for answer in answers)

    def summarise(self, texts: Sequence[str], job: TranslationJob) -> str:  # noqa: ARG002 - the protocol's
        """Nothing: it would cost time, and nobody has measured that it helps so small a model."""
        return ""

    def _again(self, line: Line, job: TranslationJob) -> str:
        """Another answer for a line whose earlier ones were refused.

        By turns: the last answer mended, the line translated by itself, the shortest answer mended; what
        would come a second time is drawn instead.
        """
        tries, last = len(line.refused), line.refused[-1]
        if {fault.kind for fault in last.faults} <= MENDED and tries != ANEW:
            start, slot = mending(job.target), MENDING
            shortest = min(line.refused, key=lambda one: (not one.answer, len(one.answer)))
            worse = last if tries == 1 else shortest
            prompt = start + question_to_mend(line, worse)
        else:
            start, slot = opening(job.source, job.target), TRANSLATING
            prompt = start + question([line.text], NO_CONTEXT) + key(line.text)
        self._llama.forget(start, slot)
        return self._value(prompt, job.target, slot, tries - 1 if tries > ANEW else 0).strip()

    def _value(self, prompt: str, target: str, slot: int, try_number: int) -> str:
        base = target.split("-")[0].lower()
        most = LONGEST.get(base, LONGEST_OF_OTHERS)
        first, other = FIRST.get(base, _FIRST_OF_OTHERS), OTHER.get(base, OTHER["zh"])
        grammar = f'root ::= {first} {other}{{0,{most - 1}}} "\\"" [,}}\\n ]*'
        answer = self._llama.complete(prompt, grammar, '"', most, slot, try_number)
        if len(answer) >= most:
            raise UnusableAnswerError(f"no end after {most} characters")
        return answer

    @cached_property
    def _llama(self) -> Llama:
        return Llama(self._model, self._threads, self._device)


def gguf(model: Path) -> Path:
    """The model file: `model` itself, or the one in that folder."""
    return next(iter(sorted(model.glob("*.gguf"))), model) if model.is_dir() else model
