"""What happens to speech on its way into a recording: rooms, noise, music, codecs, breath and laughter.

Nothing here moves a sound in time.
"""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray

from align.core.types import SAMPLE_RATE

Samples = NDArray[np.float32]
Chance = np.random.Generator


def reverberant(samples: Samples, chance: Chance) -> Samples:
    """In a room by chance, from a studio to a hall; the direct sound stays where it was."""
    decay, echo = chance.uniform(0.1, 0.6), 10 ** chance.uniform(-2.0, -0.5)
    length = round(decay * SAMPLE_RATE)
    tail = chance.standard_normal(length) * 10 ** (-3 * np.arange(length) / length)
    tail[: SAMPLE_RATE // 400] = 0
    answer = tail * np.sqrt(echo / np.sum(tail**2))
    answer[0] = 1
    size = 1 << (len(samples) + length - 1).bit_length()
    heard = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(answer, size), size)
    return np.asarray(heard[: len(samples)], dtype=np.float32)


def noise(length: int, chance: Chance) -> Samples:
    """Steady noise of a colour by chance, from white to rumble, with a mains hum in one of four; RMS 1."""
    spectrum = chance.standard_normal(length // 2 + 1) + 1j * chance.standard_normal(length // 2 + 1)
    frequency = np.maximum(np.arange(length // 2 + 1) * SAMPLE_RATE / length, 30)
    tilt = chance.uniform(0, 1.2)
    sound = np.fft.irfft(spectrum * frequency**-tilt, length)
    sound /= np.sqrt(np.mean(sound**2))
    if chance.random() < 0.25:
        time = np.arange(length) / SAMPLE_RATE
        base = chance.choice([50, 60])
        sound += sum(np.sin(2 * np.pi * base * k * time) / k for k in (1, 2, 3, 5)) * chance.uniform(0.2, 1)
    return _even(sound)


def music(length: int, chance: Chance) -> Samples:
    """Chords of a few voices over a beat, as under a show's talk; RMS 1."""
    sound = np.zeros(length)
    beat = round(SAMPLE_RATE * chance.uniform(0.3, 0.7))
    scale = 110 * 2 ** (chance.integers(0, 12) / 12) * 2 ** (np.array([0, 2, 4, 5, 7, 9, 11, 12]) / 12)
    drums = chance.random() < 0.7
    for begin in range(0, length, beat):
        here = min(beat * 2, length - begin)
        time = np.arange(here) / SAMPLE_RATE
        shape = np.minimum(time / 0.02, 1) * np.exp(-time * chance.uniform(1, 5))
        for pitch in chance.choice(scale, 3) * chance.choice([1, 2, 4], 3):
            partials = sum(np.sin(2 * np.pi * pitch * k * time) / k**1.5 for k in range(1, 6))
            sound[begin : begin + here] += partials * shape * chance.uniform(0.3, 1)
        if drums:
            click = min(round(0.12 * SAMPLE_RATE), here)
            fade = np.exp(-np.arange(click) / (0.02 * SAMPLE_RATE))
            sound[begin : begin + click] += chance.standard_normal(click) * fade * chance.uniform(0.5, 2)
    return _even(sound)


def babble(voices: list[Samples], length: int) -> Samples:
    """Several people talking at once, far away; RMS 1."""
    sound = np.zeros(length)
    for voice in voices:
        repeated = np.resize(voice, length)
        sound += repeated / (np.sqrt(np.mean(repeated**2)) + 1e-6)
    return _even(sound)


def breath(chance: Chance) -> Samples:
    """An intake of air, 0.15 to 0.5 s; RMS 1."""
    length = round(chance.uniform(0.15, 0.5) * SAMPLE_RATE)
    shape = np.sin(np.pi * np.linspace(0, 1, length) ** chance.uniform(0.6, 1.6))
    return _even(
        _band(chance.standard_normal(length), chance.uniform(300, 900), chance.uniform(3000, 7000)) * shape
    )


def laughter(chance: Chance) -> Samples:
    """Some "ha ha ha": bursts of breath and voice, 3 to 6 a second, each lower than the last; RMS 1."""
    pitch = chance.uniform(120, 380)
    sounds = []
    for _ in range(chance.integers(2, 7)):
        length = round(chance.uniform(0.15, 0.3) * SAMPLE_RATE)
        time = np.arange(length) / SAMPLE_RATE
        phase = 2 * np.pi * np.cumsum(pitch * (1 + 0.15 * np.exp(-time / 0.05))) / SAMPLE_RATE
        voice = sum(np.sin(k * phase) * _formants(k * pitch) for k in range(1, 20))
        air = _band(chance.standard_normal(length), 500, 5000)
        voiced = np.clip((time - 0.06) / 0.03, 0, 1) * np.exp(-np.maximum(time - 0.1, 0) / 0.06)
        sounds.append(voice * voiced + air * 0.3 * np.exp(-time / 0.1))
        pitch *= chance.uniform(0.9, 1.0)
    return _even(np.concatenate(sounds))


def knock(chance: Chance) -> Samples:
    """A click, a thump or a rustle, 0.03 to 0.3 s; RMS 1."""
    length = round(chance.uniform(0.03, 0.3) * SAMPLE_RATE)
    fade = np.exp(-np.arange(length) / (chance.uniform(0.005, 0.08) * SAMPLE_RATE))
    low = chance.uniform(40, 2000)
    return _even(_band(chance.standard_normal(length), low, low * chance.uniform(2, 8)) * fade)


def coded(samples: Samples, codec: str, bitrate: int) -> Samples:
    """As it sounds after a lossy codec ("libopus", "libmp3lame", "aac"), at the same times."""
    import av

    box = {"libopus": "ogg", "libmp3lame": "mp3", "aac": "mp4"}[codec]
    buffer = io.BytesIO()
    with av.open(buffer, "w", format=box) as file:
        stream = file.add_stream(codec, rate=SAMPLE_RATE if codec != "aac" else 32_000, layout="mono")
        stream.bit_rate = bitrate
        frame = av.AudioFrame.from_ndarray(samples[None], format="fltp", layout="mono")
        frame.rate = SAMPLE_RATE
        to_codec = av.AudioResampler(
            stream.format.name, "mono", stream.rate, frame_size=stream.frame_size or 960
        )
        for part in [*to_codec.resample(frame), *to_codec.resample(None)]:
            file.mux(stream.encode(part))
        file.mux(stream.encode(None))
    buffer.seek(0)
    with av.open(buffer) as file:
        back = av.AudioResampler("fltp", "mono", SAMPLE_RATE)
        parts = [part for frame in file.decode(audio=0) for part in back.resample(frame)]
        parts += back.resample(None)
    decoded = np.concatenate([part.to_ndarray()[0] for part in parts])
    return _in_step(samples, decoded)


def _in_step(original: Samples, decoded: Samples) -> Samples:
    """The decoded sound without the codec's delay, which correlation shows, and as long as before."""
    size = 1 << (len(original) + len(decoded)).bit_length()
    both = np.fft.rfft(decoded, size) * np.conj(np.fft.rfft(original, size))
    reach = SAMPLE_RATE // 5
    shifts = np.fft.irfft(both, size)
    delay = int(np.argmax(np.concatenate([shifts[-reach:], shifts[:reach]]))) - reach
    moved = decoded[delay:] if delay > 0 else np.pad(decoded, (-delay, 0))
    return np.asarray(np.pad(moved, (0, max(0, len(original) - len(moved))))[: len(original)], np.float32)


def _band(sound: NDArray[np.float64], low: float, high: float) -> NDArray[np.float64]:
    spectrum = np.fft.rfft(sound)
    frequency = np.arange(len(spectrum)) * SAMPLE_RATE / len(sound)
    gain = 1 / (1 + (low / np.maximum(frequency, 1)) ** 4) / (1 + (frequency / high) ** 4)
    return np.asarray(np.fft.irfft(spectrum * gain, len(sound)))


def _formants(frequency: float) -> float:
    """How loud a partial is in an open vowel."""
    return float(
        sum(np.exp(-(((frequency - f) / w) ** 2)) for f, w in ((750, 250), (1300, 300), (2600, 500))) + 0.02
    )


def _even(sound: NDArray[np.float64]) -> Samples:
    return np.asarray(sound / (np.sqrt(np.mean(sound**2)) + 1e-9), dtype=np.float32)
