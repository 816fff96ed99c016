"""The short form of `make bench-schedule`: it runs, and what does not depend on the machine holds. For CI."""

import json

import pytest

from bench import schedule, table
from bench import schedule_public as public

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not public.are_here(), reason="needs ../shared (public instances)"),
]


def test_the_short_benchmark_breaks_no_rule_explains_as_known_and_repeats_itself(tmp_path, monkeypatch):
    monkeypatch.setattr(table, "RESULTS", tmp_path)
    assert schedule.main(["--short"]) == 0
    kept = json.loads(next(tmp_path.glob("*.json")).read_text())
    sure = ("broken rules", "explained as known", "different weeks", "lost their hours", "bookings changed")
    rows = [one for one in kept["table"] if any(words in one["what"] for words in sure)]
    assert rows
    assert [one["what"] for one in rows if one["met"] is False] == []
    assert next(tmp_path.glob("*.svg")).read_text().startswith("<svg")
