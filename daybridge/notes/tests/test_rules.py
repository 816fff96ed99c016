"""When a note can be signed, which lines read alike, and what the signature binds."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from itertools import product
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybridge.kit.errors import IllegalMove
from daybridge.kit.states import check_move
from daybridge.notes.rules import (
    MOVES,
    LineWords,
    NoteState,
    SignedLine,
    SignedNote,
    content_hash,
    is_due_since,
    is_written,
    ready,
    twins,
)

DID = "Mapped the next ten days together."
SIGNED = SignedNote(
    "s", "Priya Raman, LPC", "High-risk days", DID, "Make one call.",
    (SignedLine("a", 90, "g", "led", "open", "Led it."), SignedLine("b", 60, "", "quiet", "tense", "Sat with it.")),
)  # fmt: skip


def line(number, words="Said how the week went.", part="took-part", response="open"):
    return LineWords(UUID(int=number), part, response, words)


@pytest.mark.parametrize(("old", "new"), list(product(NoteState, NoteState)))
def test_only_a_draft_can_be_signed(old, new):
    if (old, new) == (NoteState.DRAFT, NoteState.SIGNED):
        return check_move(MOVES, old, new)
    with pytest.raises(IllegalMove):
        check_move(MOVES, old, new)


@pytest.mark.parametrize(
    ("what_we_did", "lines", "codes"),
    [
        (DID, [line(1), line(2)], []),
        (DID, [], []),
        ("   too short   ", [line(1)], ["shared-words"]),
        (DID, [line(1), line(2, "  ")], ["lines-missing"]),
        (DID, [line(1, part="")], ["lines-missing"]),
        (DID, [line(1, response="")], ["lines-missing"]),
        (DID, [line(1, "ok")], ["lines-missing"]),
        ("", [line(1, "")], ["shared-words", "lines-missing"]),
    ],
)
def test_a_note_is_ready_when_the_shared_part_and_every_line_are_written(what_we_did, lines, codes):
    decision = ready(what_we_did, lines)
    assert [finding.code for finding in decision.findings] == codes
    assert decision.ok is (not codes)
    assert decision.version == "notes@2026.1"


def test_the_sentence_counts_who_is_missing():
    assert "1 person has" in ready(DID, [line(1, "")]).findings[0].text
    assert "2 people have" in ready(DID, [line(1, ""), line(2, "")]).findings[0].text


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Listened, shared one worry about Friday.", "listened; shared ONE worry about friday", True),
        ("Listened, shared one worry about Friday.", "Shared one worry about Friday, listened.", True),
        ("Listened, shared one worry about Friday.", "Found a second bus and asked a peer along.", False),
        ("one two three four", "one two three four five", True),
        ("one two three", "one two three four", False),
        ("", "", False),
    ],
)
def test_lines_read_alike_when_they_share_most_of_their_words(one, other, alike):
    assert twins([line(1, one), line(2, other)]) == ({UUID(int=2): UUID(int=1)} if alike else {})


@given(st.lists(st.text("ab ", max_size=6), max_size=6))
def test_a_twin_points_to_an_earlier_line_and_never_to_itself(words):
    lines = [line(number, text) for number, text in enumerate(words)]
    assert all(other.int < mine.int for mine, other in twins(lines).items())


@pytest.mark.parametrize("name", [field.name for field in fields(SignedNote) if field.name != "lines"])
def test_the_hash_changes_with_every_part_of_the_note(name):
    assert content_hash(replace(SIGNED, **{name: getattr(SIGNED, name) + "."})) != content_hash(SIGNED)


@pytest.mark.parametrize("name", [field.name for field in fields(SignedLine)])
def test_the_hash_changes_with_every_part_of_every_line(name):
    value = 91 if name == "minutes" else "other"
    for at in range(2):
        lines = list(SIGNED.lines)
        lines[at] = replace(lines[at], **{name: value})
        assert content_hash(replace(SIGNED, lines=tuple(lines))) != content_hash(SIGNED)


def test_the_hash_does_not_depend_on_the_order_of_lines_but_on_each_of_them():
    assert content_hash(replace(SIGNED, lines=SIGNED.lines[::-1])) == content_hash(SIGNED)
    assert content_hash(replace(SIGNED, lines=SIGNED.lines[:1])) != content_hash(SIGNED)


def test_a_note_is_overdue_after_a_day():
    ended = datetime(2026, 3, 2, 15, tzinfo=UTC)
    assert not is_due_since(ended, ended + timedelta(hours=24))
    assert is_due_since(ended, ended + timedelta(hours=24, seconds=1))


def test_chips_alone_are_no_line():
    assert not is_written(line(1, ""))
    assert is_written(line(1, "Sat in."))
