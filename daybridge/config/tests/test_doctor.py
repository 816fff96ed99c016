"""Each part is looked at, and each bad one has its mend."""

import json
import os
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from daybridge.access.gates import COMMAND_LINE
from daybridge.audit import checkpoints, ledger
from daybridge.audit import queries as audit
from daybridge.config import cli, doctor, ready
from daybridge.config.doctor import State
from daybridge.jobs.actions import guarding
from daybridge.vault import keyring

NAMES = ["database", "migrations", "keys", "worker", "disk", "mail", "clock", "backups", "checkpoints", "second lock"]


@pytest.fixture
def home(settings, tmp_path, site):
    settings.HOME = tmp_path
    keyring.forget()
    ready._make_keys()
    keyring.named("django.key")
    yield tmp_path
    keyring.forget()


@pytest.fixture
def look(home):
    def one(name, at=None):
        return next(found for found in doctor.examine(at=at or timezone.now()) if found.check == name)

    return one


def test_every_part_is_told_as_json_and_a_sound_program_is_0(home, capsys):
    assert cli.main(["doctor", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["check"] for one in told] == NAMES
    assert all(set(one) == {"check", "state", "says", "mend"} for one in told)
    assert cli.main(["doctor"]) == 0
    assert "database" in capsys.readouterr().out


def test_a_bad_part_is_1_and_says_how_to_mend_it(look, home, capsys):
    (home / "keys" / "master.key").unlink()
    found = look("keys")
    assert (found.state, "master.key" in found.says, bool(found.mend)) == (State.BAD, True, True)
    assert cli.main(["doctor", "--json"]) == 1


def test_keys_that_others_can_read_are_bad(look, home):
    assert look("keys").state is State.OK
    os.chmod(home / "keys" / "ledger.key", 0o644)
    assert look("keys").state is State.BAD


def test_a_worker_counts_while_it_is_heard(look):
    assert look("worker").state is State.WARN
    guarding.beat(runner="here:1", at=timezone.now())
    assert look("worker").state is State.OK
    assert look("worker", at=timezone.now() + timedelta(minutes=2)).state is State.WARN


def test_a_clock_behind_the_ledger_or_away_from_the_database_is_bad(look, site):
    assert look("clock").state is State.OK
    assert "apart" in look("clock", at=timezone.now() + timedelta(hours=1)).says
    ledger.record("test.late", site, by=COMMAND_LINE, at=timezone.now() + timedelta(hours=1))
    assert "behind the ledger" in look("clock").says


def test_backups_age(look, home):
    assert look("backups").state is State.WARN
    (home / "backups").mkdir()
    file = home / "backups" / "daybridge-1.dbk"
    file.write_bytes(b"x")
    assert look("backups").state is State.OK
    old = (timezone.now() - timedelta(days=3)).timestamp()
    os.utime(file, (old, old))
    assert look("backups").state is State.WARN


def test_a_database_that_is_away_hides_no_other_part(home, monkeypatch):
    def away(*_):
        raise OperationalError("connection refused\nmore")

    monkeypatch.setattr(doctor, "database", away)
    found = doctor.examine(at=timezone.now())
    assert [one.check for one in found] == NAMES
    assert (found[0].state, found[0].says) == (State.BAD, "the database does not answer (connection refused)")


def test_waiting_migrations_are_bad(look, monkeypatch):
    monkeypatch.setattr(ready, "pending", lambda: 2)
    assert look("migrations").state is State.BAD


def test_a_full_disk_is_bad(look, monkeypatch):
    class Space:
        total, free = 100 << 30, 1 << 20

    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda path: Space)
    assert look("disk").state is State.BAD


def test_a_ledger_that_is_no_longer_signed_is_told(look, home, site, now):
    assert look("checkpoints").state is State.WARN
    ledger.record("test.one", site, by=COMMAND_LINE, at=now)
    path = checkpoints.keep(audit.verify(), at=now)
    assert look("checkpoints", now + timedelta(days=1)).state is State.OK
    assert look("checkpoints", now + timedelta(days=4)).state is State.WARN
    path.write_text("{}")
    assert look("checkpoints").state is State.BAD
