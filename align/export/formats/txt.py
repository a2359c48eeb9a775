"""Write the transcript with times as plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from align.core.types import Result
from align.export.formats.paragraphs import paragraphs_of
from align.subtitles.clock import timestamp
from align.subtitles.options import CueOptions, SpeakerLabels
from align.subtitles.rules import is_spaced


def text(result: Result, languages: Sequence[str], options: CueOptions) -> str:
    """Paragraphs such as `[00:12:33] 陈倩：大家好`, an empty line between them; `align run` reads them again.

    Args:
        languages: of the result; in two, the second is on its own line below the first.
    """
    blocks = (
        "\n".join((head + first, *others)) for head, (first, *others) in blocks_of(result, languages, options)
    )
    return "\n".join(f"{block}\n" for block in blocks)


def blocks_of(
    result: Result, languages: Sequence[str], options: CueOptions
) -> Iterator[tuple[str, list[str]]]:
    """The head of each paragraph, such as `[00:12:33] 陈倩：`, and its lines, one per language."""
    for paragraph in paragraphs_of(result):
        texts = [paragraph.text if code == result.language else paragraph.translation for code in languages]
        first = next((code for code, line in zip(languages, texts, strict=True) if line), None)
        if first is None:
            continue
        head = ""
        if paragraph.start is not None:
            head = f"[{timestamp(paragraph.start, '.').partition('.')[0]}] "  # whole seconds are enough
        if paragraph.speaker is not None and options.labels is not SpeakerLabels.OFF:
            head += f"{paragraph.speaker}: " if is_spaced(first) else f"{paragraph.speaker}："
        yield head, [line for line in texts if line]
