"""Breaking the glass and its review; hiding a record; the care team. Through actions and addresses."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from daybridge.access.rules import (
    GLASS_MOVES,
    GlassState,
    Opening,
    Outcome,
    Permission,
    Role,
    check_reason,
    glass_state,
)
from daybridge.audit.models import Entry
from daybridge.kit.errors import BadInput, IllegalMove, NotAllowed, Refused
from daybridge.people import guarding
from daybridge.people.guarding import Joining, Naming, Sought
from daybridge.people.models import CareTeamMember, Client, Glass, Hidden
from daybridge.people.tests import factories

pytestmark = pytest.mark.django_db
WHY = "She fainted in the lobby and needs help."


@pytest.fixture
def rosa(site):
    client = factories.client(site, given_name="Rosa", family_name="Delgado", name_key="rosa delgado")
    factories.on_team(client, factories.staff(site))
    return client


@pytest.fixture
def by(users):
    return users[Role.COUNSELOR]


def test_a_reason_must_say_something():
    check_reason(WHY)
    with pytest.raises(Refused):
        check_reason("because   of   me"[:12] + " " * 20)


@pytest.mark.parametrize(("minutes", "reviewed", "state"), [
    (0, False, GlassState.OPEN), (59, False, GlassState.OPEN), (60, False, GlassState.ENDED),
    (0, True, GlassState.REVIEWED), (90, True, GlassState.REVIEWED),
])  # fmt: skip
def test_the_state_of_an_opening_is_read_off_its_times(now, minutes, reviewed, state):
    opening = Opening(now, now + timedelta(minutes=60), now if reviewed else None)
    assert glass_state(opening, now + timedelta(minutes=minutes)) is state
    assert GLASS_MOVES[GlassState.REVIEWED] == frozenset()


@pytest.mark.parametrize(
    "sought",
    [
        lambda one: Sought(number=f" {one.record_number.lower()} "),
        lambda one: Sought(name="ROSA  Delgado", birth_date=one.birth_date),
    ],
)
def test_the_glass_opens_one_chart_at_once_and_the_client_can_see_why(rosa, by, now, sought):
    assert guarding.break_glass(sought=sought(rosa), reason=WHY, by=by, at=now) == rosa
    with time_machine.travel(now):
        assert list(Client.objects.charts_of(by)) == [rosa]
        assert list(Client.objects.visible_to(by)) == [rosa]
    line = Entry.objects.get(verb="glass.break")
    assert (line.client_id, line.reason, line.actor) == (rosa.id, WHY, by.actor)


def test_nobody_fits_is_on_the_ledger_and_soon_refused(rosa, by, now):
    for _ in range(5):
        wrong = Sought(name="Rosa Delgado", birth_date=date(1990, 1, 1))
        assert guarding.break_glass(sought=wrong, reason=WHY, by=by, at=now) is None
    assert Entry.objects.filter(verb="glass.miss").count() == 5
    with pytest.raises(Refused):
        guarding.break_glass(sought=Sought(number=rosa.record_number), reason=WHY, by=by, at=now)
    assert not Glass.objects.exists()


def test_two_of_one_name_and_day_are_nobody(rosa, site, by, now):
    factories.client(site, given_name="Rosa", family_name="Delgado", name_key="rosa delgado")
    sought = Sought(name="Rosa Delgado", birth_date=rosa.birth_date)
    assert guarding.break_glass(sought=sought, reason=WHY, by=by, at=now) is None


def test_whoever_reaches_the_record_needs_no_glass(rosa, users, now):
    found = guarding.break_glass(sought=Sought(rosa.record_number), reason=WHY, by=users[Role.NURSE], at=now)
    assert (found, Glass.objects.count()) == (rosa, 0)


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.BILLER, Role.ADMINISTRATOR, Role.AUDITOR, Role.SUPPORT])
def test_only_who_cares_breaks_the_glass(rosa, users, now, role):
    with pytest.raises(NotAllowed):
        guarding.break_glass(sought=Sought(rosa.record_number), reason=WHY, by=users[role], at=now)


def test_an_opening_is_ended_by_hand_and_reviewed_once(rosa, by, users, now):
    guarding.break_glass(sought=Sought(rosa.record_number), reason=WHY, by=by, at=now)
    glass = Glass.objects.get()
    guarding.end_glass(glass_id=glass.id, by=by, at=now + timedelta(minutes=5))
    with time_machine.travel(now + timedelta(minutes=6)):
        assert not Client.objects.charts_of(by).exists()
    officer = users[Role.PRIVACY_OFFICER]
    (due,) = guarding.reviews_due(by=officer, at=now + timedelta(minutes=6))
    assert rosa.record_number in due.title
    review = {"glass_id": glass.id, "outcome": Outcome.NEEDED, "remark": "", "at": now + timedelta(hours=2)}
    with pytest.raises(Glass.DoesNotExist):
        guarding.review(**review, by=by)
    guarding.review(**review, by=officer)
    with pytest.raises(IllegalMove):
        guarding.review(**review, by=officer)
    assert guarding.reviews_due(by=officer, at=now) == guarding.reviews_due(by=by, at=now) == []


def test_who_is_out_of_reach_and_who_is_nobody_look_the_same_on_the_page(rosa, sign_in):
    browser = sign_in(Role.COUNSELOR)
    typed = {"number": "", "name": "Rosa Delgado", "birth_date": "1990-01-01", "reason": WHY}
    browser.get(reverse("people:glass"))
    wrong_day = browser.post(reverse("people:glass"), typed)
    nobody = browser.post(reverse("people:glass"), typed | {"name": "Nora Nobody"})
    assert wrong_day.status_code == nobody.status_code == 422
    plain = [page.content.decode().replace("Nora Nobody", "Rosa Delgado") for page in (wrong_day, nobody)]
    cut = [page.partition("csrfmiddlewaretoken")[0] for page in plain]
    assert cut[0] == cut[1]
    assert "No record fits" in plain[0]


def test_the_page_leads_into_the_chart_and_back(rosa, sign_in):
    browser = sign_in(Role.COUNSELOR)
    chart = reverse("chart:chart", args=[rosa.id])
    assert browser.get(chart).status_code == 404
    answer = browser.post(reverse("people:glass"), {"number": rosa.record_number, "reason": WHY})
    assert (answer.status_code, answer.url) == (302, chart)
    for page in (chart, reverse("people:team", args=[rosa.id]), reverse("consent:forms", args=[rosa.id])):
        told = browser.get(page).content.decode()
        assert f"Record {rosa.record_number} is open in need until" in told
        assert reverse("people:end_glass", args=[Glass.objects.get().id]) in told
    assert rosa.record_number in browser.get(reverse("people:glass")).content.decode()
    browser.post(reverse("people:end_glass", args=[Glass.objects.get().id]))
    assert browser.get(chart).status_code == 404
    assert "is open in need" not in browser.get(reverse("people:glass")).content.decode()


def test_the_privacy_officer_reviews_on_the_page(rosa, by, sign_in, now):
    glass = factories.opened(rosa, by, now)
    browser = sign_in(Role.PRIVACY_OFFICER)
    page = browser.get(reverse("people:openings")).content.decode()
    assert "She fainted" in page
    assert rosa.record_number in page
    assert browser.post(reverse("people:review", args=[glass.id]), {"outcome": ""}).status_code == 422
    browser.post(reverse("people:review", args=[glass.id]), {"outcome": "needed", "remark": "Right."})
    assert Glass.objects.get().outcome == "needed"


def test_a_record_is_hidden_and_shown_again(rosa, users, now):
    officer, nurse = users[Role.PRIVACY_OFFICER], users[Role.NURSE]
    act = {"sought": Sought(rosa.record_number), "by": officer, "at": now}
    with pytest.raises(BadInput):
        guarding.hide(naming=Naming("colleague", ()), **act)
    with pytest.raises(NotAllowed):
        guarding.hide(naming=Naming("colleague", (nurse.id,)), **act | {"by": users[Role.DIRECTOR]})
    hidden = guarding.hide(naming=Naming("colleague", (nurse.id,)), **act)
    with pytest.raises(Refused):
        guarding.hide(naming=Naming("colleague", (nurse.id,)), **act)
    assert not Client.objects.visible_to(users[Role.DIRECTOR]).exists()
    assert Client.objects.visible_to(nurse).exists()
    with pytest.raises(Refused):
        guarding.unname(hidden_id=hidden.id, user_id=nurse.id, by=officer, at=now)
    guarding.name(hidden_id=hidden.id, user_id=users[Role.DIRECTOR].id, by=officer, at=now)
    guarding.unname(hidden_id=hidden.id, user_id=nurse.id, by=officer, at=now)
    assert Client.objects.visible_to(users[Role.DIRECTOR]).exists()
    guarding.show(hidden_id=hidden.id, by=officer, at=now)
    assert Client.objects.visible_to(nurse).exists()
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert verbs >= {"record.hide", "record.name", "record.unname", "record.show"}


def test_records_are_hidden_on_the_page(rosa, users, sign_in):
    browser = sign_in(Role.PRIVACY_OFFICER)
    typed = {"number": rosa.record_number, "why": "relative", "team": [str(users[Role.NURSE].id)]}
    assert browser.post(reverse("people:hidden"), typed | {"team": []}).status_code == 422
    assert browser.post(reverse("people:hidden"), typed | {"number": "DB-99999"}).status_code == 422
    assert browser.post(reverse("people:hidden"), typed).status_code == 302
    hidden = Hidden.objects.get()
    assert rosa.record_number in browser.get(reverse("people:hidden")).content.decode()
    browser.post(reverse("people:name", args=[hidden.id]), {"user": str(users[Role.INTAKE].id)})
    browser.post(reverse("people:unname", args=[hidden.id, users[Role.NURSE].id]))
    assert [one.user for one in hidden.team.all()] == [users[Role.INTAKE]]
    browser.post(reverse("people:show", args=[hidden.id]))
    assert not Hidden.objects.filter(ended_at=None).exists()


def test_a_colleague_covers_and_leaves(rosa, site, users, sign_in):
    colleague = factories.staff(site, user=users[Role.COUNSELOR])
    browser, page = sign_in(Role.INTAKE), reverse("people:team", args=[rosa.id])
    typed = {"staff": str(colleague.id), "role": "cover", "until": ""}
    assert browser.get(page).status_code == 200
    assert browser.post(reverse("people:join", args=[rosa.id]), typed).status_code == 409
    assert browser.post(reverse("people:join", args=[rosa.id]), {}).status_code == 422
    assert browser.post(reverse("people:join", args=[rosa.id]), typed | {"until": "2100-01-01"}).status_code == 302
    assert sign_in(Role.COUNSELOR).get(page).status_code == 200
    place = CareTeamMember.objects.get(staff=colleague)
    assert browser.post(reverse("people:leave", args=[rosa.id, place.id])).url == page
    assert sign_in(Role.COUNSELOR).get(page).status_code == 404


def test_the_team_is_changed_within_reach_only(rosa, site, users, now):
    colleague = factories.staff(site, user=users[Role.PEER])
    with pytest.raises(Client.DoesNotExist):
        guarding.join_team(client_id=rosa.id, joining=Joining(colleague.id, "peer"), by=users[Role.COUNSELOR], at=now)
    with pytest.raises(NotAllowed):
        guarding.join_team(client_id=rosa.id, joining=Joining(colleague.id, "peer"), by=users[Role.NURSE], at=now)
    assert guarding.colleagues(site_id=site.id, by=users[Role.NURSE]) == []
    assert users[Role.COUNSELOR].sites_with(Permission.TEAM_MANAGE)


@pytest.mark.parametrize("path", ["people:openings", "people:hidden"])
@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.COUNSELOR, Role.ADMINISTRATOR])
def test_guarding_is_the_privacy_officers(sign_in, path, role):
    assert sign_in(role).get(reverse(path)).status_code == 404


def test_the_pages_ask_as_often_for_many_as_for_one(rosa, by, users, sign_in, site, django_assert_max_num_queries):
    for number in range(20):
        factories.opened(rosa, by, datetime(2026, 3, 2, number, tzinfo=UTC))
        factories.hidden(factories.client(site), users[Role.NURSE], by)
    browser = sign_in(Role.PRIVACY_OFFICER)
    browser.get(reverse("people:openings"))
    for path in ("people:openings", "people:hidden"):
        with django_assert_max_num_queries(24):
            browser.get(reverse(path))
