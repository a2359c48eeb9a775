from __future__ import annotations

from pathlib import Path

from align.subtitles.options import CueOptions
from align.subtitles.units import text_of
from scripts.breaks.agreement import align_ends, f1, people, timed_words, units
from scripts.breaks.corpus import read_folder
from scripts.breaks.learn import LearningParameters, learn

SENTENCES = (
    "We stayed at home all day.",
    "It was cold and dark outside,",
    "but nobody wanted to leave the house.",
)


def folder_of(cues: list[str], folder: Path, name: str = "people") -> Path:
    """A folder with a file of cues, three seconds each, half a second apart."""
    target = folder / name
    target.mkdir(exist_ok=True)
    starts = [f"00:{3 * n // 60:02}:{3 * n % 60:02}" for n in range(len(cues))]
    ends = [f"00:{3 * n // 60:02}:{3 * n % 60 + 2:02}" for n in range(len(cues))]
    blocks = [
        f"{n}\n{start},000 --> {end},500\n{cue}\n"
        for n, (start, end, cue) in enumerate(zip(starts, ends, cues, strict=True), 1)
    ]
    (target / "talk.srt").write_text("\n".join(blocks), "utf-8")
    return target


def test_a_file_is_one_text_with_the_ends_of_its_cues(tmp_path: Path) -> None:
    (text,) = read_folder(folder_of([*SENTENCES] * 8, tmp_path), "en")
    assert text.source == "people"
    assert text.text[: text.ends[0]].strip() == SENTENCES[0]
    assert text.text[text.ends[0] : text.ends[1]].strip() == SENTENCES[1]


def test_a_space_of_chinese_people_is_a_mark_nobody_knows(tmp_path: Path) -> None:
    (text,) = read_folder(folder_of(["我们昨天没有来  因为下雨了"] * 20, tmp_path), "zh")
    assert text.text.startswith("我们昨天没有来因为下雨了我们")
    assert 7 in text.unknown
    assert 12 in text.ends


def test_a_file_that_was_cut_by_width_is_left_out(tmp_path: Path) -> None:
    assert list(read_folder(folder_of(["we went to the", "house in the"] * 15, tmp_path), "en")) == []


def test_the_words_last_until_the_next_cue(tmp_path: Path) -> None:
    (text,) = read_folder(folder_of([*SENTENCES] * 8, tmp_path), "en")
    alignment, _ = timed_words(text)
    first, last = alignment.tokens[0].span, alignment.tokens[5].span
    assert first is not None
    assert last is not None
    assert (first.start, round(last.end, 3)) == (0.0, 3.0)
    assert text_of(units(text)).strip() == text.text.strip()


def test_agreement_counts_the_ends_that_both_have(tmp_path: Path) -> None:
    (text,) = read_folder(folder_of([*SENTENCES] * 8, tmp_path), "en")
    mine, theirs = set(align_ends(text, "en", CueOptions())), set(people(text))
    assert f1((len(mine & theirs), len(theirs), len(mine))) > 0.7
    assert f1((0, 0, 0)) == 0.0


def test_what_people_do_is_learned(tmp_path: Path) -> None:
    texts = list(read_folder(folder_of([*SENTENCES] * 19, tmp_path), "en"))
    weights = learn(texts, "en", CueOptions().rules("en"), LearningParameters(seldom=5, rounds=50))
    assert weights["."] > 0 > weights["the|"]
