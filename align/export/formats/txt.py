"""Write the transcript with times as plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from align.core.types import Result
from align.export.formats.paragraphs import SpeakerParagraph, paragraphs_of
from align.subtitles.clock import timestamp
from align.subtitles.options import CueOptions, SpeakerLabels
from align.subtitles.rules import is_spaced


def text(result: Result, languages: Sequence[str], options: CueOptions) -> str:
    """Paragraphs such as `[00:12:33] 陈倩：大家好`, an empty line between them; `align run` reads them again.

    Args:
        languages: of the result; in two, the second is a line of its own below the first.
    """
    blocks = (
        "\n".join((head + first, *others)) for head, (first, *others) in blocks_of(result, languages, options)
    )
    return "\n".join(f"{block}\n" for block in blocks)


def blocks_of(
    result: Result, languages: Sequence[str], options: CueOptions
) -> Iterator[tuple[str, list[str]]]:
    """What stands before each paragraph, such as `[00:12:33] 陈倩：`, and its lines, one a language."""
    for one in paragraphs_of(result):
        texts = [one.text if code == result.language else one.translation for code in languages]
        first = next((code for code, line in zip(languages, texts, strict=True) if line), None)
        if first:
            yield _time(one) + _name(one, first, options), [line for line in texts if line]


def _time(paragraph: SpeakerParagraph) -> str:
    """Whole seconds, which is as much as a person can find."""
    return "" if paragraph.start is None else f"[{timestamp(paragraph.start, '.').partition('.')[0]}] "


def _name(paragraph: SpeakerParagraph, language: str, options: CueOptions) -> str:
    if paragraph.speaker is None or options.labels is SpeakerLabels.OFF:
        return ""
    return f"{paragraph.speaker}: " if is_spaced(language) else f"{paragraph.speaker}："
