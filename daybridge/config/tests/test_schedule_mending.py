"""`daybridge schedule repair` and `explain` on files: exit codes, data, plain words."""

import gzip
import json

import pytest

from daybridge.config.cli import main
from daybridge.scheduling.solver import Conflict
from daybridge.scheduling.tests.solver_cases import full_week, week_problem, with_client

ABSENT = {"kind": "staff_absence", "now": [2, 0], "staff": "T1", "days": [2]}


@pytest.fixture
def files(tmp_path):
    """Writes values as JSON; gives back their names."""

    def write(**values):
        for name, value in values.items():
            (tmp_path / f"{name}.json").write_text(json.dumps(value))
        return [str(tmp_path / f"{name}.json") for name in values]

    return write


def test_a_week_is_repaired_and_written_with_the_instance_to_check_it_against(files, tmp_path, capsys):
    problem = week_problem()
    names = files(instance=problem.to_json(), week=full_week(problem).to_json(), event=ABSENT)
    out, instance = tmp_path / "new.json.gz", tmp_path / "after.json"
    assert main(["schedule", "repair", *names, "--out", str(out), "--instance-out", str(instance)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["status"], told["others"], told["unkept"]) == ("repaired", 0, [])
    assert {one["session"] for one in told["sessions"]} == {"S3", "S4"}
    assert len(json.loads(gzip.decompress(out.read_bytes()))["sessions"]) == 4
    assert main(["schedule", "check", str(instance), str(out)]) == 0


def test_a_file_that_is_none_and_an_event_that_cannot_be_are_refused(files, capsys):
    problem = week_problem()
    names = files(instance=problem.to_json(), week=full_week(problem).to_json(), event={"kind": "flood"})
    assert main(["schedule", "repair", *names]) == 1
    assert "“flood” is none of" in capsys.readouterr().err
    assert main(["schedule", "repair", *names[:2], "nowhere.json"]) == 2


def test_a_contradiction_is_told_in_words_and_as_data(files, capsys):
    problem = week_problem(conflicts=(Conflict("C1", "C2", "same_session"),))
    for number in (1, 2):
        problem = with_client(problem, number, must_attend=("S1",))
    names = files(instance=problem.to_json())
    assert main(["schedule", "explain", *names, "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["infeasible"]["causes"] == ["kept-apart"]
    assert len(told["infeasible"]["core"]) == 2
    assert main(["schedule", "explain", *names]) == 1
    assert "cannot be kept together" in capsys.readouterr().out


def test_a_client_short_of_hours_is_explained(files, capsys):
    problem = with_client(week_problem(), 1, days_min=4, days_max=4)
    names = files(instance=problem.to_json(), week=full_week(problem).to_json())
    assert main(["schedule", "explain", *names, "--client", "C1"]) == 0
    assert "days-minimum" in capsys.readouterr().out
    assert main(["schedule", "explain", *names, "--client", "C2"]) == 0
    assert "reaches the prescribed hours" in capsys.readouterr().out
    assert main(["schedule", "explain", *names]) == 0
    assert "All commitments can be kept" in capsys.readouterr().out
