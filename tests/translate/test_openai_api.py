"""Against a real llama.cpp server on this machine, through a proxy that spoils some of its answers."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest

from align.core.errors import ModelError
from align.registry import ensure
from align.translate.backend import Fault, FaultKind, RejectedAnswer, Sentence, UnusableAnswerError
from align.translate.llm_translator import LLMTranslator
from align.translate.memory import Memory
from align.translate.openai_api import KEY, MAX_TRIES, OPENAI_KEY, OpenAITranslator, client_for, read_key
from tests.translate.made import job, phrases
from tests.translate.served import Proxy, cut_short, hangs_up, llama_server, proxy_for, says, status

TEXTS = ("大家好，我是Chen Qian。", "今天是我们的第一次直播。", "谢谢大家。")


@pytest.fixture(scope="module")
def model() -> Path:
    return next(ensure("translator").glob("*.gguf"))


@pytest.fixture(scope="module")
def real(model: Path) -> Iterator[str]:
    with llama_server(model) as (address, _):
        yield address


@pytest.fixture
def proxy(real: str) -> Iterator[Proxy]:
    with proxy_for(real) as proxy:
        yield proxy


def service(proxy: Proxy, waited: list[float] | None = None, patience: float = 300.0) -> OpenAITranslator:
    client = client_for(proxy.address, None)
    client.timeout = httpx2.Timeout(patience)
    sleep: Callable[[float], None] = (waited if waited is not None else []).append
    return OpenAITranslator("qwen", "1", "qwen", client, sleep)


def sentences(*texts: str) -> list[Sentence]:
    return [Sentence(text, 60, "陈倩", ("之前",)) for text in texts]


def test_a_real_server_gives_each_line_its_translation(proxy: Proxy) -> None:
    refused = RejectedAnswer(
        "Hello everyone, my name is", (Fault(FaultKind.NAME, "it lacks the name Chen Qian"),)
    )
    asked = [replace(sentences(TEXTS[0])[0], rejected=refused), *sentences(*TEXTS[1:])]
    hello, show, thanks = service(proxy).translate(asked, job((("陈倩", "Chen Qian"),)))
    assert "Chen Qian" in hello
    assert any(word in show.lower() for word in ("first", "live"))
    assert "hank" in thanks
    (body, headers) = proxy.seen[0]
    told = json.loads(body["messages"][1]["content"])
    assert told["glossary"] == {"陈倩": "Chen Qian"}
    assert told["rejected"]["1"]["faults"] == ["it lacks the name Chen Qian"]
    assert told["before"] == ["之前"]
    assert "Examples: " in body["messages"][0]["content"]
    assert "Authorization" not in headers


def test_a_server_on_this_machine_gets_several_requests_at_once(proxy: Proxy) -> None:
    local = service(proxy)
    proxy.spoils += [
        says('{"1": "a", "2": "b", "3": "c", "4": "d", "5": "e", "6": "f", "7": "g", "8": "h"}')
    ] * 2
    assert local.translate(sentences(*TEXTS[:2] * 8), job()) == tuple("abcdefgh" * 2)
    assert len(proxy.seen) == 2
    assert local.batch > 8


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (says("", refusal="I can't help with that"), "it refused to answer"),
        (says("", "content_filter"), "it refused to answer"),
        (cut_short, "the answer was cut off"),
        (says("Hello everyone"), "the answer is not a JSON object"),
        (says('["Hello"]'), "the answer is not a JSON object"),
        (says('{"1": "Hello"}'), "1 translations came back and 3 were asked for"),
        (says('{"1": "a", "2": "b", "3": 4}'), "3 translations came back"),
        (lambda handler, _: handler.answer(200, b"[]"), "there is no answer in what came back"),
    ],
)
def test_an_answer_that_cannot_be_used_says_why(proxy: Proxy, spoil: object, told: str) -> None:
    proxy.spoils.append(spoil)  # type: ignore[arg-type]
    with pytest.raises(UnusableAnswerError, match=told):
        service(proxy).translate(sentences(*TEXTS), job())


def test_after_a_refusal_of_a_batch_its_lines_are_asked_for_in_halves(proxy: Proxy, tmp_path: Path) -> None:
    proxy.spoils += [says("", refusal="No")]
    said = LLMTranslator(service(proxy), Memory(tmp_path / "m")).translate(
        phrases(*TEXTS), range(3), job(), lambda _: None
    )
    assert all(said)
    assert "hank" in said[2]
    assert len(proxy.seen) >= 3


def test_a_busy_server_is_asked_again_after_as_long_as_it_says(proxy: Proxy) -> None:
    proxy.spoils += [status(429, "slow down", Retry_After="7"), status(503), status(529, Retry_After="soon")]
    waited: list[float] = []
    assert service(proxy, waited).translate(sentences(TEXTS[2]), job())
    assert waited == [7.0, 2.0, 4.0]


def test_no_service_makes_a_run_wait_for_an_hour(proxy: Proxy) -> None:
    proxy.spoils += [status(429, Retry_After="3600"), says('{"1": "Thanks"}')]
    waited: list[float] = []
    service(proxy, waited).translate(sentences(TEXTS[2]), job())
    assert waited == [60.0]


def test_a_server_that_is_too_slow_or_hangs_up_is_asked_again(proxy: Proxy) -> None:
    proxy.spoils += [hangs_up, lambda handler, body: time.sleep(0.5)]
    waited: list[float] = []
    slow = service(proxy, waited)
    slow.translate(
        sentences(TEXTS[2]), job()
    )  # hangs up, waits, and the second is slow but ends without an answer
    assert waited[0] == 1.0


def test_a_time_out_ends_in_a_sentence(proxy: Proxy) -> None:
    proxy.spoils += [lambda handler, body: time.sleep(0.5)] * MAX_TRIES
    with pytest.raises(
        ModelError, match=f"did not answer in time, {MAX_TRIES} times; finished translations are kept"
    ):
        service(proxy, patience=0.05).translate(sentences(TEXTS[2]), job())


@pytest.mark.parametrize(
    ("code", "message", "told"),
    [
        (401, "Incorrect API key", rf"does not accept the key \(Incorrect API key\); put .* {KEY}"),
        (403, "", "does not allow the key; ask for another one"),
        (404, "model not found", r"does not know the model or the address \(model not found\); correct"),
        (418, "teapot", r"does not accept the request \(418\) \(teapot\)"),
    ],
)
def test_an_error_that_waiting_does_not_fix_is_raised_at_once(
    proxy: Proxy, code: int, message: str, told: str
) -> None:
    proxy.spoils.append(status(code, message))
    with pytest.raises(ModelError, match=told):
        service(proxy).translate(sentences(TEXTS[2]), job())
    assert len(proxy.seen) == 1


def test_no_money_left_is_not_waited_for(proxy: Proxy) -> None:
    proxy.spoils.append(status(429, "You exceeded your quota", code="insufficient_quota"))
    with pytest.raises(ModelError, match="has no money left for this key"):
        service(proxy).translate(sentences(TEXTS[2]), job())


def test_a_server_without_schemas_is_asked_in_a_looser_way_from_then_on(proxy: Proxy) -> None:
    proxy.spoils += [status(400, "json_schema is not known")] * 2 + [says('{"1": "Thanks"}')]
    loose = service(proxy)
    assert loose.translate(sentences(TEXTS[2]), job())
    loose.translate(sentences(TEXTS[2]), job())
    assert [body.get("response_format", {}).get("type") for body, _ in proxy.seen] == [
        "json_schema", "json_schema", "json_object", "json_object"
    ]  # fmt: skip


@pytest.mark.slow
def test_a_server_that_dies_costs_nothing_that_was_translated(model: Path, tmp_path: Path) -> None:
    said = phrases("谢谢大家。", "大家好。", "再见。")
    memory = Memory(tmp_path / "m")
    with llama_server(model) as (address, kill), proxy_for(address) as proxy:
        first = LLMTranslator(service(proxy), memory)
        answers = first.translate(said, range(1), job(), lambda _: None)
        kill()
        proxy.spoils += [hangs_up] * MAX_TRIES
        with pytest.raises(
            ModelError, match=f"cannot be reached .*, {MAX_TRIES} times; finished translations are kept"
        ):
            first.translate(said, range(3), job(), lambda _: None)
    assert first.translate(said, range(1), job(), lambda _: None) == answers


def test_nobody_at_the_address(tmp_path: Path) -> None:
    client = client_for("http://127.0.0.1:9/v1", None)
    with pytest.raises(ModelError, match="qwen: cannot be reached"):
        OpenAITranslator("qwen", "1", "qwen", client, lambda _: None).translate(sentences(TEXTS[2]), job())


def test_the_key_comes_from_the_environment_and_goes_only_where_it_belongs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(KEY, raising=False)
    monkeypatch.setenv(OPENAI_KEY, "sk-openai")
    assert read_key("https://api.openai.com/v1") == "sk-openai"
    assert read_key("https://other.example/v1") is None
    assert read_key("http://127.0.0.1:1/v1") is None
    monkeypatch.setenv(KEY, "ours")
    assert read_key("https://other.example/v1") == read_key("http://127.0.0.1:1/v1") == "ours"
    with pytest.raises(ModelError, match=r"would receive the key .* unencrypted; use https"):
        read_key("http://192.168.1.7/v1")
    monkeypatch.delenv(KEY)
    monkeypatch.delenv(OPENAI_KEY)
    with pytest.raises(ModelError, match=f"needs a key; put it into the environment variable {KEY}"):
        read_key("https://api.openai.com/v1")


def test_a_key_is_sent_as_a_bearer(proxy: Proxy) -> None:
    proxy.spoils.append(says('{"1": "Thanks"}'))
    client = client_for(proxy.address, "secret")
    assert OpenAITranslator("qwen", "1", "qwen", client).translate(sentences(TEXTS[2]), job()) == ("Thanks",)
    assert proxy.seen[0][1]["Authorization"] == "Bearer secret"
