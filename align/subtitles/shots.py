"""When a video's picture changes to another shot, by PySceneDetect."""

from __future__ import annotations

import logging
from pathlib import Path

from align.audio.container import opened
from align.core.errors import InputError, ModelError

_LEAST = 0.5
"""Seconds between two changes; a shorter flash is no shot that a cue could keep to."""


def shot_changes(video: Path) -> tuple[float, ...]:
    """The seconds at which a new shot begins, without the first.

    A change is told by PySceneDetect's AdaptiveDetector: a frame that differs from the one before much
    more than its neighbours do, so that a moving camera is none.

    Raises:
        ModelError: the package is not installed.
        InputError: the file cannot be opened, or has no picture.
    """
    try:
        import scenedetect
    except ImportError as error:
        raise ModelError(
            "scenedetect", "is needed for --shot-changes; pip install '.[shots]' in align's folder"
        ) from error
    _check_picture(video)
    logging.getLogger("pyscenedetect").setLevel(logging.ERROR)
    try:
        picture = scenedetect.open_video(str(video))
        manager = scenedetect.SceneManager()
        shortest = max(1, round(_LEAST * picture.frame_rate))
        manager.add_detector(scenedetect.AdaptiveDetector(min_scene_len=shortest))
        manager.detect_scenes(picture)
    except (OSError, scenedetect.video_stream.VideoOpenFailure) as error:
        raise InputError(video, f"has a picture that cannot be read ({error}); name another video") from error
    return tuple(float(start.seconds) for start, _ in manager.get_scene_list()[1:])


def _check_picture(video: Path) -> None:
    """Refuse what is no video.

    Raises:
        InputError: it cannot be opened, or has sound alone.
    """
    with opened(video, "name a video file") as container:
        moving = [one for one in container.streams.video if not _is_cover(one)]
    if not moving:
        raise InputError(
            video, "has no picture, so no shot changes; name the video, or leave --shot-changes out"
        )


def _is_cover(stream: object) -> bool:
    """Whether the stream is the picture on a cover of a sound file."""
    import av

    return bool(getattr(stream, "disposition", 0) & av.stream.Disposition.attached_pic)
