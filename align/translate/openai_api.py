"""Any service with OpenAI's API: a llama.cpp, Ollama or vLLM server, or a paid one.

httpx2 is used because faster-whisper brings it and it tells apart every way in which a connection fails. The
official client's retries are not enough: every wait must end in a sentence that says what to do, and nothing
may be sent where the user did not send it.

Sent are the text of the cues, the names of speakers and the glossary, never the audio. For the same sentences
the requests are the same, whether they are sent one by one or at the same time.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from align.core.errors import ModelError
from align.translate.backend import Sentence, TranslationJob, UnusableAnswerError
from align.translate.options import PAID_ADDRESS, is_here
from align.translate.parameters import DEFAULTS
from align.translate.prompt import examples, instructions, name_of

if TYPE_CHECKING:
    import httpx2

KEY, OPENAI_KEY = "ALIGN_TRANSLATION_KEY", "OPENAI_API_KEY"
"""Environment variables: the key for any address, and the one that is sent only to OpenAI itself."""
CONNECT_TIMEOUT, ANSWER_TIMEOUT = 10.0, 180.0
"""Seconds; a small machine writes a batch in a minute."""
MAX_TRIES = 5
"""Of one request before the run stops; what was answered is in the translation memory."""
MAX_WAIT = 60.0
"""Seconds that a service can make us wait before the next try."""
TOKENS_PER_SENTENCE = 200
"""Including its key; one sentence's worth more for the braces."""
_TEMPORARY = (408, 409, 425, 429, 500, 502, 503, 504, 529)
"""Statuses after which another try may help."""


class OpenAITranslator:
    """Chat completions with structured answers, some sentences at a time."""

    uses_context = True

    def __init__(
        self,
        name: str,
        digest: str,
        model: str,
        client: httpx2.Client,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Choose the model.

        Args:
            name: stored in the result.
            digest: of the address and the model.
            model: the service's name of it.
            client: has the address, the key and the timeouts.
            sleep: waits some seconds.
        """
        self.name, self.digest, self._model = name, digest, model
        self._client, self._sleep = client, sleep
        self._format = 0
        self._parallel = DEFAULTS.local_requests if is_here(str(client.base_url)) else 1

    @property
    def batch(self) -> int:
        """See `SentenceTranslator.batch`; several requests at once where the server is this machine."""
        return DEFAULTS.request_sentences * self._parallel

    def translate(self, sentences: Sequence[Sentence], job: TranslationJob) -> tuple[str, ...]:
        """See `SentenceTranslator.translate`; the sentences of one request help to understand each other."""
        size = DEFAULTS.request_sentences
        requests = [sentences[first : first + size] for first in range(0, len(sentences), size)]
        if self._parallel == 1 or len(requests) == 1:
            answers = [self._translate(part, job) for part in requests]
        else:
            with ThreadPoolExecutor(self._parallel) as pool:
                answers = list(pool.map(lambda part: self._translate(part, job), requests))
        return tuple(text for part in answers for text in part)

    def _translate(self, sentences: Sequence[Sentence], job: TranslationJob) -> tuple[str, ...]:
        """The sentences of one request."""
        keys = [str(number) for number in range(1, len(sentences) + 1)]
        language = name_of(job.target) or job.target
        pairs = examples(job.source, job.target)[: DEFAULTS.request_examples]
        shown = json.dumps(dict(pairs), ensure_ascii=False)
        system = (
            f"{instructions(job.source, job.target)}\n"
            'You get consecutive "sentences" by number. "most" has for each the characters that viewers can '
            'read in its time; do not write more. Write names and terms exactly as "glossary" has them. '
            '"before" and "speakers" help to understand the sentences and are not translated. "rejected" has '
            "earlier answers with their faults: fix them. Answer with one JSON object that has for each "
            f'number its translation into {language}, such as {{"1": "...", "2": "..."}}, and nothing else.'
            + (f"\nExamples: {shown}" if pairs else "")
        )
        texts = " ".join(sentence.text for sentence in sentences)
        numbered = list(zip(keys, sentences, strict=True))
        user: dict[str, Any] = {
            "glossary": {written: latin for written, latin in job.names if latin in texts},
            "before": list(sentences[0].before),
            "speakers": {key: sentence.speaker for key, sentence in numbered if sentence.speaker},
            "rejected": {
                key: {
                    "answer": sentence.rejected.answer,
                    "faults": [fault.message for fault in sentence.rejected.faults],
                }
                for key, sentence in numbered
                if sentence.rejected
            },
            "most": {key: sentence.max_width for key, sentence in numbered},
            "sentences": {key: sentence.text for key, sentence in numbered},
        }
        answer = self._request_object(system, {name: value for name, value in user.items() if value}, keys)
        missing = [key for key in keys if not isinstance(answer.get(key), str)]
        if missing or len(answer) > len(keys):
            raise UnusableAnswerError(f"{len(answer)} translations came back and {len(keys)} were asked for")
        return tuple(" ".join(answer[key].split()) for key in keys)

    def _request_object(self, system: str, user: dict[str, Any], keys: Sequence[str]) -> dict[str, Any]:
        """The JSON object that the model answers with, in the strictest format that the service understands.

        Raises:
            UnusableAnswerError: it refuses, is cut off, or answers with something else.
            ModelError: the service cannot be used.
        """
        messages = [
            {"role": "system", "content": system},
            {"role": "user", "content": json.dumps(user, ensure_ascii=False)},
        ]
        formats = _formats(keys)
        while True:
            request = {"model": self._model, "messages": messages, **formats[self._format]}
            status, response = self._post(request)
            if status != 400 or self._format == len(formats) - 1:
                break
            self._format += 1
        if status != 200:
            raise ModelError(self.name, _refusal(status, response))
        choices = response.get("choices")
        if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
            raise UnusableAnswerError("there is no answer in what came back")
        message, reason = choices[0].get("message") or {}, choices[0].get("finish_reason")
        if message.get("refusal") or reason == "content_filter":
            raise UnusableAnswerError("it refused to answer")
        if reason == "length":
            raise UnusableAnswerError("the answer was cut off; write shorter lines")
        # Some models put their thoughts before the JSON, or a fence around it.
        content = str(message.get("content") or "").rpartition("</think>")[2].strip()
        content = content.removeprefix("```json").removeprefix("```").removesuffix("```").strip()
        try:
            answer = json.loads(content)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise UnusableAnswerError("the answer is not a JSON object; answer with nothing else")
        return answer

    def _post(self, body: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
        """Status and body of the answer to a request, which is retried where that may help."""
        import httpx2

        problem = ""
        for number in range(MAX_TRIES):
            wait = float(2**number)
            try:
                response = self._client.post("chat/completions", json=body)
            except httpx2.TimeoutException:
                problem = "did not answer in time"
            except httpx2.TransportError as error:
                problem = f"cannot be reached ({str(error) or type(error).__name__})"
            else:
                try:
                    answer = response.json()
                except ValueError:
                    answer = {}
                answer = answer if isinstance(answer, dict) else {}
                details = answer.get("error")
                no_money = isinstance(details, dict) and details.get("code") == "insufficient_quota"
                if response.status_code not in _TEMPORARY or no_money:
                    return response.status_code, answer
                problem = f"is busy or broken ({response.status_code})"
                with suppress(KeyError, ValueError):
                    wait = min(MAX_WAIT, max(0.0, float(response.headers["retry-after"])))
            if number < MAX_TRIES - 1:
                self._sleep(wait)
        raise ModelError(
            self.name,
            f"{problem}, {MAX_TRIES} times; finished translations are kept: run again to continue, or choose "
            "another --translation-backend",
        )


def read_key(address: str) -> str | None:
    """The key for an address, from the environment only; None for the user's own server.

    Raises:
        ModelError: it would be sent unencrypted, or OpenAI's address has none.
    """
    is_openai = urlsplit(address).hostname == urlsplit(PAID_ADDRESS).hostname
    key = os.environ.get(KEY) or (os.environ.get(OPENAI_KEY) if is_openai else None)
    if key and not is_here(address) and urlsplit(address).scheme != "https":
        raise ModelError(address, f"would receive the key of {KEY} unencrypted; use https, or unset it")
    if is_openai and not key:
        raise ModelError(address, f"needs a key; put it into the environment variable {KEY}")
    return key.strip() if key else None


def client_for(address: str, key: str | None) -> httpx2.Client:
    """The HTTP client of an address: no redirects, and no proxy for this machine."""
    import httpx2

    return httpx2.Client(
        base_url=f"{address}/",
        headers={"Authorization": f"Bearer {key}"} if key else {},
        timeout=httpx2.Timeout(ANSWER_TIMEOUT, connect=CONNECT_TIMEOUT),
        trust_env=not is_here(address),
    )


def _formats(keys: Sequence[str]) -> tuple[dict[str, Any], ...]:
    """Ways to ask for structure, the strictest first; a service answers 400 to one that it does not know."""
    max_tokens = TOKENS_PER_SENTENCE * (1 + len(keys))
    schema = {
        "type": "object",
        "properties": {key: {"type": "string"} for key in keys},
        "required": list(keys),
        "additionalProperties": False,
    }
    json_schema = {"name": "subtitles", "strict": True, "schema": schema}
    strict = {"response_format": {"type": "json_schema", "json_schema": json_schema}}
    return (
        {**strict, "temperature": 0, "seed": 1, "max_tokens": max_tokens},
        {**strict, "max_completion_tokens": 10 * max_tokens},
        {"response_format": {"type": "json_object"}, "max_tokens": max_tokens},
        {},
    )


def _refusal(status: int, answer: Mapping[str, Any]) -> str:
    """What a refusal by the service means, and how to fix it."""
    error = answer.get("error")
    message = str(error.get("message", "") if isinstance(error, dict) else error or "")[:200]
    quoted = f" ({' '.join(message.split())})" if message else ""
    sentences = {
        401: f"does not accept the key{quoted}; put a valid one into the environment variable {KEY}",
        403: f"does not allow the key{quoted}; ask for another one, or choose another model",
        404: f"does not know the model or the address{quoted}; correct --translation-model or --address",
        429: f"has no money left for this key{quoted}; pay, or choose another --translation-backend",
    }
    default = f"does not accept the request ({status}){quoted}; choose another model or address"
    return sentences.get(status, default)
