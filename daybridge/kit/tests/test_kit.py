"""Errors, states, rulebooks and ids."""

from datetime import date
from enum import StrEnum

import pytest

from daybridge.kit.errors import DaybridgeError, IllegalMove
from daybridge.kit.ids import new_id
from daybridge.kit.rulebook import load
from daybridge.kit.states import check_move, diagram


class Door(StrEnum):
    SHUT = "shut"
    OPEN = "open-wide"


MOVES = {Door.SHUT: {Door.OPEN}, Door.OPEN: set()}
BOOK = """
id = "doors"
release = "2026.1"
[[row]]
id = "D-1"
title = "Doors"
value = {value}
unit = "doors"
source = "the architect"
since = 2026-01-01
"""


def test_a_sentence_is_filled_with_its_facts():
    assert str(DaybridgeError("{n} doors are open.", n=3)) == "3 doors are open."
    assert str(DaybridgeError("Braces {stay} without facts.")) == "Braces {stay} without facts."


def test_only_listed_moves_are_allowed():
    check_move(MOVES, Door.SHUT, Door.OPEN)
    with pytest.raises(IllegalMove, match="“open-wide” cannot become “shut”"):
        check_move(MOVES, Door.OPEN, Door.SHUT)


def test_a_diagram_draws_every_move_and_every_end():
    assert diagram("Door", MOVES).splitlines()[4:6] == ["    shut --> open_wide", "    open_wide --> [*]"]


def test_a_rulebook_tells_its_version_and_sources(tmp_path):
    (tmp_path / "book.toml").write_text(BOOK.format(value=2))
    book = load(tmp_path / "book.toml")
    assert (book.version, book.number("D-1"), book.source("D-1")) == ("doors@2026.1", 2, "the architect")
    assert book.rows["D-1"].since == date(2026, 1, 1)


@pytest.mark.parametrize("value", ["true", '"two"', "2.5"])
def test_a_threshold_that_is_no_whole_number_is_not_read_as_one(tmp_path, value):
    (tmp_path / "book.toml").write_text(BOOK.format(value=value))
    with pytest.raises(TypeError):
        load(tmp_path / "book.toml").number("D-1")


def test_a_rule_id_is_used_once(tmp_path):
    row = BOOK.format(value=2)
    (tmp_path / "book.toml").write_text(row + row.partition('release = "2026.1"')[2])
    with pytest.raises(ValueError, match="used twice"):
        load(tmp_path / "book.toml")


def test_ids_are_of_version_seven_and_never_the_same():
    ids = [new_id() for _ in range(1000)]
    assert len(set(ids)) == 1000
    assert {one.version for one in ids} == {7}
    assert ids[0].bytes[:6] <= ids[-1].bytes[:6]
