"""Files that are kept, and read back as they were."""

from __future__ import annotations

from pathlib import Path

import pytest

from align.core.errors import InputError
from align.review.decisions.snapshots import Snapshot, Snapshots, digest_of

ONE = Snapshot(b"{}", {"talk.zh.srt": b"1\n", "talk.corrected.txt": "好".encode()})


def test_a_version_is_read_as_it_was_kept(tmp_path: Path) -> None:
    versions = Snapshots(tmp_path / "talk.decisions")
    digest = versions.save(ONE)
    assert digest == digest_of(b"{}")
    assert versions.has(digest)
    assert versions.read(digest) == ONE


def test_a_version_that_is_gone_or_changed_is_told(tmp_path: Path) -> None:
    versions = Snapshots(tmp_path)
    assert not versions.has("0" * 64)
    with pytest.raises(InputError, match="cannot be read"):
        versions.read("0" * 64)
    digest = versions.save(ONE)
    (tmp_path / digest[:16] / "alignment").write_bytes(b"[]")
    with pytest.raises(InputError, match="was changed"):
        versions.read(digest)
