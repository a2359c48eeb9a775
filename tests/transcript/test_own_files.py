"""Every file that align writes, given to it as a transcript, has the same words and speakers, or is refused.

Only a cue of two speakers names neither in any format, so there is none here.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from pathlib import Path

import pytest

from align.core.errors import InputError
from align.core.types import Alignment, Phrase, Result, Span, TimedToken, Turn
from align.export.options import FileOptions
from align.export.outputs import OutputFile, outputs
from align.pronounce.tokens import tokenize
from align.subtitles.options import CueOptions, Dialogue, SpeakerLabels
from align.transcript.cleaning.apply_rules import OFF, Cleaning
from align.transcript.read import Reading, read_transcript
from tests.results import sample

TALK = (
    ("陈倩", "大家好，欢迎来到今天的节目。", "Hello and welcome to the show."),
    ("Bruce", "谢谢，我是Bruce，很高兴来到这里。", "Thank you, I am Bruce, and glad to be here."),
    ("任洋", "我们先聊聊电力，再聊芯片。", "Let us talk about power first, then chips."),
    ("陈倩", "2025年的电力够不够用？", "Will there be enough power in 2025?"),
    ("Ethan", "电力是瓶颈。", "Power is the bottleneck."),
    ("主持人", "第一：成本。时间：三年。", "First, the cost. The time: three years."),
    ("Bruce", "我同意。", "I agree."),
    ("Ethan", "芯片也是。", "So are the chips."),
    ("任洋", "好的，谢谢大家。", "Good, thank you all."),
    ("主持人", "再见。", "Goodbye."),
)
NOT_TRANSCRIPTS = (
    "mismatches.json",
    "mismatches.csv",
    "html",
    "edl",
    "mismatches.xml",
    "fcpxml",
    "labels.txt",
)


def result() -> Result:
    turns = tuple(Turn(name, text, line) for line, (name, text, _) in enumerate(TALK, 1))
    timed = tuple(
        TimedToken(token, Span(k / 4, k / 4 + 0.2), 0.9, turns[token.turn].speaker)
        for k, token in enumerate(tokenize(turns))
    )
    counts = [sum(each.token.turn == number for each in timed) for number in range(len(turns))]
    ends = list(accumulate(counts))
    phrases = tuple(
        Phrase(Span((end - count) / 4, end / 4 - 0.05), (end - count, end), text, translation, name)
        for (name, text, translation), count, end in zip(TALK, counts, ends, strict=True)
    )
    return replace(
        sample(),
        turns=turns,
        alignment=Alignment(timed, ()),
        phrases=phrases,
        duration=ends[-1] / 4,
        mismatches=(),
    )


def words(turns: tuple[Turn, ...]) -> list[tuple[str, str | None]]:
    return [(token.text, turns[token.turn].speaker) for token in tokenize(turns)]


@pytest.mark.parametrize("labels", [SpeakerLabels.NAME, SpeakerLabels.CHEVRONS])
@pytest.mark.parametrize("file", outputs(result(), CueOptions(), FileOptions()), ids=lambda file: file.ending)
def test_a_file_of_align_is_read_as_it_was(tmp_path: Path, file: OutputFile, labels: SpeakerLabels) -> None:
    made = result()
    (output,) = (
        each
        for each in outputs(made, CueOptions(labels=labels, two_speaker_cues=Dialogue.OFF), FileOptions())
        if each.ending == file.ending
    )
    content = output.write()
    path = tmp_path / f"talk.{file.ending}"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    if file.ending.endswith(NOT_TRANSCRIPTS):
        with pytest.raises(InputError):
            read_transcript(path, Cleaning(OFF))
        return
    languages = file.ending.split(".")[0]
    turns = (
        tuple(Turn(name, translation, 1) for name, _, translation in TALK)
        if languages == "en"
        else made.turns
    )
    expected = words(turns)
    if labels is SpeakerLabels.CHEVRONS and file.ending.endswith((".srt", ".bcc")):
        expected = [(text, name.upper() if name else None) for text, name in expected]
    read = read_transcript(path, Cleaning(OFF), Reading())
    assert words(read.turns) == expected
    if languages == "zh-en" and "karaoke" not in file.ending:
        assert "".join(read.translation).replace(" ", "") == "".join(text for _, _, text in TALK).replace(
            " ", ""
        )
