"""Help for commands with many options, under headings: the most used first."""

from __future__ import annotations

import click

HEADINGS = {
    "Most used": (
        *("out", "kinds", "second_language", "no_translate", "speakers", "glossary", "fps", "profile"),
        *("device", "overwrite"),
    ),
    "Recording": ("track", "channel", "time_jumps"),
    "Transcript": ("language", "clean", "script", "lexicon", "speakers_are", "no_labels", "form"),
    "Alignment": ("aligner", "recognize", "model", "audio", "fail_on", "proofread"),
    "Speakers": ("participants", "diarizer", "known_voices", "labels", "two_speaker_cues"),
    "Translation": (
        *("translation_backend", "translation_model", "address", "given", "token_prices", "yes"),
        "top_language",
    ),
    "Subtitles": ("lines", "max_lines", "layout", "shot_changes"),
    "Files": ("offset", "timeline_start", "bom", "crlf"),
    "Machine": ("threads", "offline", "jobs", "engine", "gpus", "fresh"),
}
"""Headings, and the parameters under each."""
OTHER = "Other"


class GroupedCommand(click.Command):
    """A command whose help lists its options under HEADINGS."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options heading by heading; those without one come last."""
        records = {
            option.name: record
            for option in self.get_params(ctx)
            if isinstance(option, click.Option) and (record := option.get_help_record(ctx)) is not None
        }
        for heading, names in HEADINGS.items():
            rows = [records.pop(name) for name in names if name in records]
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)
        with formatter.section(OTHER):
            formatter.write_dl(list(records.values()))
