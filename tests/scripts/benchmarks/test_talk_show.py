from __future__ import annotations

from pathlib import Path

import pytest

from align.translate.prompt import examples
from scripts.benchmarks import talk_show
from scripts.benchmarks.talk_show import Passage, as_phrases, joined, read_passages, read_readings


@pytest.mark.parametrize("pair", ["zh-en", "en-zh"])
def test_the_passages_are_whole_and_in_no_prompt(pair: str) -> None:
    passages = read_passages(pair)
    source, target = pair.split("-")
    shown = {question for question, _ in examples(source, target)}
    assert len(passages) > 30
    assert all(passage.speaker and passage.reference and all(passage.cues) for passage in passages)
    assert not shown & {"".join(passage.cues) for passage in passages}


def test_cues_take_as_long_as_it_takes_to_say_them() -> None:
    first, second = as_phrases([Passage("A", ("一二三四五六七八九", "好"), "x")], "zh")
    assert first.span.duration == 2.0
    assert second.span.duration == pytest.approx(1.0)
    assert second.span.start > first.span.end


def test_the_lines_of_a_passage_are_joined() -> None:
    passages = [Passage("A", ("一", "二"), "x"), Passage("B", ("三",), "y")]
    assert joined(passages, ["one", "two", "three"]) == ["one two", "three"]


def test_readings_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "readings"
    folder.mkdir()
    (folder / "new.tsv").write_text("3\t好\tGood.\t\n1\t不好\tGood.\tnegation lost\n", "utf-8")
    monkeypatch.setattr(talk_show, "FOLDER", tmp_path)
    assert talk_show.readings_table().splitlines()[-1] == "| new | 2 | 50 % | 0 % | 50 % | 0 % |"


def test_every_reading_has_a_score_of_the_guide_and_a_reason_where_it_is_not_the_best() -> None:
    for path in sorted((talk_show.FOLDER / "readings").glob("*.tsv")):
        for reading in read_readings(path):
            assert reading.score in talk_show.SCORES
            assert reading.score == 3 or reading.reason, reading
