"""Somebody owns the database but not the keys: every act against the ledger is found and named, on both databases."""

import pytest

from daybridge.access.gates import COMMAND_LINE
from daybridge.audit import checkpoints, ledger, queries
from daybridge.audit.models import Entry, Head
from daybridge.audit.rules import What
from daybridge.kit.errors import Refused
from daybridge.people.tests import factories as people
from daybridge.vault import keyring

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries(home, site, now):
    person = people.client(site)
    for n in range(1, 8):
        ledger.record(f"test.n{n}", person, by=COMMAND_LINE, at=now, n=n, reason="because")
    return list(Entry.objects.order_by("seq"))


def found():
    return [(fault.what, fault.seq) for fault in queries.verify().faults]


SET = "UPDATE audit_entry SET {} WHERE seq = {}"
FAR = (
    "UPDATE audit_entry SET seq = seq + 1000 WHERE seq {0}; UPDATE audit_entry SET seq = seq - 1000 {1} WHERE seq > 900"
)
SAID = "verb = (SELECT verb FROM kept WHERE kept.seq = {0}), data = (SELECT data FROM kept WHERE kept.seq = {0})"
OF = "(SELECT {0} FROM audit_entry WHERE seq = {1})"
COLUMNS = "chain, at, actor, verb, kind, object_type, object_id, client_id, reason, origin, data, previous, mac"
ACTS = {
    "edited": ([SET.format("reason = 'other'", 3)], [(What.CHANGED, 3)]),
    "facts edited": ([SET.format("data = '{\"n\": 9}'", 3)], [(What.CHANGED, 3)]),
    "time edited": ([SET.format("at = '2020-01-01 00:00:00'", 3)], [(What.CHANGED, 3)]),
    "client taken off": ([SET.format("client_id = NULL", 3)], [(What.CHANGED, 3)]),
    "mark edited": ([SET.format("mac = previous", 3)], [(What.CHANGED, 3)]),
    "deleted": (["DELETE FROM audit_entry WHERE seq IN (3, 4)"], [(What.MISSING, 3)]),
    "deleted, numbered anew": (
        ["DELETE FROM audit_entry WHERE seq = 3", *FAR.format("> 3", "- 1").split(";")],
        [(What.MISSING, 3), (What.CUT, 7)],
    ),
    "inserted": (
        [*FAR.format(">= 3", "+ 1").split(";"),
         f"INSERT INTO audit_entry (id, seq, {COLUMNS}) SELECT '0189aaaabbbbcccc8ddd0123456789ab', 3, "
         + COLUMNS.replace("verb", "'never.was'") + " FROM audit_entry WHERE seq = 2"],
        [(What.INSERTED, 3)],
    ),
    "added at the end": (
        [f"INSERT INTO audit_entry (id, seq, {COLUMNS}) SELECT '0189aaaabbbbcccc8ddd0123456789ab', 8, {COLUMNS}"
         " FROM audit_entry WHERE seq = 7"],
        [(What.INSERTED, 8)],
    ),
    "reordered": (
        ["UPDATE audit_entry SET seq = 1003 WHERE seq = 3", "UPDATE audit_entry SET seq = 3 WHERE seq = 5",
         "UPDATE audit_entry SET seq = 5 WHERE seq = 1003"],
        [(What.MOVED, 3), (What.MOVED, 5)],
    ),
    "what two say exchanged": (
        ["CREATE TEMPORARY TABLE kept AS SELECT seq, verb, data FROM audit_entry WHERE seq IN (3, 5)",
         SET.format(SAID.format(5), 3),
         SET.format(SAID.format(3), 5),
         "DROP TABLE kept"],
        [(What.MOVED, 3), (What.MOVED, 5)],
    ),
    "cut short": (["DELETE FROM audit_entry WHERE seq > 5"], [(What.CUT, 6)]),
    "cut short, head set back": (
        ["DELETE FROM audit_entry WHERE seq > 5",
         f"UPDATE audit_head SET seq = 5, mac = {OF.format('mac', 5)}"],
        [(What.HEAD, 5)],
    ),
    "head changed": (["UPDATE audit_head SET mac = 'x'"], [(What.HEAD, 7)]),
    "head taken away": (["DELETE FROM audit_head"], [(What.HEAD, 7)]),
    "put on another chain": ([SET.format("chain = 'other'", 7)], [(What.CUT, 7), (What.INSERTED, 7)]),
}  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
def test_an_act_is_found_and_named(entries, tamper, act):
    statements, names = ACTS[act]
    assert queries.verify().ok
    tamper(*statements)
    assert found() == names
    assert queries.verify().broken["what"] == names[0][0]


def test_another_key_is_named(entries, home):
    (home / "keys" / "ledger.key").write_text("00" * 32)
    keyring.forget()
    assert found() == [(What.KEY, 1)]


def test_all_gone_is_whole_to_the_chain_but_not_to_a_checkpoint(entries, tamper, now):
    """Nothing in an empty database tells that it was full: that is what checkpoints are for."""
    checkpoints.keep(queries.verify(), at=now)
    tamper("DELETE FROM audit_entry", "DELETE FROM audit_head")
    assert found() == []
    assert [fault.what for fault in checkpoints.checked(queries.verify()).faults] == [What.BEHIND]


def test_a_ledger_taken_back_to_an_earlier_day_is_whole_to_the_chain_but_not_to_a_checkpoint(entries, tamper, now):
    """Whoever kept an old copy of the database puts it back, with its head and the head's seal."""
    old = Head.objects.get()
    ledger.record("test.later", Entry(id=entries[0].id), by=COMMAND_LINE, at=now)
    point = checkpoints.read(checkpoints.signed(queries.verify(), at=now))
    tamper("DELETE FROM audit_entry WHERE seq = 8")
    old.save()
    assert found() == []
    assert checkpoints.held_against(queries.verify(), point).broken["seq"] == 8


def test_a_checkpoint_holds_while_the_ledger_grows(entries, site, now):
    data = checkpoints.signed(queries.verify(), at=now)
    ledger.record("test.later", site, by=COMMAND_LINE, at=now)
    assert checkpoints.held_against(queries.verify(), checkpoints.read(data)).ok
    assert checkpoints.read(data).count == 7


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda data: data.replace(b'"seq": 7', b'"seq": 6'), "changed after it was signed"),
        (lambda data: data.replace(b'"count": 7', b'"count": 70'), "changed after it was signed"),
        (lambda data: data[:-20], "not a checkpoint"),
        (lambda data: b"[1]", "not a checkpoint"),
        (lambda data: b'{"signature": "00"}', "not a checkpoint"),
        (lambda data: data.replace(b"checkpoint-1", b"checkpoint-9"), "not a checkpoint"),
        (lambda data: data.replace(b'"at": "2026-', b'"at": "x-'), "not a checkpoint"),
    ],
)
def test_a_changed_checkpoint_is_refused(entries, now, change, words):
    with pytest.raises(Refused, match=words):
        checkpoints.read(change(checkpoints.signed(queries.verify(), at=now)))


def test_a_checkpoint_of_another_key_is_refused(entries, home, now):
    data = checkpoints.signed(queries.verify(), at=now)
    (home / "keys" / "checkpoint.key").write_text("00" * 32)
    keyring.forget()
    with pytest.raises(Refused, match="another key"):
        checkpoints.read(data)


def test_a_broken_or_empty_ledger_gets_no_checkpoint(home, site, now, tamper):
    with pytest.raises(Refused):
        checkpoints.signed(queries.verify(), at=now)
    ledger.record("test.one", site, by=COMMAND_LINE, at=now)
    tamper("UPDATE audit_entry SET verb = 'x'")
    with pytest.raises(Refused):
        checkpoints.keep(queries.verify(), at=now)


def test_a_false_checkpoint_in_the_home_is_a_fault(entries, home, now):
    path = checkpoints.keep(queries.verify(), at=now)
    assert checkpoints.newest() == path
    assert checkpoints.checked(queries.verify()).ok
    path.write_text("{}")
    assert checkpoints.checked(queries.verify()).broken["what"] == What.CHECKPOINT


def test_only_the_newest_checkpoints_stay(entries, home, now, monkeypatch):
    from datetime import timedelta

    monkeypatch.setattr(checkpoints, "KEPT", 3)
    paths = [checkpoints.keep(queries.verify(), at=now + timedelta(days=day)) for day in range(5)]
    assert sorted(checkpoints.folder().iterdir()) == paths[2:]


def test_lines_written_while_the_chain_is_walked_belong_to_it(entries, site, now, monkeypatch):
    from daybridge.audit.queries import proving

    monkeypatch.setattr(proving, "CHUNK", 3)
    walk_on = proving._walk_on

    def and_somebody_writes(walk, until):
        walk_on(walk, until)
        ledger.record("test.meanwhile", site, by=COMMAND_LINE, at=now)

    monkeypatch.setattr(proving, "_walk_on", and_somebody_writes)
    seen = []
    proof = queries.verify(on_progress=lambda done, total: seen.append((done, total)))
    assert (proof.ok, proof.entries) == (True, 10)
    assert seen == [(3, 7), (6, 7), (7, 7)]


def test_pieces_hang_together(entries, monkeypatch, tamper):
    from daybridge.audit.queries import proving

    end = proving._piece((0, 7))
    assert proving._piece((3, 7)) == end
    assert proving._piece((9, 12)) is None
    tamper("UPDATE audit_entry SET verb = 'x' WHERE seq = 5")
    assert [proving._piece(bounds) is None for bounds in ((0, 4), (3, 7), (5, 7))] == [False, True, False]
