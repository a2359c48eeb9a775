from __future__ import annotations

import numpy as np
import pytest

from align.core.errors import UsageError
from scripts.speech.voices import Voice, cast, parse, read_given, shifted


def test_mixtures_have_weights_that_sum_to_one() -> None:
    assert parse("jf_alpha:1+jm_kumo:3@0.92") == Voice((("jf_alpha", 0.25), ("jm_kumo", 0.75)), 0.92)
    assert parse("jm_kumo") == Voice((("jm_kumo", 1.0),))


@pytest.mark.parametrize("spec", ["", "a+", "a:0", "a@", "a@3", "a b", "a:0.5+@0.9"])
def test_what_is_no_voice_is_refused(spec: str) -> None:
    with pytest.raises(UsageError):
        parse(spec)


def test_speakers_without_an_option_get_voices_of_their_own() -> None:
    voices = cast(["Ann", "Bob", "Cid"], read_given(["Bob=jf_alpha"]))
    assert voices["Bob"] == "jf_alpha"
    assert len(set(voices.values())) == 3


def test_voice_for_nobody_is_refused() -> None:
    with pytest.raises(UsageError, match="Eve"):
        cast(["Ann"], {"Eve": "jf_alpha"})


@pytest.mark.parametrize("shift", [0.85, 1.1])
def test_shift_raises_pitch_and_shortens(shift: float) -> None:
    # A tone with whole periods in the stretch, so that its ends are no jump.
    tone = np.sin(2 * np.pi * 200 * np.arange(24_000) / 24_000).astype(np.float32)
    moved = shifted(tone, shift)
    strongest = np.argmax(np.abs(np.fft.rfft(moved))) * 24_000 / len(moved)
    assert len(moved) == round(24_000 / shift)
    assert strongest == pytest.approx(200 * shift, rel=0.01)
    assert float(np.abs(moved).max()) == pytest.approx(1.0, abs=0.02)
