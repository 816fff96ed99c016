"""New keys: both old and new are known at every moment, and whatever is interrupted can be called again."""

import json

import pytest

from daybridge import vault
from daybridge.kit.errors import CannotRun
from daybridge.vault import keyring, rotating


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    keyring.forget()
    yield tmp_path
    keyring.forget()


def test_new_words_are_sealed_with_the_new_key_and_old_ones_stay_readable():
    old = vault.seal("before", "a:1")
    assert rotating.new_data_key() == 2
    new = vault.seal("after", "a:1")
    assert [blob[:4] for blob in (old, new)] == [b"\0\0\0\1", b"\0\0\0\2"]
    assert [vault.unseal(blob, "a:1") for blob in (old, new)] == ["before", "after"]


def test_a_reader_that_knew_only_the_old_key_learns_the_new_one_by_itself(home):
    """Another process put the files in place: nobody told this one."""
    vault.seal("warm", "a:1")
    ring = keyring.ring()
    rotating.new_data_key()
    assert ring.current == 1
    assert keyring.ring().current == 2


def test_a_rotation_is_unfinished_until_it_says_so():
    rotating.new_data_key()
    assert keyring.ring().is_unfinished
    rotating.finish()
    assert not keyring.ring().is_unfinished
    assert sorted(keyring.ring().keys) == [1, 2]


def test_a_new_master_key_changes_no_data_key(home):
    sealed, keys = vault.seal("words", "a:1"), keyring.ring().keys
    before, old_ring = keyring.named("master.key"), (home / "keys" / "data.json").read_text()
    rotating.new_master_key()
    assert keyring.named("master.key") != before
    assert keyring.ring().keys == keys
    assert vault.unseal(sealed, "a:1") == "words"
    assert "before" not in json.loads((home / "keys" / "data.json").read_text())
    (home / "keys" / "data.json").write_text(old_ring)
    with pytest.raises(CannotRun, match="do not belong together"):
        keyring.ring()


@pytest.mark.parametrize("stops_at", [1, 2, 3])
def test_wherever_a_new_master_key_is_interrupted_words_open_and_it_can_be_done_again(home, monkeypatch, stops_at):
    sealed, put, calls = vault.seal("words", "a:1"), keyring.replace, []

    def until(path, text):
        calls.append(path.name)
        if len(calls) == stops_at:
            raise OSError("the power went")
        put(path, text)

    monkeypatch.setattr(keyring, "replace", until)
    with pytest.raises(OSError, match="power"):
        rotating.new_master_key()
    monkeypatch.setattr(keyring, "replace", put)
    keyring.forget()
    assert vault.unseal(sealed, "a:1") == "words"
    rotating.new_master_key()
    keyring.forget()
    assert vault.unseal(sealed, "a:1") == "words"


def test_new_files_are_private_as_well(home):
    rotating.new_data_key()
    rotating.new_master_key()
    assert {path.stat().st_mode & 0o777 for path in (home / "keys").iterdir()} == {0o600}
