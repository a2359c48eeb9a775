"""Shot changes of a video, by PySceneDetect."""

from __future__ import annotations

import logging
from pathlib import Path

from align.audio.container import opened
from align.core.errors import InputError
from align.core.extras import missing_package

_LEAST = 0.5
"""Minimum seconds between two changes (0.2 to 1); a shorter flash is no shot for a cue."""


def shot_changes(video: Path) -> tuple[float, ...]:
    """The seconds at which a new shot begins, without the first.

    PySceneDetect's AdaptiveDetector looks for frames that differ from the previous one much more than their
    neighbours do, so that a moving camera is no change.

    Raises:
        ModelError: the package is not installed.
        InputError: the file cannot be opened, or has no picture.
    """
    import av

    try:
        import scenedetect
    except ImportError as error:
        raise missing_package("scenedetect", "shots", "leave --shot-changes out") from error
    with opened(video, "name a video file") as container:
        cover = av.stream.Disposition.attached_pic  # the picture on the cover of an audio file
        if not any(not getattr(stream, "disposition", 0) & cover for stream in container.streams.video):
            raise InputError(
                video, "has no picture, so no shot changes; name the video, or leave --shot-changes out"
            )
    logging.getLogger("pyscenedetect").setLevel(logging.ERROR)
    try:
        picture = scenedetect.open_video(str(video))
        manager = scenedetect.SceneManager()
        shortest = max(1, round(_LEAST * picture.frame_rate))
        manager.add_detector(scenedetect.AdaptiveDetector(min_scene_len=shortest))
        manager.detect_scenes(picture)
    except (OSError, scenedetect.video_stream.VideoOpenFailure) as error:
        raise InputError(video, f"has video that cannot be decoded ({error}); name another") from error
    return tuple(float(start.seconds) for start, _ in manager.get_scene_list()[1:])
