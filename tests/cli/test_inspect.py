"""`align inspect` from the command line to its exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from align.cli.main import main

CASES = Path(__file__).parents[1] / "transcript" / "cases"


def inspected(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["inspect", *map(str, arguments)])
    printed = capsys.readouterr()
    return int(ended.value.code or 0), printed.out, printed.err


def test_the_document(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = inspected(capsys, CASES / "cast-list.txt", "--json")
    document = json.loads(out)
    assert code == 0
    assert document["ok"] is True
    assert (document["format"], document["language"]) == ("txt", "zh")
    assert document["participants"] == ["陈倩", "任洋", "Bruce"]
    assert [(each["name"], each["turns"]) for each in document["speakers"]] == [
        ("陈倩", 2),
        ("任洋", 2),
        ("Bruce", 1),
    ]
    assert document["speakers"][0]["first"] == "大家好，欢迎收听我们的节目。"
    assert document["excluded"][1] == {"line": 2, "reason": "cast list", "text": "主持人：陈倩"}
    assert document["minutes"] > 0


def test_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = inspected(capsys, CASES / "bilingual-paragraphs.txt")
    assert code == 0
    assert "with a translation of 4 paragraphs" in out
    assert "陈倩" in out
    assert "--language" in out


def test_a_text_in_two_languages_is_a_guess(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    lines = ["大家好，欢迎。", "Hello and welcome.", "我们聊电力。", "Power first.", "电不够。", "It lacks."]
    path.write_text("\n".join(lines), "utf-8")
    _, guessed, _ = inspected(capsys, path)
    assert "zh (a guess)" in guessed
    assert "two languages, zh and en" in guessed
    _, chosen, _ = inspected(capsys, path, "--language", "en")
    assert "en (as chosen)" in chosen
    assert "two languages" not in chosen


def test_a_wrong_reading_is_corrected(capsys: pytest.CaptureFixture[str]) -> None:
    def names(*options: str) -> list[str | None]:
        _, out, _ = inspected(capsys, CASES / "cast-list.txt", "--json", *options)
        return [each["name"] for each in json.loads(out)["speakers"]]

    assert names("--no-labels") == [None]
    assert names("--speakers-are", "陈倩") == ["陈倩"]
    _, out, _ = inspected(capsys, CASES / "no-milliseconds.srt", "--json", "--format", "txt")
    assert json.loads(out)["format"] == "txt"


@pytest.mark.parametrize(
    ("options", "code", "problem"),
    [
        (["--format", "stl"], 2, "there is no format 'stl'; choose one of txt, md"),
        (["--no-labels", "--speakers-are", "Ann"], 2, "exclude each other"),
        (["--format", "json"], 3, "is damaged JSON"),
    ],
)
def test_what_cannot_be_done(
    capsys: pytest.CaptureFixture[str], options: list[str], code: int, problem: str
) -> None:
    got, _, err = inspected(capsys, CASES / "cast-list.txt", *options)
    assert got == code
    assert problem in err


def test_clean_reads_as_inspect_does(tmp_path: Path) -> None:
    def cleaned(*options: str) -> int:
        with pytest.raises(SystemExit) as ended:
            main(["clean", str(path), "-q", *options])
        return int(ended.value.code or 0)

    path = tmp_path / "talk.txt"
    path.write_text("grid: it is on.\nann: hello.\nann: bye.\n", "utf-8")
    assert cleaned("--speakers-are", "grid") == 0
    assert (tmp_path / "talk.clean.txt").read_text("utf-8").startswith("grid: ")
    assert cleaned("--no-labels", "--format", "md") == 0
    assert cleaned("--no-labels", "--speakers-are", "ann") == 2
