"""The command's promises: exit codes, JSON, sentences instead of tracebacks."""

import io
import json
import os
import subprocess
import sys

import pytest

from daybridge.access.gates import COMMAND_LINE
from daybridge.access.models import Program
from daybridge.audit import ledger
from daybridge.config import cli, ready
from daybridge.config.commands import demo, init
from daybridge.kit.errors import BadInput, CannotRun, Refused

CASE = {"dimensions": {"use_risk": 2}, "findings": {"motivation": "low"}}


@pytest.fixture
def run(capsys):
    """Run a command in this process; (exit code, what is on standard output, what is on standard error)."""

    def command(*words):
        code = cli.main([str(word) for word in words])
        out, err = capsys.readouterr()
        return code, out, err

    return command


@pytest.mark.parametrize("words", [["--help"], ["--version"], *([name, "--help"] for name in cli.COMMANDS)])
def test_every_command_helps(words, capsys):
    with pytest.raises(SystemExit) as end:
        cli.main(words)
    assert end.value.code == 0
    assert capsys.readouterr().out


@pytest.mark.parametrize("words", [[], ["nonsense"], ["restore"], ["serve", "--port", "0"], ["demo", "--clients", "x"]])
def test_wrong_usage_is_2(words, capsys):
    with pytest.raises(SystemExit) as end:
        cli.main(words)
    assert end.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_pure_commands_load_no_django(tmp_path):
    case = tmp_path / "case.json"
    case.write_text(json.dumps(CASE))
    script = (
        f"import sys; from daybridge.config import cli; code = cli.main(['level-of-care', {str(case)!r}, '--json']);"
    )
    end = "assert code == 0; assert 'django' not in sys.modules"
    environment = os.environ | {"DAYBRIDGE_HOME": str(tmp_path / "home")}
    done = subprocess.run([sys.executable, "-c", script + end], env=environment, capture_output=True, check=True)
    told = json.loads(done.stdout)
    assert set(told) == {"recommended", "acceptable", "reasons", "against", "supports", "first", "missing", "rulebook"}
    assert not (tmp_path / "home").exists()


def test_a_case_is_read_from_standard_input(run, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(CASE).encode())))
    code, out, _err = run("level-of-care", "-")
    assert code == 0
    assert "Recommended" in out


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"{", "not JSON"), (b"\xff\xfe", "not JSON"), (b"", "not JSON"), (b"[]", "object"),
     (b'{"dimensions": {"use_risk": 9}, "findings": {}}', "use_risk"), (b"[" * 100_000, "not JSON"),
     (b" " * 1_000_001, "too large")],
)  # fmt: skip
def test_a_bad_case_is_1_with_its_place(run, tmp_path, content, says):
    case = tmp_path / "case.json"
    case.write_bytes(content)
    code, out, err = run("level-of-care", case, "--json")
    assert code == 1
    assert says in err
    assert json.loads(out)["error"]


def test_a_missing_case_is_2(run, tmp_path):
    code, _out, err = run("level-of-care", tmp_path / "none.json")
    assert (code, err.count("\n")) == (2, 1)


def test_without_a_program_nothing_runs(run, db):
    for words in (["verify"], ["refer", "x.json"], ["backup"]):
        code, _out, err = run(*words)
        assert code == 2
        assert "no program here yet" in err


def test_an_older_database_is_told_so(run, site, monkeypatch):
    monkeypatch.setattr(ready, "pending", lambda: 3)
    code, _out, err = run("verify")
    assert (code, "older than this version" in err) == (2, True)


def test_verify_tells_whether_the_chain_is_whole(run, site, now, monkeypatch):
    ledger.record("test.one", site, by=COMMAND_LINE, at=now)
    code, out, _err = run("verify", "--json")
    assert (code, json.loads(out)) == (0, {"entries": 1, "broken": None, "ok": True})
    ledger.Head.objects.update(seq=2)
    code, out, err = run("verify", "--json")
    assert (code, json.loads(out)["broken"]["seq"]) == (1, 2)
    assert "broken at entry 2" in err


def test_refer_answers_one_line_a_file_and_1_when_one_was_rejected(run, site, tmp_path):
    patient = {"resourceType": "Patient", "id": "p", "name": [{"given": ["Rosa"], "family": "Delgado"}],
               "birthDate": "1990-04-02", "gender": "female"}  # fmt: skip
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(json.dumps({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": patient}]}))
    bad.write_text("{")
    code, out, err = run("refer", good, bad, tmp_path / "none.json", good, "--json")
    lines = [json.loads(line) for line in out.splitlines()]
    assert [line["status"] for line in lines] == ["received", "rejected", "rejected", "duplicate"]
    assert lines[0]["client"] == {"name": "Rosa Delgado", "birth_date": "1990-04-02", "sex": "female"}
    assert set(lines[0]) == {"file", "status", "referral", "client", "conditions", "medications", "allergies",
                             "coverage", "problems"}  # fmt: skip
    assert lines[1]["problems"][0]["message"]
    assert code == 1
    assert "bad.json" in err
    assert run("refer", good)[0] == 0


def test_refer_asks_the_named_site(run, site, other_site, tmp_path):
    code, _out, err = run("refer", tmp_path / "x.json", "--site", "Nowhere")
    assert (code, "no site called" in err) == (2, True)


def test_init_founds_one_program_and_answers_with_a_link(run, db):
    words = ["init", "--name", "Harbor", "--timezone", "America/New_York", "--admin-email", "a@example.org", "--json"]
    code, out, _err = run(*words)
    assert code == 0
    assert "/invitation/" in json.loads(out)["link"]
    assert Program.objects.get().name == "Harbor"
    code, _out, err = run(*words)
    assert (code, "already holds a program" in err) == (1, True)


@pytest.mark.parametrize(
    ("check", "value", "error"),
    [(init._zone, "Mars/Base", BadInput), (init._zone, "../etc/passwd", BadInput), (init._zone, "/etc", BadInput),
     (init._email, "nobody", BadInput)],
)  # fmt: skip
def test_init_refuses_what_is_no_zone_or_address(check, value, error):
    with pytest.raises(error):
        check(value)


def test_init_without_answers_is_2(run, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    code, _out, err = run("init", "--timezone", "America/New_York")
    assert (code, "--name" in err) == (2, True)


def test_a_demo_is_built_once_and_never_over_something_else(db, tmp_path):
    stamp, wanted = tmp_path / demo.STAMP, {"clients": 5, "weeks": 2, "seed": 7}
    assert not demo._is_taken(stamp, wanted)
    program = Program.objects.create(name="X", timezone="America/New_York", is_demo=True)
    with pytest.raises(Refused, match="another demo"):
        demo._is_taken(stamp, wanted)
    stamp.write_text(json.dumps(wanted))
    assert demo._is_taken(stamp, wanted)
    with pytest.raises(Refused, match="another demo"):
        demo._is_taken(stamp, {**wanted, "seed": 8})
    stamp.unlink()
    program.is_demo = False
    program.save()
    with pytest.raises(Refused, match="real program"):
        demo._is_taken(stamp, wanted)


def test_an_interruption_is_130_and_a_bug_is_not_hidden(run, monkeypatch, db):
    def interrupted():
        raise KeyboardInterrupt

    monkeypatch.setattr(ready, "program", interrupted)
    assert run("verify")[0] == 130

    def bug():
        raise ZeroDivisionError

    monkeypatch.setattr(ready, "program", bug)
    with pytest.raises(ZeroDivisionError):
        run("verify")


def test_a_database_that_is_away_is_one_sentence(tmp_path):
    environment = os.environ | {"DAYBRIDGE_HOME": str(tmp_path), "DATABASE_URL": "postgresql://127.0.0.1:1/none"}
    environment["DJANGO_SETTINGS_MODULE"] = "daybridge.config.settings"
    command = [sys.executable, "-m", "daybridge.config.cli", "verify"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "database" in done.stderr


def test_a_home_that_cannot_be_made_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("x")
    environment = os.environ | {"DAYBRIDGE_HOME": str(tmp_path / "file" / "home")}
    environment["DJANGO_SETTINGS_MODULE"] = "daybridge.config.settings"
    command = [sys.executable, "-m", "daybridge.config.cli", "doctor"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)


def test_cannot_run_and_refused_differ_by_their_code():
    arguments = cli.parser().parse_args(["verify"])
    assert cli._tell(CannotRun("x"), arguments) == 2
    assert cli._tell(Refused("x"), arguments) == 1
