"""What `import align` offers: few names, each real, and none paid for before it is used."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import pytest

import align
from tests.conftest import ROOT, Talk
from tests.results import sample


def test_every_public_name_is_there_and_no_other() -> None:
    assert dir(align) == sorted(align.__all__)
    assert re.fullmatch(r"\d+\.\d+\.\d+", align.__version__)
    for name in set(align.__all__) - {"__version__"}:
        found = getattr(align, name)
        assert found.__name__ == name
        assert found.__module__.startswith("align.")
        assert found.__doc__


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'align' has no attribute 'allign'"):
        align.allign  # noqa: B018


def test_import_loads_nothing_but_itself() -> None:
    script = "import sys; before = set(sys.modules); import align; print(*set(sys.modules) - before)"
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in ran.stdout.split()}
    assert loaded - set(sys.stdlib_module_names) == {"align"}


@pytest.mark.parametrize(
    ("name", "code"),
    [("AlignError", 70), ("QualityError", 1), ("UsageError", 2), ("InputError", 3), ("ModelError", 4)],
)
def test_every_error_is_an_align_error_with_its_exit_code(name: str, code: int) -> None:
    kind = getattr(align, name)
    assert issubclass(kind, align.AlignError)
    assert kind.exit_code == code


@pytest.fixture(scope="module")
def models() -> align.Models:
    return align.load_models(align.RunOptions(second_language=None, device="cpu", offline=True), "zh", False)


def test_a_path_may_be_a_text(talk: Talk, models: align.Models, tmp_path: Path) -> None:
    """The whole job, and no `Path` in it."""
    lexicon = tmp_path / "words.txt"
    lexicon.write_text("伊森 = Ethan\n", "utf-8")
    options = align.RunOptions(second_language=None, device="cpu", lexicon=str(lexicon))  # type: ignore[arg-type]
    assert options.lexicon == lexicon
    inputs = align.gather(str(talk.audio), str(talk.transcript), options, align.Silent())
    cache = align.Cache(str(talk.cache))  # type: ignore[arg-type]
    result = align.run(inputs, align.RunContext(models, cache, options, align.Silent()))
    paths = align.write_all(result, str(tmp_path / "out"), ["srt", "json"], options.cues)
    assert {path.parent for path in paths} == {tmp_path / "out"}
    assert align.load(str(paths[0])).data.turns == result.turns


def test_what_is_like_a_value_becomes_it() -> None:
    made: Any = align.CueOptions
    assert made(labels="chevrons") == made(labels=align.SpeakerLabels.CHEVRONS)
    assert made(shots=[1, 2.5]) == made(shots=(1.0, 2.5))
    assert isinstance(align.FileOptions(offset=2).offset, float)
    assert align.RunOptions(model=Path("folder")).model == "folder"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        ("RunOptions", {"language": 5}, "language is 5; give a text"),
        (
            "RunOptions",
            {"second_language": ["en"]},
            r"second_language is \['en'\]; give a text or None",
        ),
        ("RunOptions", {"threads": "four"}, "threads is 'four'; give a whole number"),
        ("RunOptions", {"threads": 2.0}, "threads is 2.0; give a whole number"),
        ("RunOptions", {"threads": True}, "threads is True; give a whole number"),
        ("RunOptions", {"device": None}, "device is None; give a text"),
        ("RunOptions", {"speakers": 2.5}, "speakers is 2.5; give a text or a whole number"),
        ("RunOptions", {"participants": ["Bruce"]}, r"participants is \['Bruce'\]; give a path or None"),
        ("RunOptions", {"glossary": b"show.toml"}, "glossary is b'show.toml'; give a path or None"),
        ("RunOptions", {"offline": "no"}, "offline is 'no'; give True or False"),
        ("RunOptions", {"cues": {"lines": 2}}, "cues is {'lines': 2}; give a CueOptions"),
        ("RunOptions", {"translation": "openai"}, "translation is 'openai'; give a TranslationOptions"),
        ("FileOptions", {"bom": 1}, "bom is 1; give True or False"),
        ("FileOptions", {"offset": "00:01"}, "offset is '00:01'; give a number"),
        ("FileOptions", {"offset": float("nan")}, "offset is nan; give a number"),
        ("FileOptions", {"timeline_start": 1.5}, "timeline_start is 1.5; give a whole number or None"),
        ("FileOptions", {"timeline_start": -1}, "timeline_start is -1; give a frame from 0 on"),
        ("CueOptions", {"fps": 25}, "fps is 25; give a FrameRate"),
        ("CueOptions", {"profile": "netflix-zh"}, "profile is 'netflix-zh'; give a Profile or None"),
        ("CueOptions", {"lines": "1"}, "lines is '1'; give a whole number or None"),
        ("CueOptions", {"labels": "loud"}, "labels is 'loud'; give one of off, name, chevrons"),
        ("CueOptions", {"shots": 3.5}, "shots is 3.5; give a list, each a number"),
        ("CueOptions", {"shots": [1.0, "2"]}, r"shots\[1\] is '2'; give a number"),
        ("Cache", {"folder": None}, "folder is None; give a path"),
        ("Lines", {"clock": 5}, "clock is 5; give a function"),
    ],
)
def test_an_option_of_the_wrong_type_is_named(name: str, arguments: dict[str, object], told: str) -> None:
    with pytest.raises(align.UsageError, match=f"^{told}$"):
        getattr(align, name)(**arguments)


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        ("gather", {"audio": 5}, "audio is 5; give a path"),
        ("gather", {"transcript": None}, "transcript is None; give a path"),
        ("gather", {"options": {}}, "options is {}; give a RunOptions"),
        ("gather", {"progress": None}, "progress is None; give a Progress"),
        ("gather", {"progress": align.Silent}, "progress is <class .*Silent'>; give a Progress"),
        ("load_models", {"options": None}, "options is None; give a RunOptions"),
        ("load_models", {"language": 5}, "language is 5; give a text or None"),
        ("load_models", {"translate": "no"}, "translate is 'no'; give True or False"),
        ("load_models", {"announce": "loud"}, "announce is 'loud'; give a function"),
        ("load_models", {"progress": align.Silent()}, "progress is <align.*>; give a function"),
        ("run", {"inputs": "talk.mp3"}, "inputs is 'talk.mp3'; give an Inputs"),
        ("run", {"context": None}, "context is None; give a RunContext"),
        ("load", {"path": 3}, "path is 3; give a path"),
        ("write_all", {"result": "talk.alignment.json"}, "result is 'talk.alignment.json'; give a Result"),
        ("write_all", {"folder": 1}, "folder is 1; give a path"),
        ("write_all", {"kinds": "usual"}, "kinds is 'usual'; give a list, each a text"),
        ("write_all", {"kinds": [b"srt"]}, r"kinds\[0\] is b'srt'; give a text"),
        ("write_all", {"kinds": None}, "kinds is None; give a list, each a text"),
        (
            "write_all",
            {"options": align.FileOptions()},
            r"options is FileOptions\(.*\); give a CueOptions",
        ),
        ("write_all", {"files": True}, "files is True; give a FileOptions"),
        ("write_all", {"recording": "talk.mp3"}, "recording is 'talk.mp3'; give a Recording or None"),
    ],
)
def test_an_argument_of_the_wrong_type_is_named(
    name: str, arguments: dict[str, object], told: str, talk: Talk, models: align.Models, tmp_path: Path
) -> None:
    options = align.RunOptions(second_language=None, device="cpu", offline=True)
    right: dict[str, dict[str, object]] = {
        "gather": {
            "audio": talk.audio, "transcript": talk.transcript, "options": options,
            "progress": align.Silent(),
        },
        "load_models": {"options": options, "language": "zh", "translate": False},
        "run": {
            "inputs": align.gather(talk.audio, talk.transcript, options, align.Silent()),
            "context": align.RunContext(models, align.Cache(talk.cache), options, align.Silent()),
        },
        "load": {},
        "write_all": {"result": sample(), "folder": tmp_path, "kinds": ["srt"], "options": options.cues},
    }  # fmt: skip
    with pytest.raises(align.UsageError, match=f"^{told}$"):
        getattr(align, name)(**{**right[name], **arguments})
    assert not list(tmp_path.iterdir())


def test_a_run_context_names_what_does_not_belong(models: align.Models, tmp_path: Path) -> None:
    options, cache, made = align.RunOptions(), align.Cache(tmp_path), cast("Any", align.RunContext)
    for given, told in (
        ((options, cache, options, align.Silent()), r"models is RunOptions\(.*\); give a Models"),
        ((models, str(tmp_path), options, align.Silent()), "cache is '.*'; give a Cache"),
        ((models, cache, None, align.Silent()), "options is None; give a RunOptions"),
        ((models, cache, options, align.Bars), "progress is <class .*Bars'>; give a Progress"),
    ):
        with pytest.raises(align.UsageError, match=told):
            made(*given)


PAGE = ROOT / "docs" / "reference" / "python.md"


def test_every_block_of_the_python_page_runs(
    talk: Talk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(talk.audio, tmp_path / "talk.wav")
    shutil.copy(talk.transcript, tmp_path / "talk.txt")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ALIGN_STAGES", str(talk.cache))
    names: dict[str, Any] = {}
    for block in re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL):
        exec(block, names)
        if not (tmp_path / "subtitles" / "talk.alignment.json").exists():
            names["result"].save("subtitles")
    assert {path.suffix for path in names["paths"]} == {".srt", ".vtt", ".ass"}
    assert "".join(word.text for word in names["changed"].words).count("广播") == 2
    assert "missing.wav" in capsys.readouterr().out


def test_words_cues_and_mismatches_are_those_of_the_data(done: Path) -> None:
    result = align.load(done / "talk.alignment.json")
    tokens = result.data.alignment.tokens
    times = [(timed.span.start, timed.span.end) if timed.span else (None, None) for timed in tokens]
    assert [(word.start, word.end) for word in result.words] == times
    assert [word.text for word in result.words] == [timed.token.text for timed in tokens]
    assert len(result.cues) >= len(result.data.phrases) // 2
    assert result.mismatches is result.data.mismatches


def test_saving_again_needs_no_option_of_the_run(done: Path, tmp_path: Path) -> None:
    paths = align.load(done / "talk.alignment.json").save(tmp_path, ["zh.srt"])
    assert [path.read_bytes() for path in paths] == [(done / "talk.zh.srt").read_bytes()]


def test_an_unknown_option_is_a_usage_error(talk: Talk) -> None:
    with pytest.raises(align.UsageError, match="unexpected keyword argument 'speed'"):
        align.align(talk.audio, talk.transcript, speed=2)
    with pytest.raises(align.UsageError, match="progress is 5; give a function"):
        align.align(talk.audio, talk.transcript, progress=cast("Any", 5))


def test_saving_never_writes_over_a_file_that_was_read(
    talk: Talk, models: align.Models, tmp_path: Path
) -> None:
    transcript = Path(shutil.copy(talk.transcript, tmp_path / "talk.zh.srt"))
    result = align.align(talk.audio, transcript, models=models, device="cpu")
    before = transcript.read_bytes()
    for overwrite in (False, True):
        with pytest.raises(align.InputError, match=r"talk\.zh\.srt: is read by this command"):
            result.save(tmp_path, ["srt"], overwrite=overwrite)
    assert transcript.read_bytes() == before
