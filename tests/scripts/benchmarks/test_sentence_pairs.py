from __future__ import annotations

from pathlib import Path

import pytest

from align.core.errors import InputError
from align.subtitles.options import CueOptions
from scripts.benchmarks.sentence_pairs import FOLDER, SentencePair, as_cues, chosen, edited, read_pairs, right

YAML = """level: 1
sentences:
  # greetings
  - { chinese: "你好。", en: "Hello.", grammar: [] }
  - { chinese: "他远远超过了别人。", en: "PH", grammar: [], topic: "sports" }
  - { chinese: "再见。", en: "placeholder-p3", grammar: [] }
  - { chinese: "我喝茶，他喝咖啡。", en: "I drink tea, he drinks coffee.", grammar: [] }
"""


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    folder = tmp_path / FOLDER / "data" / "sentences"
    folder.mkdir(parents=True)
    (folder / "hsk1.yaml").write_text(YAML, "utf-8")
    return tmp_path


def test_rows_without_a_reference_are_left_out(corpora: Path) -> None:
    assert [(pair.name, pair.english) for pair in read_pairs(corpora)] == [
        ("hsk1-0001", "Hello."), ("hsk1-0004", "I drink tea, he drinks coffee.")
    ]  # fmt: skip
    with pytest.raises(InputError, match="is no clone; git clone"):
        read_pairs(corpora / "nowhere")


def test_sentences_are_taken_evenly() -> None:
    pairs = [SentencePair(str(k), "好", "Good") for k in range(10)]
    assert [pair.name for pair in chosen(pairs, 5)] == ["0", "2", "4", "6", "8"]
    assert len(chosen(pairs, 50)) == 10


def test_a_cue_is_on_screen_as_long_as_align_would_show_it(corpora: Path) -> None:
    pairs, options = read_pairs(corpora), CueOptions()
    first, second = as_cues(pairs, corpora, options, 0.08)
    assert first.span.duration == pytest.approx(3 / 4.5, abs=0.05), "the next one begins at once"
    assert second.span.duration == pytest.approx(9 / 4.5, abs=0.1)
    first, second = as_cues(pairs, corpora, options, 1.0)
    assert first.span.duration == pytest.approx(3 / 4.5 + 12 / 24, abs=0.1)
    assert second.span.duration == pytest.approx(9 / 4.5 + 12 / 24, abs=0.1), "it may stay half a second"


def test_a_changed_text_is_judged_by_what_each_cue_should_have() -> None:
    pairs = [
        SentencePair(str(k), f"第{k}句话。", f"Sentence {word} here.")
        for k, word in enumerate("abcdefghijklmnopqrstuvwx")
    ]
    case = edited(pairs, 20, seed=3)
    whole = [("" if owner in case.gone else case.pairs[owner].english) for owner in case.owners]
    assert all(right(case, whole))
    assert case == edited(pairs, 20, seed=3)
    assert len(case.english) != 20 or case.gone
    assert not any(right(case, ["Something else" for _ in whole]))
