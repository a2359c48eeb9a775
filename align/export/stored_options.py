"""The options of a run as its alignment.json keeps them, so that later commands need not repeat them.

A result carries them as a JSON object (`Result.options`), because the types of the options live above the
module that reads and writes alignment.json.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from align.core.audio_choice import DEFAULT_CHOICE, AudioChoice, choice_document, stored_choice
from align.core.errors import UsageError
from align.core.json_document import Json, Node
from align.core.types import Result
from align.export.options import FileOptions
from align.pipeline.context import Inputs
from align.pipeline.options import RunOptions
from align.pronounce.lexicon import EMPTY as NO_LEXICON
from align.pronounce.lexicon import Lexicon, parse_lexicon
from align.subtitles.frames import FrameRate
from align.subtitles.options import LAYOUTS, CueOptions, Dialogue, Layout, SpeakerLabels
from align.subtitles.rules import profile_from, profile_table, with_defaults
from align.transcript.cleaning.glossary import EMPTY as NO_GLOSSARY
from align.transcript.cleaning.glossary import Glossary, parse_glossary
from align.transcript.read import BY_CONTENT, FORMATS, Reading
from align.translate.options import TRANSLATORS, TranslationOptions

_MAX_FRAMES = 10**9


@dataclass(frozen=True)
class StoredOptions:
    """The options of a run that later commands on its result need.

    Attributes:
        formats: what `--to` named.
        glossary, lexicon: with the text of their files, which may be gone by then.
    """

    formats: tuple[str, ...] = ("usual",)
    cues: CueOptions = field(default_factory=CueOptions)
    files: FileOptions = field(default_factory=FileOptions)
    translation: TranslationOptions = field(default_factory=TranslationOptions)
    glossary: Glossary = NO_GLOSSARY
    lexicon: Lexicon = NO_LEXICON
    audio: AudioChoice = DEFAULT_CHOICE
    reading: Reading = BY_CONTENT


def stored_options_of(
    inputs: Inputs,
    options: RunOptions,
    files: FileOptions | None = None,
    formats: Sequence[str] = ("usual",),
) -> StoredOptions:
    """The options of a run that are kept."""
    return StoredOptions(
        tuple(formats),
        options.cues,
        files or FileOptions(),
        options.translation,
        inputs.cleaning.glossary,
        inputs.lexicon,
        inputs.recording.choice,
        options.reading,
    )


def with_options(result: Result, options: StoredOptions) -> Result:
    """The result that carries these options."""
    cues, files, translation = options.cues, options.files, options.translation
    profile = cues.profile_for(result.language)
    document: dict[str, Json] = {
        "formats": list(options.formats),
        "cues": {
            "profile": {"name": profile.name, **profile_table(profile)},
            "fps": str(cues.fps),
            "lines": cues.lines,
            "labels": cues.labels.value,
            "top_language": "translation" if cues.translation_first else "transcript",
            "max_lines": cues.max_lines,
            "two_speaker_cues": cues.two_speaker_cues.value,
            "shot_changes": list(cues.shots),
            "layout": cues.layout.value,
        },
        "files": {
            "bom": files.bom,
            "crlf": files.crlf,
            "offset": files.offset,
            "timeline_start": files.timeline_start,
        },
        "translation": {
            "backend": translation.backend,
            "model": translation.model,
            "address": translation.address,
            "file": None if translation.given is None else str(translation.given),
        },
        "glossary": options.glossary.source,
        "lexicon": options.lexicon.source,
        "audio": choice_document(options.audio),
        "reading": {
            "speakers": list(options.reading.speakers),
            "labels": options.reading.labels,
            "format": options.reading.format,
        },
    }
    return replace(result, options=document)


def stored_options(result: Result, path: Path | str) -> StoredOptions:
    """The options that a result carries; the defaults if it carries none.

    Args:
        path: of the alignment.json, for errors.

    Raises:
        InputError: an option cannot be used; names its place in the file.
    """
    if not result.options:
        return StoredOptions()
    root = Node(Path(path), "/options", dict(result.options))
    later = [name for name in ("audio", "reading") if name in result.options]  # earlier versions have none
    root.only("formats", "cues", "files", "translation", "glossary", "lexicon", *later)
    files, translation = root["files"], root["translation"]
    files.only("bom", "crlf", "offset", "timeline_start")
    start = files["timeline_start"]
    translation.only("backend", "model", "address", "file")
    backend = translation["backend"].choice(TRANSLATORS)
    model, address, file = (
        None if translation[name].value is None else translation[name].text()
        for name in ("model", "address", "file")
    )
    try:
        translation_options = TranslationOptions(
            backend, model, address, None if file is None else Path(file)
        )
    except UsageError as error:
        raise translation.wrong(f"cannot be used: {error}") from error
    return StoredOptions(
        formats=tuple(node.text() for node in root["formats"].items()),
        cues=_cue_options(root["cues"]),
        files=FileOptions(
            bom=files["bom"].flag(),
            crlf=files["crlf"].flag(),
            offset=files["offset"].number(1e9, lowest=-1e9),
            timeline_start=None if start.value is None else start.whole(_MAX_FRAMES),
        ),
        translation=translation_options,
        glossary=parse_glossary(root["glossary"].text().encode(), Path(path)),
        lexicon=parse_lexicon(root["lexicon"].text().encode(), Path(path)),
        audio=stored_choice(result.options, Path(path)),
        reading=_reading(root["reading"]) if "reading" in later else BY_CONTENT,
    )


def _reading(node: Node) -> Reading:
    node.only("speakers", "labels", "format")
    form, names = node["format"], tuple(name.text() for name in node["speakers"].items())
    try:
        return Reading(names, node["labels"].flag(), None if form.value is None else form.choice(FORMATS))
    except UsageError as error:
        raise node.wrong(f"cannot be used: {error}") from error


def _cue_options(node: Node) -> CueOptions:
    later = [name for name, _ in node.members() if name == "layout"]  # earlier versions have none
    node.only(
        *("profile", "fps", "lines", "labels", "top_language", "max_lines", "two_speaker_cues"),
        *("shot_changes", *later),
    )
    profile = node["profile"]
    table = {name: member.value for name, member in profile.members() if name != "name"}
    table = with_defaults(table, node.path)
    try:
        fps = FrameRate.of(node["fps"].text())
    except UsageError as error:
        raise node["fps"].wrong(f"cannot be used: {error}") from error
    return CueOptions(
        profile=profile_from(profile["name"].text(), table, node.path, profile.pointer),
        fps=fps,
        lines=None if node["lines"].value is None else node["lines"].whole(2, 1),
        labels=SpeakerLabels(node["labels"].choice(tuple(label.value for label in SpeakerLabels))),
        translation_first=node["top_language"].choice(("transcript", "translation")) == "translation",
        max_lines=node["max_lines"].whole(2, 1),
        two_speaker_cues=Dialogue(node["two_speaker_cues"].choice(tuple(mode.value for mode in Dialogue))),
        shots=tuple(shot.number() for shot in node["shot_changes"].items()),
        layout=Layout(node["layout"].choice(LAYOUTS)) if later else Layout.HORIZONTAL,
    )
