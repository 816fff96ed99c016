"""Who opened a record: verbs have words, lines are grouped so that they can be read, and only within reach."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as some

from daybridge.access.gates import Guest
from daybridge.access.rules import Permission, Role
from daybridge.audit import ledger
from daybridge.people.models import Client
from daybridge.people.tests import factories as people
from daybridge.rights import queries
from daybridge.rights.rules import seen

ROOMS = Path(__file__).resolve().parents[2]
NEW_YORK = ZoneInfo("America/New_York")
CALL = re.compile(r"ledger\.(?:record|read|read_list|disclosed)\(\s*f?\"([a-z.\-]+)\"")
OTHERS = re.compile(r"^test\.")


def verbs_in_code():
    files = [path for path in ROOMS.rglob("*.py") if "tests" not in path.parts]
    return {verb for path in files for verb in CALL.findall(path.read_text(encoding="utf-8"))}


def test_every_verb_of_the_ledger_has_words_in_both_languages():
    assert sorted(verbs_in_code() - set(seen.verbs())) == []
    halves = [
        verb for verb, row in seen.verbs().items() if set(row) != {"en", "es"} or bool(row["en"]) != bool(row["es"])
    ]
    assert halves == []


def test_words_are_short_and_name_nobody():
    for row in seen.verbs().values():
        for words in row.values():
            assert len(words) <= 70
            assert "{" not in words


def line(minutes=0, **fields):
    start = datetime(2026, 3, 2, 15, tzinfo=UTC)
    values = {"actor": "user:1", "verb": "chart.read", "kind": "read"} | fields
    return seen.Line(at=start + timedelta(minutes=minutes), **values)


def test_alike_acts_of_one_person_on_one_day_are_one_line():
    (day,) = seen.grouped([line(0), line(5), line(9, verb="plan.read")], zone=NEW_YORK, language="en")
    (visit,) = day.visits
    assert [(act.words, act.times) for act in visit.acts] == [("Opened the chart", 2), ("Read the treatment plan", 1)]
    assert visit.acts[0].last - visit.acts[0].first == timedelta(minutes=5)


def test_a_night_belongs_to_the_local_day():
    late = line(60 * 13)  # 4:00 in London, 23:00 in New York
    days = seen.grouped([late], zone=NEW_YORK, language="es")
    assert [str(day.day) for day in days] == ["2026-03-02"]
    assert days[0].visits[0].acts[0].words == "Abrió el expediente"


def test_broken_glass_is_marked_and_tells_why():
    lines = [line(verb="glass.break", kind="write", reason="He was found on the stairs."), line(1, actor="user:2")]
    (day,) = seen.grouped(lines, zone=NEW_YORK, language="en")
    assert [visit.is_glass for visit in day.visits] == [True, False]
    assert day.visits[0].acts[0].reason == "He was found on the stairs."


def test_who_reviews_an_opening_broke_no_glass():
    (day,) = seen.grouped([line(verb="glass.review", kind="write")], zone=NEW_YORK, language="en")
    assert not day.visits[0].is_glass


def test_reasons_of_other_writing_are_not_told():
    (day,) = seen.grouped(
        [line(verb="referral.move", kind="write", reason="mother called")], zone=NEW_YORK, language="en"
    )
    assert day.visits[0].acts[0].reason == ""


@given(
    some.lists(
        some.builds(line, some.integers(0, 10_000), actor=some.sampled_from(["user:1", "user:2", "system:x"]),
                    verb=some.sampled_from(["chart.read", "plan.read", "nobody.knows"]))
    )
)  # fmt: skip
def test_grouping_loses_nothing_and_orders_days(lines):
    days = seen.grouped(lines, zone=NEW_YORK, language="en")
    assert sum(act.times for day in days for visit in day.visits for act in visit.acts) == len(lines)
    assert [day.day for day in days] == sorted({day.day for day in days}, reverse=True)


@pytest.fixture
def rosa(site):
    return people.client(site)


def guest(client, *permissions):
    return Guest(actor=f"client:{client.pk}", client_id=client.pk, permissions=frozenset(permissions))


@pytest.fixture
def opened(rosa, users, now):
    ledger.read("chart.read", rosa, by=users[Role.COUNSELOR], at=now)
    ledger.read_list("note.read", [rosa.pk], by=users[Role.NURSE], at=now)
    ledger.read_list("clients.list", [rosa.pk], by=users[Role.FRONT_DESK], at=now)
    return rosa


def test_the_person_sees_who_as_what_and_when(opened, users, now):
    log = queries.access_log(client_id=opened.pk, by=guest(opened, Permission.DISCLOSURES_SEE), at=now)
    told = {(visit.who.name, visit.who.role, visit.acts[0].words) for visit in log.days[0].visits}
    assert told == {
        (users[Role.COUNSELOR].name, "Counselor", "Opened the chart"),
        (users[Role.NURSE].name, "Nurse", "Read the note of a session"),
    }
    again = queries.access_log(client_id=opened.pk, by=guest(opened, Permission.DISCLOSURES_SEE), at=now)
    assert any(visit.who.is_you for visit in again.days[0].visits)


def test_it_speaks_the_persons_language(opened, now):
    with translation.override("es"):
        log = queries.access_log(client_id=opened.pk, by=guest(opened, Permission.DISCLOSURES_SEE), at=now)
    words = {act.words for visit in log.days[0].visits for act in visit.acts}
    assert "Abrió el expediente" in words
    assert "Consejera o consejero" in {visit.who.role for visit in log.days[0].visits}


@pytest.mark.parametrize("permissions", [(), (Permission.CHART_READ,)])
def test_a_guest_without_the_permission_finds_nothing(opened, now, permissions):
    with pytest.raises(Client.DoesNotExist):
        queries.access_log(client_id=opened.pk, by=guest(opened, *permissions), at=now)


def test_another_person_finds_nothing(opened, site, now):
    other = guest(people.client(site), Permission.DISCLOSURES_SEE)
    with pytest.raises(Client.DoesNotExist):
        queries.access_log(client_id=opened.pk, by=other, at=now)


def test_the_log_takes_the_same_queries_for_many_lines(opened, users, now, django_assert_max_num_queries):
    by = guest(opened, Permission.DISCLOSURES_SEE)
    for minutes in range(20):
        ledger.read("plan.read", opened, by=users[Role.NURSE], at=now + timedelta(minutes=minutes))
    with django_assert_max_num_queries(14):
        log = queries.access_log(client_id=opened.pk, by=by, at=now)
    acts = {act.words: act.times for visit in log.days[0].visits for act in visit.acts}
    assert acts["Read the treatment plan"] == 20


def test_old_days_are_a_page_of_their_own(opened, users, now):
    by = guest(opened, Permission.DISCLOSURES_SEE)
    for days in range(40):
        ledger.read("plan.read", opened, by=users[Role.NURSE], at=now - timedelta(days=days))
    first = queries.access_log(client_id=opened.pk, by=by, at=now)
    rest = queries.access_log(client_id=opened.pk, by=by, at=now, before=first.older)
    assert len(first.days) == 30
    assert len(rest.days) == 10
    assert rest.older is None
