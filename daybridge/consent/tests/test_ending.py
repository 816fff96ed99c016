"""How a consent ends: taken back, past its day, by what happened; and what is due."""

from datetime import date, timedelta

import pytest

from daybridge.access.gates import NIGHT_SHIFT
from daybridge.access.rules import Role
from daybridge.access.tests import factories as access
from daybridge.audit.models import Entry
from daybridge.consent import actions, gate, queries
from daybridge.consent.rules import Recipient, Request
from daybridge.consent.tests import factories
from daybridge.episodes import actions as episodes
from daybridge.episodes.rules import EpisodeState
from daybridge.kit.errors import IllegalMove, Refused
from daybridge.people.tests import factories as people

TO_MOTHER = Request(
    recipient=Recipient("person", "Ana Vega", "mother"), purpose="family", kinds=("presence",), what="x"
)


@pytest.fixture
def client(site):
    return people.client(site, given_name="Rosa", family_name="Delgado", birth_date=date(1990, 5, 1))


@pytest.fixture
def by(users):
    return users[Role.INTAKE]


def may_know(client, by, at):
    try:
        return gate.clear(client=client, request=TO_MOTHER, by=by, at=at).kinds == ("presence",)
    except Refused:
        return False


@pytest.mark.parametrize("how", ["spoken", "written"])
def test_taking_back_ends_it_at_once_and_says_how_it_was_asked(client, by, now, how):
    consent = factories.signed(client, "family", by=by, at=now)
    assert may_know(client, by, now)
    actions.revoke(consent_id=consent.id, reason="We quarreled", how=how, by=by, at=now)
    assert not may_know(client, by, now)
    event = factories.event(consent)
    assert (event.now, event.how, event.reason, event.by) == ("revoked", how, "We quarreled", by.actor)
    assert "quarreled" not in str(Entry.objects.get(verb="consent.revoke").data)


def test_one_tap_on_the_clients_own_phone_is_enough(client, by, now):
    consent = factories.signed(client, "family", by=by, at=now)
    ended = actions.revoke(consent_id=consent.id, reason="", how="tapped", by=factories.guest(client), at=now)
    assert (ended.status, ended.ended_at) == ("revoked", now)
    assert not may_know(client, by, now)


def test_where_only_writing_counts_a_spoken_wish_is_refused_with_a_way_on(client, by, now, monkeypatch):
    consent = factories.signed(client, "family", by=by, at=now)
    row = actions.ending.RULES.rows["CON-22"]
    strict = {
        **actions.ending.RULES.rows,
        "CON-22": type(row)(**{**{n: getattr(row, n) for n in row.__slots__}, "value": False}),
    }
    monkeypatch.setattr(actions.ending, "RULES", type(actions.ending.RULES)("consent", "test", strict))
    with pytest.raises(Refused, match="in writing"):
        actions.revoke(consent_id=consent.id, reason="", by=by, at=now)
    assert actions.revoke(consent_id=consent.id, reason="", how="written", by=by, at=now).status == "revoked"


def test_an_unknown_way_of_saying_it_is_refused(client, by, now):
    consent = factories.signed(client, "family", by=by, at=now)
    with pytest.raises(Refused, match="how it was asked"):
        actions.revoke(consent_id=consent.id, reason="", how="guessed", by=by, at=now)


def test_the_night_ends_what_is_past_its_last_day_at_its_site_and_only_once(client, by, now):
    consent = factories.signed(client, "family", by=by, at=now, ends="day", expires_on=now.date())
    late = now.replace(hour=23, minute=30) + timedelta(hours=3)  # next day in UTC, still the last day at the site
    assert actions.expire_due(by=NIGHT_SHIFT, at=late) == 0
    assert may_know(client, by, late)
    later = now + timedelta(days=1)
    assert not may_know(client, by, later), "the rules end it, whether the night has run or not"
    assert actions.expire_due(by=NIGHT_SHIFT, at=later) == 1
    assert actions.expire_due(by=NIGHT_SHIFT, at=later) == 0
    consent.refresh_from_db()
    assert (consent.status, factories.event(consent).how) == ("expired", "by date")
    with pytest.raises(IllegalMove):
        actions.revoke(consent_id=consent.id, reason="", by=by, at=later)


def test_a_clock_set_back_opens_nothing_that_has_ended(client, by, now):
    consent = factories.signed(client, "family", by=by, at=now, ends="day", expires_on=now.date())
    actions.expire_due(by=NIGHT_SHIFT, at=now + timedelta(days=2))
    assert not may_know(client, by, now)
    other = factories.signed(client, "family", by=by, at=now + timedelta(days=2))
    actions.revoke(consent_id=other.id, reason="", by=by, at=now + timedelta(days=2))
    assert not may_know(client, by, now + timedelta(days=2))
    assert consent.id != other.id


def test_what_it_waited_for_happens_and_ends_it(client, by, now):
    consent = factories.signed(client, "family", by=by, at=now, ends="event", event="I have a place to live")
    actions.happened(consent_id=consent.id, by=by, at=now)
    consent.refresh_from_db()
    assert (consent.status, factories.event(consent).how) == ("expired", "by event")
    dated = factories.signed(client, "family", by=by, at=now, ends="day", expires_on=now.date())
    with pytest.raises(Refused, match="does not wait"):
        actions.happened(consent_id=dated.id, by=by, at=now)


@pytest.mark.parametrize(("days", "is_due"), [(0, True), (30, True), (31, False)])
def test_renewals_are_due_thirty_days_before_the_last_day(client, by, now, days, is_due):
    factories.signed(client, "family", by=by, at=now, ends="day", expires_on=now.date() + timedelta(days=days))
    rows = queries.renewals_due(by=by, at=now)
    assert bool(rows) == is_due
    if rows:
        assert (rows[0].title, rows[0].days_left) == ("Rosa Delgado", days)
        assert "Ana Vega (mother)" in rows[0].reason
        assert str(client.id) in rows[0].url


def test_what_was_said_yes_to_anew_or_belongs_elsewhere_is_not_due(client, by, other_site, now):
    soon = now.date() + timedelta(days=5)
    factories.signed(client, "family", by=by, at=now, ends="day", expires_on=soon)
    assert queries.renewals_due(by=access.user(Role.DIRECTOR, other_site), at=now) == ()
    factories.signed(client, "family", by=by, at=now, ends="day", expires_on=soon + timedelta(days=300))
    assert queries.renewals_due(by=by, at=now) == ()


def test_renewals_cost_the_same_for_one_and_for_twenty(site, by, now, django_assert_max_num_queries):
    for _ in range(20):
        one = people.client(site, birth_date=date(1990, 5, 1))
        factories.signed(one, "family", by=by, at=now, ends="day", expires_on=now.date())
    with django_assert_max_num_queries(8):
        assert len(queries.renewals_due(by=by, at=now)) == 20


# A yes that ends with care


def leave(client, by, at):
    stay = client.episodes.open().get()
    return episodes.move(episode_id=stay.id, to=EpisodeState.DISCHARGED, reason="done", by=by, at=at)


def come(client, by, at):
    return episodes.open_episode(client_id=client.id, level="IOP", on=at.date(), by=by, at=at)


def test_leaving_ends_what_was_to_end_with_care_at_once_and_the_night_writes_it_down(client, by, now):
    come(client, by, now)
    with_care, dated = (factories.signed(client, form, by=by, at=now) for form in ("family", "part2-tpo"))
    leave(client, by, now + timedelta(hours=1))
    after = now + timedelta(hours=2)
    assert "has happened" in gate.weigh(client=client, request=TO_MOTHER, at=after).withheld[0].reason
    assert not may_know(client, by, now), "a clock set back opens nothing"
    shared = queries.shared(client_id=client.id, language="en", at=after, by=by)
    assert [line.form for line in shared.ended] == ["family"]
    assert actions.expire_due(by=NIGHT_SHIFT, at=after) == 0, "the day is not over: they may come back today"
    assert actions.expire_due(by=NIGHT_SHIFT, at=now + timedelta(days=1)) == 1
    assert actions.expire_due(by=NIGHT_SHIFT, at=now + timedelta(days=1)) == 0
    with_care.refresh_from_db()
    assert (with_care.status, factories.event(with_care).how) == ("expired", "by event")
    dated.refresh_from_db()
    assert dated.status == "active"


def test_another_level_of_care_on_the_same_day_is_no_end(client, by, now):
    come(client, by, now)
    factories.signed(client, "family", by=by, at=now)
    leave(client, by, now + timedelta(hours=1))
    come(client, by, now + timedelta(hours=2))
    assert may_know(client, by, now + timedelta(hours=3))
    assert actions.expire_due(by=NIGHT_SHIFT, at=now + timedelta(days=2)) == 0


def test_coming_back_later_does_not_bring_an_old_yes_back_and_a_new_one_holds(client, by, now):
    come(client, by, now)
    factories.signed(client, "family", by=by, at=now)
    leave(client, by, now + timedelta(hours=1))
    later = now + timedelta(days=40)
    come(client, by, later)
    assert not may_know(client, by, later)
    factories.signed(client, "family", by=by, at=later)
    assert may_know(client, by, later)


# A court that was promised a while (42 CFR 2.35)


def court(client, by, now, **changed):
    return factories.signed(client, "court-referral", by=by, at=now, **changed)


TO_COURT = Request(
    recipient=Recipient("authority", "County Probation"), purpose="referrer", kinds=("attendance", "notes"), what="x"
)


def test_until_the_day_it_was_promised_for_it_cannot_be_taken_back_and_then_it_can(client, by, now):
    day = now.date() + timedelta(days=30)
    ends = {"ends": "day", "expires_on": day + timedelta(days=30)}
    consent = court(client, by, now, revocable="day", revocable_on=day, **ends)
    with pytest.raises(Refused, match="cannot be taken back yet"):
        actions.revoke(consent_id=consent.id, reason="", how="tapped", by=factories.guest(client), at=now)
    line = queries.shared(client_id=client.id, language="en", at=now, by=by).stands[0]
    assert line.bound == f"Cannot be taken back before {day:%B} {day.day}, {day.year}."
    clearance = gate.clear(client=client, request=TO_COURT, by=by, at=now)
    assert clearance.kinds == ("attendance",)
    assert "only for official duties in that matter (42 CFR 2.35(d))" in clearance.scope[0]
    then = now + timedelta(days=30)
    assert queries.shared(client_id=client.id, language="es", at=then, by=by).stands[0].bound == ""
    assert actions.revoke(consent_id=consent.id, reason="", by=by, at=then).status == "revoked"


def test_when_the_case_is_decided_it_ends(client, by, now):
    consent = court(client, by, now)
    with pytest.raises(Refused, match="cannot be taken back yet"):
        actions.revoke(consent_id=consent.id, reason="", by=by, at=now + timedelta(days=400))
    assert "before my case is decided" in consent.text
    assert actions.happened(consent_id=consent.id, by=by, at=now).status == "expired"
    free = court(client, by, now, revocable="any")
    assert actions.revoke(consent_id=free.id, reason="", by=by, at=now).status == "revoked"


def test_what_is_different_about_it_is_told_before_signing(client, by, now):
    draft = factories.draft(client, "court-referral", by=by, at=now, language="es")
    page = queries.draft_page(consent_id=draft.id, language="es", at=now, by=by)
    assert page.bound == "No se puede retirar antes de que se decida el caso."
    assert any("No puedo retirar" in part.words for passage in page.sheet.passages for part in passage.parts)
