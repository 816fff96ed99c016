"""Histories and requests as JSON: the README's example is true, and every fault has its path."""

import json
import os
import re
import subprocess
import sys

import pytest

from daybridge.config import cli
from daybridge.consent import wording
from daybridge.consent.rules import RecipientType, decide, written
from daybridge.kit.errors import BadInput

README = (wording.HERE / "README.md").read_text(encoding="utf-8")
HISTORY, REQUEST, ANSWER = (json.loads(block) for block in re.findall(r"```json\n(.*?)```", README, re.DOTALL))
AT = "2026-03-05T09:00:00-05:00"


@pytest.fixture
def run(tmp_path, capsys):
    """Run the command on a history and a request; (exit code, JSON or None, what is said to people)."""

    def command(history, request, *more):
        files = [tmp_path / "history.json", tmp_path / "request.json"]
        for file, value in zip(files, (history, request), strict=True):
            file.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
        code = cli.main(["consent", "decide", *map(str, files), *more])
        out, err = capsys.readouterr()
        return code, json.loads(out) if "--json" in more else out, err

    return command


def test_the_example_of_the_readme_is_true(run):
    code, told, _ = run(HISTORY, REQUEST, "--json")
    assert (code, told) == (0, ANSWER)


def test_it_needs_no_database_and_loads_no_django(tmp_path):
    for name, value in (("h", HISTORY), ("r", REQUEST)):
        (tmp_path / name).write_text(json.dumps(value))
    words = ["consent", "decide", str(tmp_path / "h"), str(tmp_path / "r"), "--json"]
    script = f"import sys; from daybridge.config import cli; assert cli.main({words!r}) == 0;"
    script += "assert 'django' not in sys.modules"
    environment = os.environ | {"DAYBRIDGE_HOME": str(tmp_path / "home")}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, check=True)
    assert json.loads(done.stdout) == ANSWER
    assert not (tmp_path / "home").exists()


def test_people_get_words(run):
    code, told, _ = run(HISTORY, REQUEST)
    assert code == 0
    assert "May leave: presence, schedule" in told
    assert "Stays: notes. Two consents" in told
    assert "Until: 2026-06-30" in told


def test_a_no_is_1_with_the_reasons_on_both_voices(run):
    code, told, said = run(HISTORY, REQUEST | {"purpose": "payment"}, "--json")
    assert (code, told["allowed"], told["notice"]) == (1, [], None)
    assert told["withheld"][0]["reason"] in said


@pytest.mark.parametrize(
    ("history", "path"),
    [
        ([], "$"),
        ({}, "consents"),
        ({"consents": {}}, "consents"),
        ({"consents": [], "more": 1}, "more"),
        ({"consents": [{"kind": "family"}]}, "consents[0].id"),
        ({"consents": [{"id": "a", "kind": "family "}]}, "consents[0].kind"),
        ({"consents": [{"id": "a", "kind": "family", "signed_at": "2026-03-02T10:00:00"}]}, "consents[0].signed_at"),
        ({"consents": [{"id": "a", "kind": "family", "kinds": ["everything"]}]}, "consents[0].kinds[0]"),
        ({"consents": [{"id": "a", "kind": "family", "recipient": {"id": "7"}}]}, "consents[0].recipient.name"),
        ({"consents": [{"id": "a", "kind": "family", "period": {"start": "2026-03-02", "end": "2026-03-01"}}]},
         "consents[0].period"),
        ({"consents": [{"id": "a", "kind": "family", "expires_on": "20260302"}]}, "consents[0].expires_on"),
        ({"consents": [{"id": "a", "kind": "family", "state": "signed"}]}, "consents[0].state"),
        ({"consents": [{"id": "a", "kind": "family"}] * 2}, "consents[1].id"),
        ({"consents": [], "events": [{"type": "revoked", "at": AT}]}, "events[0].consent"),
        ({"consents": [], "events": [{"type": "revoked", "at": AT, "consent": "b"}]}, "events[0].consent"),
        ({"consents": [], "events": [{"type": "withdrawn", "at": AT}]}, "events[0].type"),
        ({"consents": [], "client": {"age": 9}}, "client.age"),
        ({"consents": [], "latest": "yesterday"}, "latest"),
    ],
)  # fmt: skip
def test_a_fault_of_the_history_is_told_with_its_path(run, history, path):
    code, told, said = run(history, REQUEST, "--json")
    assert code == 1
    assert path in [one["path"] for one in told["problems"]]
    assert path in said


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"at": "2026-03-05T09:00:00"}, "at"),
        ({"at": 7}, "at"),
        ({"recipient": None}, "recipient"),
        ({"recipient": {"name": "X", "kind": "person"}}, "recipient.kind"),
        ({"recipient": {"name": "X", "type": "aunt"}}, "recipient.type"),
        ({"kinds": "plan"}, "kinds"),
        ({"kinds": [True]}, "kinds[0]"),
        ({"kinds": ["plan"] * 501}, "kinds"),
        ({"purpose": "x" * 301}, "purpose"),
        ({"ground": {"who": "Nurse Cole"}}, "ground"),
        ({"purpose": "emergency", "ground": {"whom": "x"}}, "ground.whom"),
        ({"purpose": "emergency", "ground": {"could_ask": "no"}}, "ground.could_ask"),
        ({"purpose": "emergency", "ground": []}, "ground"),
        ({"purpose": "public-health", "ground": {"deidentified": {"left": "name"}}}, "ground.deidentified.left"),
        ({"hurry": True}, "hurry"),
    ],
)
def test_a_fault_of_the_request_is_told_with_its_path(run, change, path):
    code, told, _ = run(HISTORY, REQUEST | change, "--json")
    assert code == 1
    assert path in [one["path"] for one in told["problems"]]


@pytest.mark.parametrize("text", ["", "{", "[" * 9000, "nul", '{"at": NaN'])
def test_what_is_not_json_is_said_without_a_traceback(run, text):
    code, told, said = run(text, REQUEST, "--json")
    assert code == 1
    assert "not JSON" in told["error"]
    assert "Traceback" not in said


def test_a_file_that_is_not_there_is_2(tmp_path, capsys):
    assert cli.main(["consent", "decide", str(tmp_path / "none.json"), str(tmp_path / "none.json")]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_a_bare_name_is_a_name_and_the_client_is_the_client():
    assert written.request(REQUEST | {"recipient": "The client"})[0].recipient.type == RecipientType.CLIENT
    assert written.request(REQUEST | {"recipient": "Elena Delgado"})[0].recipient.type == ""


def test_events_make_the_history():
    consent = {"id": "a", "kind": "family", "recipient": "Elena Delgado", "kinds": ["presence", "schedule"]}
    events = [
        {"type": "signed", "consent": "a", "at": "2026-03-01T09:00:00-05:00"},
        {"type": "restricted", "restriction": "r", "kinds": ["schedule"], "at": "2026-03-01T10:00:00-05:00"},
        {"type": "lifted", "restriction": "r", "at": "2026-03-04T10:00:00-05:00"},
        {"type": "happened", "event": "discharge", "at": "2026-03-04T11:00:00-05:00"},
    ]
    request, at = written.request(REQUEST)

    def allowed(*told, **more):
        return decide(written.history({"consents": [consent | more], "events": list(told)}), request, at).allowed

    assert allowed() == ()
    assert allowed(*events[:1]) == ("presence", "schedule")
    assert allowed(*events[:2]) == ("presence",)
    assert allowed(*events[:3]) == ("presence", "schedule")
    assert allowed(*events, expires_event="discharge") == ()
    assert allowed(events[0], {"type": "revoked", "consent": "a", "at": "2026-03-09T09:00:00-05:00"}) == ()
    assert allowed({"type": "refused", "consent": "a", "at": AT}) == ()


def test_a_persons_decision_between_two_consents_is_an_event():
    decided = {"type": "decided", "keep": "c2", "set_aside": "c3", "at": "2026-03-04T09:00:00-05:00"}
    request, at = written.request(REQUEST)
    history = written.history(HISTORY | {"events": [decided]})
    assert decide(history, request, at).allowed == ("presence", "schedule", "notes")


def test_an_emergency_in_json():
    ground = {"who": "Nurse Cole", "affiliation": "St. Mary's", "discloser": "P. Raman", "when": AT, "why": "overdose",
              "could_ask": False}  # fmt: skip
    asked = REQUEST | {"purpose": "emergency", "recipient": "Nurse Cole", "ground": ground, "kinds": ["medication"]}
    request, at = written.request(asked)
    assert decide(written.history({"consents": []}), request, at).allowed == ("medication",)


def test_every_problem_is_listed_not_only_the_first():
    with pytest.raises(BadInput) as bad:
        written.history({"consents": [{"id": 7, "kind": "x"}], "events": [{}]})
    assert len(bad.value.problems) == 4


COURT = {
    "id": "c1", "kind": "court-referral", "signed_at": "2026-03-02T10:30:00-05:00",
    "recipient": {"type": "authority", "name": "County Probation"}, "kinds": ["attendance", "tests"],
    "expires_on": "2026-09-30", "revocable_on": "2026-06-01",
}  # fmt: skip


def to_court(at):
    return {"at": at, "recipient": "County Probation", "purpose": "referrer", "kinds": ["attendance", "notes"]}


@pytest.mark.parametrize(
    ("more", "taken_back", "leaves"),
    [
        ({}, "2026-03-04", True), ({}, "2026-06-01", False), ({"revocable_on": None}, "2026-03-04", False),
        ({"revocable_on": None, "revocable_event": "final-disposition"}, "2026-03-04", True),
        ({"kind": "named-recipient", "purposes": ["referrer"]}, "2026-03-04", False), ({"intact": False}, None, False),
        ({"expires_on": None}, None, False),
    ],
)  # fmt: skip
def test_a_court_that_was_promised_a_while_is_kept_to_it_and_nobody_else(run, more, taken_back, leaves):
    events = [{"type": "revoked", "consent": "c1", "at": f"{taken_back}T09:00:00-05:00"}] if taken_back else []
    history = {"consents": [COURT | more], "events": events}
    code, told, _ = run(history, to_court("2026-06-02T09:00:00-05:00"), "--json")
    assert (code, told["allowed"]) == ((0, ["attendance"]) if leaves else (1, []))
