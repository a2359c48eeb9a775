from __future__ import annotations

import json

from click.testing import CliRunner

from align.cli.models import models


def test_the_models_that_fit_are_listed_for_people_and_programs() -> None:
    shown = CliRunner().invoke(models, ["recommend"])
    assert shown.exit_code == 0
    assert "hy-mt2-7b" in shown.output
    document = json.loads(CliRunner().invoke(models, ["recommend", "--json"]).output)
    assert document["ok"] is True
    assert document["models"][0]["name"] == "translator"
