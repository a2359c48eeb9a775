"""Names alone on a line, with the text below."""

from __future__ import annotations

from align.transcript.labels import read_speech
from align.transcript.plain import read_plain
from align.transcript.subtitles import TextCue, lines_of


def test_where_labels_have_a_colon_a_line_without_one_is_text() -> None:
    cues = [
        ("MAN:", "What is it?"), ("WOMAN:", "Light."), ("Young Austrian", "painters were shy."),
        ("MAN:", "Of what?"), ("NARRATOR:", "Nobody knew."), ("WOMAN:", "We do."),
    ]  # fmt: skip
    lines = lines_of([TextCue(k, cue, (k, k + 1.0)) for k, cue in enumerate(cues)])
    speakers = [each.speaker for each in read_speech(lines).utterances]
    assert speakers == ["MAN", "WOMAN", "WOMAN", "WOMAN", "MAN", "NARRATOR", "WOMAN"]


def test_a_person_with_a_role_in_brackets_speaks_below() -> None:
    text = (
        "Sen. Ann Lee (D-Ohio)\nI call the hearing to order.\nWe have one witness.\n"
        "Sen. Bo Chan (R-Utah)\nThank you, Chair.\nI am glad to be here."
    )
    assert [each.speaker for each in read_speech(read_plain(text)).utterances] == [
        "Sen. Ann Lee", "Sen. Ann Lee", "Sen. Bo Chan", "Sen. Bo Chan",
    ]  # fmt: skip


def test_names_above_long_paragraphs_are_no_lines_wrapped_at_their_width() -> None:
    turns = [
        (name, f"So this is number {k}, and it goes on.")
        for k, name in enumerate(["Ann Lee", "Bo Chan"] * 60)
    ]
    text = "\n\n".join(
        f"{name}\n{said}" for name, said in [("Christopher Montgomery Lee", "Well then."), *turns]
    )
    speakers = {each.speaker for each in read_speech(read_plain(text)).utterances}
    assert {"Ann Lee", "Bo Chan"} <= speakers
