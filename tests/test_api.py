"""What `import align` offers: few names, each real, and none paid for before it is used."""

from __future__ import annotations

import subprocess
import sys

import pytest

import align
from tests.conftest import ROOT


def test_every_public_name_is_there_and_no_other() -> None:
    assert dir(align) == sorted(align.__all__)
    for name in align.__all__:
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
