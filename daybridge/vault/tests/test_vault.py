"""Sealed words open only where they were sealed."""

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as settings_h
from hypothesis import strategies as st

from daybridge import vault
from daybridge.kit.errors import CannotRun
from daybridge.vault import keyring


@pytest.fixture(autouse=True)
def _own_keys(settings, tmp_path):
    settings.HOME = tmp_path
    keyring.forget()
    yield
    keyring.forget()


def test_words_come_back_as_they_were():
    assert vault.unseal(vault.seal("Señal 🌉", "a:1"), "a:1") == "Señal 🌉"


def test_words_moved_to_another_row_do_not_open():
    with pytest.raises(CannotRun):
        vault.unseal(vault.seal("hello", "a:1"), "a:2")


@pytest.mark.parametrize("place", [0, 5, 20, -1])
def test_one_changed_byte_is_noticed(place):
    blob = bytearray(vault.seal("hello", "a:1"))
    blob[place] ^= 1
    with pytest.raises(CannotRun):
        vault.unseal(bytes(blob), "a:1")


def test_the_same_words_never_look_the_same():
    assert vault.seal("hello", "a:1") != vault.seal("hello", "a:1")


def test_keys_are_private_to_their_owner(tmp_path):
    vault.seal("hello", "a:1")
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "keys").iterdir()} == {0o600}


def test_another_master_key_is_refused_in_words(tmp_path):
    vault.seal("hello", "a:1")
    (tmp_path / "keys" / "master.key").write_text("00" * 32)
    keyring.forget()
    with pytest.raises(CannotRun, match="do not belong together"):
        vault.seal("hello", "a:1")


@settings_h(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(), st.text())
def test_digests_are_equal_exactly_when_values_are(one, two):
    assert (vault.digest(one, "x") == vault.digest(two, "x")) == (one == two)
    assert vault.digest(one, "x") != vault.digest(one, "y")


def test_no_words_read_as_no_words():
    assert vault.unseal(b"", "a:1") == ""
