"""Many clients on one review, and kills while it applies: nothing confirmed is lost, and all files are whole.

A round: the clients decide and undo all at once; a copy of the review applies undisturbed, which tells the
files that must come out; the review itself is killed while it applies, and started again.
"""

from __future__ import annotations

import json
import random
import shutil
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import Any

from scripts.reliability.workshop import Broken, Workshop, must
from tests.recordings import DEMO
from tests.review.served import Asked, Served, served

Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Ack:
    """What the server has confirmed.

    Attributes:
        what: "decided" or "undone".
        place, answer: of a decision, the mismatch and the choice or the text; of an undo, "".
    """

    revision: int
    what: str
    place: str = ""
    answer: str = ""


@dataclass
class Tried:
    """What was tried and came out, added up over all rounds.

    Attributes:
        acks: all that was confirmed.
        refused: questions that another client was faster than, or that there was nothing to undo for.
        kills: how many came out in each way.
        lost: confirmed, and not there after a restart.
        torn: files that were neither the old nor the new ones, after a kill or after a restart.
        other: restarts after which the review told another state than its log has, or mixed files.
    """

    acks: list[Ack] = field(default_factory=list)
    refused: int = 0
    kills: Counter[str] = field(default_factory=Counter)
    lost: int = 0
    torn: int = 0
    other: int = 0

    @property
    def problem(self) -> str:
        """What is not as it must be, "" when all is."""
        bad = {"confirmed and lost": self.lost, "files torn": self.torn, "other states": self.other}
        return ", ".join(f"{count} {what}" for what, count in bad.items() if count)

    @property
    def told(self) -> str:
        """The counts in one line."""
        asked = Counter(one.what for one in self.acks)
        ends = ", ".join(f"{count} {how}" for how, count in sorted(self.kills.items()))
        return (
            f"{len(self.acks):,} confirmed ({asked['decided']:,} decisions, {asked['undone']:,} undone), "
            f"{self.refused:,} refused since others were faster; {sum(self.kills.values())} kills ({ends}); "
            f"{self.lost} lost, {self.torn} files torn, {self.other} other states"
        )


@dataclass(frozen=True, slots=True)
class Storm:
    """A review to try.

    Attributes:
        alignment: in a folder of its own, with its recording beside it.
        places: ids of its mismatches.
        environment: variables of the server, ALIGN_STAGES among them.
    """

    alignment: Path
    places: tuple[str, ...]
    environment: Mapping[str, str]

    @property
    def folder(self) -> Path:
        """That of the alignment."""
        return self.alignment.parent

    def tried(self, clients: int, decisions: int, kills: int, seed: int, say: Callable[[str], None]) -> Tried:
        """Let the clients take `decisions` in all, and kill the review `kills` times while it applies.

        Raises:
            Broken: the review does not start, or cannot apply undisturbed.
        """
        chance, done = random.Random(seed), Tried()
        for number in range(1, kills + 1):
            with self._served() as review:
                self._decide(review, clients, decisions * number // kills, chance, done)
                old = _files(self.folder)
                new, seconds = self._undisturbed(chance)
                how = self._killed(review, seconds, number % 2 == 0, chance)
            for name, data in _files(self.folder).items():
                done.torn += data not in (old.get(name), new.get(name))
            with self._served() as review:
                how = f"{how}, {self._checked(review, old, new, done)}"
                if _files(self.folder) != old:
                    status, answer = review.post("undo", revision=review.state()["revision"])
                    must(status == 200, f"cannot be undone: {answer}")
                    done.other += _files(self.folder) != old
            done.kills[how] += 1
            say(f"kill {number}: {how}; {len(done.acks):,} confirmed; {done.problem or 'all there'}")
        return done

    def _served(self) -> AbstractContextManager[Served]:
        return served(self.alignment, "--offline", changed=self.environment)

    # Deciding

    def _decide(self, review: Asked, clients: int, until: int, chance: random.Random, done: Tried) -> None:
        """All clients at once, until so many questions in all were confirmed."""
        lock, seeds = threading.Lock(), [chance.random() for _ in range(clients)]

        def client(seed: float) -> None:
            own, revision = random.Random(seed), review.state()["revision"]
            while len(done.acks) < until:
                what, body = _wish(own, self.places)
                status, answer = review.post(what, revision=revision, **body)
                must(status in (200, 409, 422), f"answered with {status}: {answer}")
                with lock:
                    if status == 200:
                        done.acks.append(_ack(answer["revision"], body))
                    else:
                        done.refused += 1
                revision = answer["revision"] if status == 200 else review.state()["revision"]

        with ThreadPoolExecutor(clients) as pool:
            list(pool.map(client, seeds))

    # Applying

    def _undisturbed(self, chance: random.Random) -> tuple[Files, float]:
        """The files that applying comes to, tried on a copy, and the seconds that it takes.

        The copy has stages of its own, so that the review itself has as much to do.
        """
        copy = self.folder.with_name(f"copy-{chance.getrandbits(32):08x}")
        stages = copy.with_name(f"{copy.name}-stages")
        shutil.copytree(self.folder, copy)
        shutil.copytree(self.environment["ALIGN_STAGES"], stages)
        environment = {**self.environment, "ALIGN_STAGES": str(stages)}
        with served(copy / self.alignment.name, "--offline", changed=environment) as review:
            began = time.monotonic()
            status, answer = review.post("apply", revision=review.state()["revision"])
            must(status == 200, f"applying fails: {answer}")
            seconds = time.monotonic() - began
        files = _files(copy)
        shutil.rmtree(copy)
        shutil.rmtree(stages)
        return files, seconds

    def _killed(self, review: Served, seconds: float, writing: bool, chance: random.Random) -> str:
        """Apply, and kill the server at a moment by chance, or right when it begins to write the files."""
        answers: list[int] = []

        def apply(revision: int) -> None:
            with suppress(OSError, HTTPException, json.JSONDecodeError):
                answers.append(review.post("apply", revision=revision)[0])

        asking = threading.Thread(target=apply, args=(review.state()["revision"],))
        log, end = _log(self.alignment), time.monotonic() + 10 * seconds + 60
        size = log.stat().st_size
        asking.start()
        if writing:
            while log.stat().st_size == size and time.monotonic() < end:
                time.sleep(0.0005)
            time.sleep(chance.uniform(0, 0.05))
        else:
            time.sleep(chance.uniform(0, seconds))
        review.process.kill()
        review.process.wait()
        asking.join()
        return "confirmed" if answers == [200] else "while it wrote" if writing else "at any moment"

    def _checked(self, review: Asked, old: Files, new: Files, done: Tried) -> str:
        """Look for all that was confirmed, and at the files; whether these are the old or the new ones."""
        events = [json.loads(line) for line in _log(self.alignment).read_text("utf-8").splitlines()]
        by_revision = {one["revision"]: one for one in events if "revision" in one}
        done.lost += sum(not _is_there(ack, by_revision.get(ack.revision)) for ack in done.acks)
        held, applied = _replayed(events)
        state = review.state()
        told = {row["settles"][0]: _answer(row) for row in state["decisions"]}
        done.other += told != held or state["revision"] != max(by_revision, default=0)
        files = _files(self.folder)
        done.other += files != (new if applied else old)
        return "new files" if applied else "old files"


def _wish(chance: random.Random, places: tuple[str, ...]) -> tuple[str, dict[str, Any]]:
    """What a client asks for: mostly to judge, sometimes to write something else, or to undo."""
    kind, place = chance.random(), chance.choice(places)
    if kind < 0.15:
        return "undo", {}
    if kind < 0.25:
        return "decide", {"request": {"ask": "edit", "mismatch": place, "text": chance.choice("嗯啊呃")}}
    choice = chance.choice(("keep", "fine"))
    return "decide", {"request": {"ask": "judge", "mismatch": place, "choice": choice}}


def _ack(revision: int, body: Mapping[str, Any]) -> Ack:
    request = body.get("request")
    if request is None:
        return Ack(revision, "undone")
    return Ack(revision, "decided", request["mismatch"], request.get("choice") or request["text"])


def _is_there(ack: Ack, event: Mapping[str, Any] | None) -> bool:
    if event is None or event["event"] != ack.what:
        return False
    return ack.what == "undone" or _decided(event) == (ack.place, ack.answer)


def _decided(event: Mapping[str, Any]) -> tuple[str, str]:
    (one,) = event["decisions"]
    return one["mismatch"] if one["kind"] == "judged" else one["settles"][0], _answer(one)


def _answer(row: Mapping[str, Any]) -> str:
    return str(row["choice"] if row["kind"] == "judged" else row["edits"][0]["text"])


def _replayed(events: list[dict[str, Any]]) -> tuple[dict[str, str], bool]:
    """What holds by the log, in the simplest way there is, and whether it is applied."""
    done: list[dict[str, Any]] = []
    for one in events:
        if one["event"] == "undone":
            done.pop()
        elif one["event"] in ("decided", "applied"):
            done.append(one)
    applied = bool(done) and done[-1]["event"] == "applied"
    return {} if applied else dict(_decided(one) for one in done), applied


def _stem(alignment: Path) -> str:
    return alignment.name.removesuffix(".alignment.json")


def _log(alignment: Path) -> Path:
    return alignment.with_name(f"{_stem(alignment)}.decisions.jsonl")


def _files(folder: Path) -> Files:
    """All that is written for the user, by name."""
    return dict(_read(folder))


def _read(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.iterdir()):
        if path.is_file() and not path.name.startswith(".") and "decisions" not in path.name:
            yield path.name, path.read_bytes()


@contextmanager
def reviewed_demo() -> Iterator[Storm]:
    """The demo, aligned, with all its places, fillers too, to decide about; all is gone at the end.

    Raises:
        Broken: the demo cannot be aligned.
    """
    with tempfile.TemporaryDirectory(prefix="reliability-") as name:
        folder, environment = Path(name) / "review", {"ALIGN_STAGES": str(Path(name) / "stages")}
        folder.mkdir()
        audio, text = Path(shutil.copy(DEMO, folder)), DEMO.with_name("transcript.labelled.txt")
        options = ("--no-translate", "--offline", "--quiet")
        shop = Workshop(folder, audio, text, options, Path(name) / "stages")
        ran = shop.run(shop.command(folder))
        must(ran.code == 0, f"the demo is not aligned: {ran.told}")
        (alignment,) = folder.glob("*.alignment.json")
        yield Storm(alignment, places_of(alignment), environment)


def places_of(alignment: Path) -> tuple[str, ...]:
    """The ids of all mismatches of an alignment.

    Raises:
        Broken: there are none.
    """
    from align.mismatch.entries import entries
    from align.result.alignment_json import load

    found = tuple(one.id for one in entries(load(alignment)))
    if not found:
        raise Broken("there is nothing to decide")
    return found
