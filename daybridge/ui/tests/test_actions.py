"""Keeping, replacing and throwing away drafts."""

from datetime import UTC, datetime, timedelta

import pytest

from daybridge.kit.errors import Refused, Stale
from daybridge.ui import actions, queries
from daybridge.ui.models import Draft
from daybridge.ui.tests import factories

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 15, 42, tzinfo=UTC)


def save(by, version=0, words="Mapped the next ten days.", at=AT):
    return actions.save_draft(by=by, key="note:1", data=factories.typed(about=words), version=version, at=at)


def test_what_is_typed_comes_back():
    by = factories.person()
    assert save(by).version == 1
    row = queries.draft(by=by, key="note:1")
    assert (row.fields, row.version, row.url, row.title) == (
        {"about": ["Mapped the next ten days."]},
        1,
        "/notes/1/",
        "Group note",
    )


def test_a_second_window_does_not_overwrite_the_first():
    by = factories.person()
    save(by, words="first")
    with pytest.raises(Stale):
        save(by, version=0, words="second")
    assert queries.draft(by=by, key="note:1").fields == {"about": ["first"]}
    assert save(by, version=1, words="second, knowing the first").version == 2


def test_a_version_of_a_draft_that_is_gone_is_stale_and_leaves_nothing():
    by = factories.person()
    with pytest.raises(Stale):
        save(by, version=3)
    assert not Draft.objects.exists()


def test_a_draft_too_long_leaves_the_old_one():
    by = factories.person()
    save(by)
    with pytest.raises(Refused):
        save(by, version=1, words="x" * 200_001)
    assert queries.draft(by=by, key="note:1").version == 1


def test_nobody_reads_or_discards_anothers_draft():
    mine, other = factories.person(), factories.person("other@example.org")
    save(mine)
    assert queries.draft(by=other, key="note:1") is None
    actions.discard_draft(by=other, key="note:1", at=AT)
    assert len(queries.drafts(by=mine)) == 1
    actions.discard_draft(by=mine, key="note:1", at=AT)
    assert queries.drafts(by=mine) == ()


def test_the_tray_shows_the_latest_first():
    by = factories.person()
    for number in range(3):
        key, at = f"note:{number}", AT + timedelta(minutes=number)
        actions.save_draft(by=by, key=key, data=factories.typed(about="x"), version=0, at=at)
    assert [row.key for row in queries.drafts(by=by)] == ["note:2", "note:1", "note:0"]


def test_words_lie_sealed_in_the_database():
    by = factories.person()
    save(by, words="cravings at night")
    assert b"cravings" not in bytes(Draft.objects.get().data)
