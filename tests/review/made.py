"""Results and sounds that tests of the page show."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from align.core.types import SAMPLE_RATE, Mismatch, MismatchKind, Recording, Result, Severity, Span, Turn
from align.export.report_page.page import SILENT, ReportAudio, page
from tests.made_audio import beeps
from tests.results import sample

HOSTILE = (
    "<script>document.title='owned'</script>",
    "\"onmouseover=\"document.title='owned'",
    "'><img src=x onerror=\"document.title='owned'\">",
    "</script></style><svg onload=\"document.title='owned'\">",
    "{{ 7 * 7 }}{% raw %}",
    "line\u2028and\u2029paragraph \u202e reversed &lt; &amp;",
    "<!-- --> ]]>",
)

FILLER = Mismatch(MismatchKind.FILLER, Span(7.0, 7.2), (35, 35), "", "", Severity.LOW, 0.5, ("A filler.",))
REPEAT = replace(FILLER, span=Span(21.4, 21.9), tokens=(107, 107), heard="这个")


def with_fillers(result: Result) -> Result:
    """The same, with a filler that only the phones tell and a repeat that was recognised."""
    return replace(result, mismatches=(*result.mismatches, FILLER, REPEAT))


def hostile() -> Result:
    """The sample with every text that comes from outside turned into an attack."""
    result = sample()
    attack = " ".join(HOSTILE)
    tokens = tuple(
        replace(one, speaker=attack, token=replace(one.token, text=attack)) for one in result.alignment.tokens
    )
    return replace(
        result,
        name=attack,
        audio=attack,
        transcript=attack,
        aligner=attack,
        notes=HOSTILE,
        turns=tuple(Turn(attack, turn.text, turn.line) for turn in result.turns),
        alignment=replace(result.alignment, tokens=tokens),
        mismatches=tuple(
            replace(m, written=text, heard=text[::-1], reasons=(text,))
            for m, text in zip(result.mismatches * 2, HOSTILE, strict=False)
        ),
        phrases=tuple(replace(phrase, translation=attack) for phrase in result.phrases),
    )


def many(count: int) -> Result:
    """A long show with as many places, of all kinds and severities."""
    result = sample(60_000)
    tokens = len(result.alignment.tokens)
    kinds = [kind for kind in MismatchKind if kind is not MismatchKind.FILLER]
    mismatches = tuple(
        Mismatch(
            kinds[n % len(kinds)],
            Span(i / 5, i / 5 + 1),
            (i, i + 4),
            "写的文字",
            "说的文子",
            tuple(Severity)[n % 3],
            i % 100 / 100,
            ("Unlike.",),
        )
        for n, i in ((n, n * (tokens - 10) // count) for n in range(count))
    )
    return replace(result, mismatches=mismatches)


def heard(result: Result, folder: Path = Path("elsewhere")) -> Recording:
    """A recording as long as the result, with a beep where each mismatch begins, over a little noise."""
    at = tuple(mismatch.span.start for mismatch in result.mismatches)
    sound = beeps(result.duration, SAMPLE_RATE, at)
    noise = np.random.default_rng(1).normal(0, 0.003, len(sound)).astype(np.float32)
    return Recording(folder / result.audio, sound + noise, result.audio_digest)


def written(result: Result, folder: Path, sound: ReportAudio = SILENT) -> Path:
    """The page of a result as a file."""
    path = folder / "page.html"
    path.write_bytes(page(result, sound).encode("utf-8"))
    return path
