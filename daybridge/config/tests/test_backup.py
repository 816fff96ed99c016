"""A backup comes back whole, or not at all."""

import io
import json
import os
import sqlite3
import subprocess
import sys

import pytest

from daybridge.config.backup import sealed
from daybridge.config.backup.sealed import CHUNK, PASSPHRASE, Reader, Secret, Writer
from daybridge.kit.errors import Refused

SECRET = Secret(PASSPHRASE, b"a long passphrase of several words")


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(sealed, "SCRYPT_COST", 2)


def seal(data: bytes) -> bytes:
    file = io.BytesIO()
    writer = Writer(file, SECRET)
    for start in range(0, len(data), 70_000):
        writer.write(data[start : start + 70_000])
    writer.finish()
    return file.getvalue()


def unseal(data: bytes, secret: Secret = SECRET) -> bytes:
    reader = Reader(io.BytesIO(data))
    reader.open(secret)
    found = b"".join(iter(lambda: reader.read(50_000), b""))
    reader.drain()
    return found


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_was_sealed_is_read_again(size):
    data = os.urandom(size)
    assert unseal(seal(data)) == data


def test_another_passphrase_opens_nothing():
    with pytest.raises(Refused, match="does not open"):
        unseal(seal(b"words"), Secret(PASSPHRASE, b"another"))


def test_a_file_cut_anywhere_is_refused():
    data = seal(os.urandom(2 * CHUNK))
    for size in (0, 10, len(sealed.MAGIC) + 5, 200, CHUNK, len(data) - CHUNK // 2, len(data) - 1):
        with pytest.raises(Refused):
            unseal(data[:size])


def test_a_file_without_its_last_chunk_is_refused():
    data = seal(os.urandom(2 * CHUNK + 10))
    with pytest.raises(Refused, match="cut short"):
        unseal(data[: -(5 + 10 + 16)])


def test_a_changed_byte_anywhere_is_refused():
    data = seal(os.urandom(CHUNK + 1000))
    for place in (0, len(sealed.MAGIC) + 3, len(sealed.MAGIC) + 40, 300, CHUNK, len(data) - 1):
        changed = bytearray(data)
        changed[place] ^= 1
        with pytest.raises(Refused):
            unseal(bytes(changed))
    with pytest.raises(Refused):
        unseal(data + b"x")


def test_chunks_cannot_change_places():
    data = seal(os.urandom(3 * CHUNK))
    start, step = data.index(b"\n", len(sealed.MAGIC)) + 1, CHUNK + 21
    swapped = (
        data[:start] + data[start + step : start + 2 * step] + data[start : start + step] + data[start + 2 * step :]
    )
    assert len(swapped) == len(data)
    with pytest.raises(Refused):
        unseal(swapped)


def daybridge(home, *words, **environment):
    given = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    given |= {"DAYBRIDGE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "daybridge.config.settings", **environment}
    command = [sys.executable, "-m", "daybridge.config.cli", *map(str, words)]
    return subprocess.run(command, env=given, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """A founded program in a home of its own, with a file."""
    home = tmp_path_factory.mktemp("program") / "home"
    words = ["--name", "Harbor", "--timezone", "America/New_York", "--admin-email", "a@example.org"]
    done = daybridge(home, "init", *words)
    assert done.returncode == 0, done.stderr
    (home / "files").mkdir()
    (home / "files" / "letter.bin").write_bytes(b"sealed" * 1000)
    return home


@pytest.mark.slow
def test_a_home_comes_back_whole_from_its_backup_and_key(program, tmp_path):
    kept, new = tmp_path / "one.dbk", tmp_path / "new"
    made = daybridge(program, "backup", "--to", kept, "--json")
    assert made.returncode == 0, made.stderr
    assert "apart" in made.stderr
    told = json.loads(made.stdout)
    assert b"Harbor" not in kept.read_bytes()
    done = daybridge(tmp_path, "restore", kept, "--home", new, "--key", program / "keys" / "backup.key", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["rows"] == told["rows"]
    assert (new / "files" / "letter.bin").read_bytes() == b"sealed" * 1000
    assert not (new / "keys" / "backup.key").exists()
    assert json.loads(daybridge(new, "verify", "--json").stdout) == {
        "entries": told["head"]["seq"],
        "broken": None,
        "ok": True,
    }
    assert {path.stat().st_mode & 0o077 for path in new.rglob("*") if path.is_file()} == {0}
    assert not list(tmp_path.glob(".new*"))
    again = daybridge(tmp_path, "restore", kept, "--home", new, "--key", program / "keys" / "backup.key")
    assert (again.returncode, "not empty" in again.stderr) == (1, True)


@pytest.mark.slow
def test_a_passphrase_opens_it_too_and_nothing_is_left_of_what_could_not_be_opened(program, tmp_path):
    kept, new = tmp_path / "two.dbk", tmp_path / "new"
    assert (
        daybridge(program, "backup", "--to", kept, DAYBRIDGE_BACKUP_PASSPHRASE="four plain words here").returncode == 0
    )
    whole = kept.read_bytes()
    cut, altered = tmp_path / "cut.dbk", tmp_path / "altered.dbk"
    cut.write_bytes(whole[: len(whole) - 100])
    altered.write_bytes(whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:])
    tries = [
        (kept, "wrong", 1),
        (cut, "four plain words here", 1),
        (altered, "four plain words here", 1),
        (kept, "", 2),
    ]
    for file, words, code in tries:
        done = daybridge(tmp_path, "restore", file, "--home", new, DAYBRIDGE_BACKUP_PASSPHRASE=words)
        assert (done.returncode, done.stderr.count("\n"), new.exists()) == (code, 1, False), done.stderr
    done = daybridge(tmp_path, "restore", kept, "--home", new, DAYBRIDGE_BACKUP_PASSPHRASE="four plain words here")
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["altered.dbk", "cut.dbk", "new", "two.dbk"]


@pytest.mark.slow
def test_a_backup_of_a_broken_chain_is_not_restored(program, tmp_path):
    kept, new, copy = tmp_path / "three.dbk", tmp_path / "new", tmp_path / "copy"
    subprocess.run(["cp", "-r", program, copy], check=True)
    with sqlite3.connect(copy / "daybridge.sqlite3") as database:
        database.execute("DROP TRIGGER audit_entry_no_update")
        database.execute("UPDATE audit_entry SET verb = 'nothing'")
    database.close()
    daybridge(copy, "backup", "--to", kept, DAYBRIDGE_BACKUP_PASSPHRASE="four plain words here")
    done = daybridge(tmp_path, "restore", kept, "--home", new, DAYBRIDGE_BACKUP_PASSPHRASE="four plain words here")
    assert (done.returncode, "broken" in done.stderr, new.exists()) == (1, True, False)
