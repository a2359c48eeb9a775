"""How good the second language is: by references, beside the same model without help, and in its time."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from align.core.cache import Cache
from align.core.progress import Silent
from align.core.types import Phrase
from align.pipeline.context import RunContext
from align.pipeline.loaded_models import load_models
from align.pipeline.options import RunOptions
from align.pipeline.run import gather, run
from align.pipeline.translation import job_for
from align.subtitles.check import Rule, check
from align.subtitles.layout import lay_out
from align.subtitles.options import CueOptions
from align.subtitles.segment import segment
from align.transcript.cleaning.glossary import EMPTY
from align.translate.backend import Sentence, SentenceTranslator, TranslationJob, Translator
from align.translate.checks import fits, lost_names
from align.translate.from_file import assign_sentences
from align.translate.llm_translator import LLMTranslator
from align.translate.memory import Memory
from align.translate.notes import max_width_of, not_translated
from align.translate.numbers import lost_numbers
from scripts.benchmarks import sentence_pairs, talk_show
from scripts.benchmarks.cues import read_words
from scripts.benchmarks.report import machine, write_part
from scripts.benchmarks.sentence_pairs import SentencePair, edited, right

BEGIN = "<!-- translation: written by scripts/benchmark translation --write -->"
END = "<!-- end of translation -->"
BEGIN_READ = "<!-- readings: written by scripts/benchmark translation --write -->"
END_READ = "<!-- end of readings -->"
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Quality:
    """What one translator made of some cues.

    Attributes:
        chrf: of all lines against the references, 0 to 100; None where there are none.
        numbers, names: lines that lack one that their source has.
        filled: lines that are a translation.
        in_time: lines that can be read while they are on screen, and fit on it.
        inside: cues in both languages that keep every rule; None where it was not looked at.
        seconds: that it took.
    """

    what: str
    who: str
    cues: int
    chrf: float | None
    numbers: int
    names: int
    filled: int
    in_time: int
    inside: int | None
    seconds: float


class OneByOne:
    """The same model without help: each line by itself, asked once, and what comes is taken."""

    def __init__(self, model: SentenceTranslator) -> None:
        """Take the model."""
        self._model = model

    def translate(
        self, phrases: Sequence[Phrase], wanted: Sequence[int], job: TranslationJob, advance: object
    ) -> tuple[str, ...]:
        """See `Translator.translate`."""
        del advance
        return tuple(
            self._model.translate([Sentence(phrases[k].text, max_width_of(phrases[k], job.rules))], job)[0]
            for k in wanted
        )


@dataclass(frozen=True, slots=True)
class Known:
    """Lines that there are already, to be judged like a translator's."""

    lines: Sequence[str]

    def translate(
        self, phrases: Sequence[Phrase], wanted: Sequence[int], job: TranslationJob, advance: object
    ) -> tuple[str, ...]:
        """See `Translator.translate`."""
        del phrases, job, advance
        return tuple(self.lines[k] for k in wanted)


def judge(
    what: str,
    who: str,
    translator: Translator,
    phrases: Sequence[Phrase],
    references: Sequence[str],
    job: TranslationJob,
    options: CueOptions,
) -> tuple[Quality, tuple[Phrase, ...]]:
    """Translate some cues and measure what comes; also the cues with their lines."""
    begin = time.perf_counter()
    lines = translator.translate(phrases, range(len(phrases)), job, lambda _: None)
    seconds = time.perf_counter() - begin
    said = tuple(replace(one, translation=line) for one, line in zip(phrases, lines, strict=True))
    pairs = [(one.text, one.translation) for one in said]
    track = lay_out(said, (job.source, job.target), job.source, options)
    broken = {violation.cue for violation in check(track, options) if violation.rule is not Rule.GAP}
    return (
        Quality(
            what,
            who,
            len(said),
            chrf(lines, references) if references else None,
            sum(bool(lost_numbers(text, line, (job.source, job.target))) for text, line in pairs),
            sum(bool(lost_names(text, line, job)) for text, line in pairs),
            sum(line != not_translated(job.target) and bool(line.strip()) for line in lines),
            sum(fits(one.translation, max_width_of(one, job.rules), job) for one in said),
            None if references else len(said) - len(broken),
            seconds,
        ),
        said,
    )


def chrf(lines: Sequence[str], references: Sequence[str]) -> float:
    """chrF of sacrebleu, over all lines."""
    import sacrebleu

    return float(sacrebleu.corpus_chrf(list(lines), [list(references)]).score)


def sentences(
    model: SentenceTranslator, corpora: Path, count: int, memory: Path, options: CueOptions
) -> Iterator[tuple[Quality, tuple[Phrase, ...]]]:
    """The model on sentences with references: as align uses it, and line by line; then people's own lines."""
    pairs = sentence_pairs.chosen(sentence_pairs.read_pairs(corpora), count)
    job = job_for((), EMPTY, "zh", "en", options)
    references = [pair.english for pair in pairs]
    for pause in sentence_pairs.PAUSES:
        cues = sentence_pairs.as_cues(pairs, corpora, options, pause)
        what = f"{len(pairs)} HSK sentences, {pause:g} s apart"
        remembered = Memory(memory.with_name(f"{memory.stem}-{pause:g}{memory.suffix}"))
        ways: dict[str, Translator] = {
            "align": LLMTranslator(model, remembered),
            "line by line": OneByOne(model),
            "the references": Known(references),
        }
        for who, way in ways.items():
            yield judge(what, who, way, cues, references, job, options)


def demo(
    model: SentenceTranslator, memory: Path, cache: Path, threads: int, options: CueOptions
) -> tuple[Quality, tuple[Phrase, ...]]:
    """The model on the cues that `align run` makes of the demo."""
    chosen = RunOptions(second_language=None, device="cpu", threads=threads, cues=options)
    folder = ROOT / "seeds" / "demo"
    given = gather(folder / "livestream-demo.opus", folder / "transcript.labelled.txt", chosen, Silent())
    models = load_models(chosen, given.language, translate=False)
    made = run(given, RunContext(models, Cache(cache / "stages"), chosen, Silent()))
    job = job_for(made.turns, EMPTY, "zh", "en", options)
    return judge("demo", "align", LLMTranslator(model, Memory(memory)), made.phrases, (), job, options)


def stretch(
    model: SentenceTranslator, truth: Path, minutes: float, memory: Path, options: CueOptions
) -> tuple[Quality, tuple[Phrase, ...]]:
    """The model on the beginning of a show whose words have exact times.

    Args:
        truth: NAME.json with tokens and times, NAME.txt with the text beside it.
        minutes: of the show.
    """
    what = f"show, first {minutes:g} min"
    words = read_words([truth])
    job = job_for(words.turns, EMPTY, "zh", "en", options)
    phrases = [
        one
        for one in segment(words.alignment, words.turns, words.duration, "zh", options)
        if one.span.end <= 60 * minutes
    ]
    return judge(what, "align", LLMTranslator(model, Memory(memory)), phrases, (), job, options)


def talk(
    model: SentenceTranslator, memory: Path, options: CueOptions
) -> Iterator[tuple[Quality, tuple[Phrase, ...]]]:
    """The model on the talk-show passages, in both directions; chrF is of whole passages."""
    for source, target in (("zh", "en"), ("en", "zh")):
        passages = talk_show.read_passages(f"{source}-{target}")
        job = job_for(talk_show.turns_of(passages), EMPTY, source, target, options)
        phrases = talk_show.as_phrases(passages, source)
        what = f"talk show, {source} to {target}"
        row, said = judge(what, "align", LLMTranslator(model, Memory(memory)), phrases, (), job, options)
        texts = talk_show.joined(passages, [phrase.translation for phrase in said])
        yield replace(row, chrf=chrf(texts, [passage.reference for passage in passages])), said


def brought(
    pairs: Sequence[SentencePair], count: int, seeds: Sequence[int], options: CueOptions
) -> list[float]:
    """The share of cues that get what is theirs of a changed text, for each draw of the changes."""
    job = job_for((), EMPTY, "zh", "en", options)
    shares = []
    for seed in seeds:
        case = edited(pairs, count, seed)
        _, lines = assign_sentences(case.cues, case.english, job)
        judged = right(case, lines)
        shares.append(sum(judged) / len(judged))
    return shares


def line(one: Quality) -> str:
    """One line for somebody who tunes."""
    return " | ".join(_cells(one))


def write(page: Path, rows: Sequence[Quality], shares: Sequence[float], command: str) -> None:
    """Put the tables on a page."""
    head = f"\n## Translation\n\n`{command}`, {date.today()}, {machine()}.\n"
    table = "".join(f"| {' | '.join(_cells(one))} |\n" for one in rows)
    given = ""
    if shares:
        each = ", ".join(f"{100 * share:.1f}" for share in shares)
        mean = 100 * sum(shares) / len(shares)
        given = _GIVEN.format(mean=mean, each=each, count=len(shares))
    write_part(page, BEGIN, END, f"{head}{_ABOUT}{_HEAD}{table}{given}\n")
    write_readings(page)


def write_readings(page: Path) -> None:
    """Put on a page how many cues were read with which score."""
    write_part(page, BEGIN_READ, END_READ, f"\n{_READ}\n{talk_show.readings_table()}\n\n")


def save(path: Path, said: Sequence[Phrase], references: Sequence[str]) -> None:
    """Keep lines to be read by a person."""
    rows = [
        {"start": one.span.start, "text": one.text, "translation": one.translation, "reference": reference}
        for one, reference in zip(said, references or [""] * len(said), strict=True)
    ]
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")


def _cells(one: Quality) -> list[str]:
    return [
        one.what,
        one.who,
        str(one.cues),
        "–" if one.chrf is None else f"{one.chrf:.1f}",
        str(one.numbers),
        str(one.names),
        f"{100 * one.filled / one.cues:.1f} %",
        f"{100 * one.in_time / one.cues:.1f} %",
        "–" if one.inside is None else f"{100 * one.inside / one.cues:.1f} %",
        f"{one.seconds:.0f}",
    ]


_ABOUT = f"""
The local translator (Qwen2.5-Coder-1.5B) as `align` uses it, by whole sentences with example pairs and
checks, and the same model asked line by line, once. The sentences are of
{sentence_pairs.REPOSITORY} at {sentence_pairs.COMMIT[:12]}, evenly over all levels, on screen as align
times their recordings: a pause of a second behind each, into which a cue may stay for half a second, or the
next sentence at once, which leaves no more than the sound. Their references are judged too: most people would
not keep to the second. Rows without a reference are left out. chrF is sacrebleu's.
“Numbers” and “names” count lines that lack one that
their Mandarin has. “In time” is within 20 characters a second and two lines of 42; “all rules” is what
`align check` says of the cues with both languages, gaps aside.
No neural metric is given: those that are published as packages fetch their models from the hub.

"""
_READ = """## Readings

Read by [the guide](../translation-guide.md); the readings are in `scripts/benchmarks/talk_show/readings/`.
"""
_COLUMNS = ("set", "how", "cues", "chrF", "numbers", "names", "filled", "in time", "all rules", "wall s")
_HEAD = f"| {' | '.join(_COLUMNS)} |\n| --- | --- {'| --: ' * (len(_COLUMNS) - 2)}|\n"
_GIVEN = f"""
A translation that is there already (`--translation-backend file`), brought to the cues: of the English of 200
sentences {sentence_pairs.GONE:.0%} are left out, {sentence_pairs.MERGED:.0%} merged with the next,
{sentence_pairs.SPLIT:.0%} (those with a comma) split, and after {sentence_pairs.EXTRA:.0%} a strange one is
put in. Cues that get their own words, and none where there are none: {{mean:.1f}} % in {{count}} draws
({{each}}).
"""
