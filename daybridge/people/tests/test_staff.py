"""Credentials, leaves, supervision and stand-ins: what is kept, what is refused, what the pages show."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from daybridge.access.rules import Role
from daybridge.audit.models import Entry
from daybridge.kit.errors import NotAllowed, Refused
from daybridge.kit.periods import Period
from daybridge.people import actions, queries
from daybridge.people.models import Credential, Leave, Staff
from daybridge.people.rules import Held, Licence, Wanted
from daybridge.people.tests import factories

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def director(users):
    return users[Role.DIRECTOR]


@pytest.fixture
def nora(site, users):
    return factories.staff(site, user=users[Role.COUNSELOR])


def hold(nora, by, now, **fields):
    return actions.hold_credential(staff_id=nora.id, held=Licence(**{"kind": "LPC"} | fields), by=by, at=now)


def test_the_renewed_credential_takes_the_place_of_the_one_before(nora, director, now):
    hold(nora, director, now, number="1", expires_on=date(2026, 3, 10))
    hold(nora, director, now, kind="cadc", number="7", state="ny")
    hold(nora, director, now, number="2", expires_on=date(2028, 3, 10))
    nora.refresh_from_db()
    assert nora.credential_until == date(2028, 3, 10)
    assert set(nora.held) == {Held("LPC", date(2028, 3, 10)), Held("CADC", None)}
    assert [(one.kind, one.number, one.state) for one in nora.credentials.all()] == [
        ("CADC", "7", "NY"),
        ("LPC", "2", ""),
    ]
    assert all("number" not in line.data for line in Entry.objects.filter(verb="staff.credential"))


def test_the_credential_one_signs_with_is_not_taken_out(nora, director, now):
    signs, other = hold(nora, director, now), hold(nora, director, now, kind="CADC")
    with pytest.raises(Refused, match="sign with"):
        actions.drop_credential(staff_id=nora.id, credential_id=signs.id, by=director, at=now)
    actions.drop_credential(staff_id=nora.id, credential_id=other.id, by=director, at=now)
    assert Credential.objects.get() == signs


def test_only_who_runs_the_program_says_what_staff_hold(nora, users, other_site, now):
    with pytest.raises(Staff.DoesNotExist):
        hold(nora, users[Role.COUNSELOR], now)
    with pytest.raises(Staff.DoesNotExist):
        hold(nora, factories.staff(other_site, Role.DIRECTOR).user, now)


def test_one_says_of_oneself_that_one_is_away_and_who_places_says_it_of_others(nora, users, other_site, now):
    def say(by, **more):
        given = {"starts_at": now, "ends_at": now + HOUR, "kind": "sick"} | more
        return actions.say_leave(staff_id=nora.id, by=by, at=now, **given)

    first = say(nora.user)
    assert say(nora.user) == first
    say(users[Role.INTAKE], ends_at=now + 2 * HOUR)
    for stranger, wrong in (
        (users[Role.PEER], Staff.DoesNotExist),
        (factories.staff(other_site).user, Staff.DoesNotExist),
    ):
        with pytest.raises((wrong, NotAllowed)):
            say(stranger)
    assert Leave.objects.count() == 2
    assert "sick" not in str(Entry.objects.filter(verb="staff.leave").values_list("data", flat=True))


def test_away_is_joined_clipped_and_without_what_was_taken_back(nora, director, now):
    factories.leave(nora, now - DAY, now + HOUR)
    factories.leave(nora, now + HOUR, now + 2 * HOUR)
    gone = factories.leave(nora, now + 5 * HOUR, now + 6 * HOUR)
    actions.take_back_leave(staff_id=nora.id, leave_id=gone.id, by=director, at=now)
    found = queries.away(staff_ids=[nora.id], period=Period(now, now + DAY))
    assert found == {nora.id: [Period(now, now + 2 * HOUR)]}


def test_nobody_supervises_in_a_circle_or_without_a_credential(site, nora, director, now):
    above, top = factories.staff(site), factories.staff(site, credential="")
    actions.supervise(staff_id=nora.id, supervisor_id=above.id, by=director, at=now)
    for staff, over in ((above, nora), (nora, nora), (above, top)):
        with pytest.raises(Refused):
            actions.supervise(staff_id=staff.id, supervisor_id=over.id, by=director, at=now)
    assert actions.supervise(staff_id=nora.id, supervisor_id=None, by=director, at=now).supervisor is None


def test_named_stand_ins_come_first_and_the_absent_and_the_taken_never(site, nora, director, now):
    named, free, gone, taken = (factories.staff(site) for _ in range(4))
    factories.staff(site, Role.NURSE, "RN")
    factories.on_team(factories.client(site), named)
    actions.name_stand_in(staff_id=named.id, stands_in_for_id=nora.id, by=director, at=now)
    period = Period(now, now + HOUR)
    factories.leave(gone, now - HOUR, now + HOUR)
    wanted = Wanted(period=period, zone=ZoneInfo(site.timezone))
    rows = queries.stand_ins(absent_id=nora.id, wanted=wanted, taken={taken.id: [period]})
    assert [(row.staff_id, row.is_named) for row in rows] == [(named.id, True), (free.id, False)]
    actions.unname_stand_in(staff_id=named.id, stands_in_for_id=nora.id, by=director, at=now)
    assert not any(row.is_named for row in queries.stand_ins(absent_id=nora.id, wanted=wanted))


def test_the_person_and_the_director_are_told_of_an_end(site, nora, director, users, now):
    factories.credential(nora, "CADC", now.date() + timedelta(days=20))
    factories.credential(factories.staff(site), "LPC", now.date() - DAY)
    factories.credential(nora, "LPC", now.date() + timedelta(days=90))
    seen = [(one.kind, one.warning, one.is_mine) for one in queries.endings(by=director, today=now.date())]
    assert seen == [("LPC", 0, False), ("CADC", 30, False)]
    mine = queries.endings(by=nora.user, today=now.date())
    assert [(one.kind, one.is_mine) for one in mine] == [("CADC", True)]
    assert queries.endings(by=users[Role.NURSE], today=now.date()) == []


def test_everything_about_a_colleague_is_said_on_one_page(sign_in, site, nora):
    other, browser = factories.staff(site), sign_in("director")

    def say(name, **data):
        answer = browser.post(reverse(f"people:{name}", args=[nora.user_id]), data)
        assert answer.url == reverse("people:post", args=[nora.user_id])

    say("licence", **{"licence-kind": "LPC", "licence-number": "L-20", "licence-expires_on": "2030-01-31"})
    say("licence", **{"licence-kind": "CADC"})
    say("away", **{"leave-kind": "vacation", "leave-first": "2031-07-01", "leave-last": "2031-07-14"})
    say("supervisor", **{"supervisor-colleague": str(other.id)})
    say("stand_in", **{"stand-in-colleague": str(other.id)})
    page = browser.get(reverse("people:post", args=[nora.user_id])).content.decode()
    for said in ("L-20", "Jan 31, 2030", "Vacation", "Jul 1, 12:00 a.m.", "Take out"):
        assert said in page, said
    leave = Leave.objects.get()
    assert leave.ends_at - leave.starts_at == 14 * DAY
    say("licence_drop", which=str(nora.credentials.get(kind="CADC").id))
    say("back", which=str(leave.id))
    say("stand_in_end", which=str(other.id))
    assert not queries.post(user_id=nora.user_id, by=browser.user, at=leave.said_at).leaves


@pytest.mark.parametrize(
    ("name", "data", "status", "words"),
    [("licence", {"licence-kind": "LPC", "licence-state": "7"}, 409, "two letters"),
     ("licence", {"licence-kind": ""}, 422, "is needed"),
     ("away", {"leave-kind": "sick", "leave-first": "2026-03-03", "leave-last": "2026-03-02"}, 422, "before the first"),
     ("away", {"leave-kind": "sick", "leave-first": "2026-03-03", "leave-start": "12:00", "leave-end": "11:00"}, 409,
      "be back")],
)  # fmt: skip
def test_what_makes_no_sense_is_said_beside_it(sign_in, nora, name, data, status, words):
    answer = sign_in("director").post(reverse(f"people:{name}", args=[nora.user_id]), data)
    assert answer.status_code == status
    assert words in answer.content.decode()


def test_my_work_is_mine(sign_in, nora):
    browser = sign_in("counselor")
    assert "My credentials" in browser.get(reverse("people:mine")).content.decode()
    answer = browser.post(reverse("people:mine_away"), {"leave-kind": "sick", "leave-first": "2031-03-03"})
    assert answer.url == reverse("people:mine")
    leave = Leave.objects.get(staff=nora)
    browser.post(reverse("people:mine_back"), {"which": str(leave.id)})
    assert browser.post(reverse("people:mine_back"), {"which": str(leave.id)}).status_code == 404
    assert "Nobody said yet" in sign_in("peer").get(reverse("people:mine")).content.decode()


def test_a_post_page_asks_as_much_for_twenty_colleagues(sign_in, site, nora, django_assert_max_num_queries):
    browser, counts = sign_in("director"), []
    browser.get(reverse("people:post", args=[nora.user_id]))
    for turn in range(2):
        with django_assert_max_num_queries(30) as asked:
            browser.get(reverse("people:post", args=[nora.user_id]))
        counts.append(len(asked))
        for number in range(19):
            factories.credential(nora, f"X{turn}-{number}")
            factories.stand_in(factories.staff(site), nora)
    assert counts[0] == counts[1]
