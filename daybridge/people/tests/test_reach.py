"""Whom each role reaches: own clients, whole sites, hidden records, broken glass, an auditor's days."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from daybridge.access.gates import Guest, System, may
from daybridge.access.models import Membership
from daybridge.access.rules import Permission, Role
from daybridge.access.tests import factories as access
from daybridge.asking import prepared
from daybridge.episodes.models import Episode
from daybridge.episodes.tests import factories as episodes
from daybridge.people import reach
from daybridge.people.models import Client
from daybridge.people.tests import factories

pytestmark = pytest.mark.django_db
WHOLE = {Role.DIRECTOR, Role.INTAKE, Role.NURSE, Role.BILLER, Role.FRONT_DESK}
OWN = {Role.COUNSELOR, Role.CASE_MANAGER, Role.PEER, Role.TRAINEE}


@prepared
def within(shape):
    return Client.objects.filter(shape.of())


def names(by, permission=Permission.CLIENT_LIST):
    """Whom somebody reaches; asked as a query and as a prepared question, which must answer the same."""
    found = set(Client.objects.filter(reach.clients_within(by, permission)))
    assert set(within(reach.asking(by, permission))) == found
    return found


@pytest.fixture
def rosa(site):
    """A client somebody else cares for."""
    client = factories.client(site)
    factories.on_team(client, factories.staff(site))
    return client


@pytest.mark.parametrize("role", sorted(WHOLE | OWN))
def test_a_client_of_somebody_elses_is_in_reach_of_those_who_work_for_the_whole_site(users, rosa, role):
    assert (names(users[role]) == {rosa}) is (role in WHOLE)
    assert may(users[role], Permission.CLIENT_LIST, rosa) is (role in WHOLE)


@pytest.mark.parametrize("role", sorted(OWN))
def test_the_care_team_reaches_its_client_until_its_place_ends(users, site, rosa, role):
    place = factories.on_team(rosa, factories.staff(site, user=users[role]), role="nurse")
    assert names(users[role]) == {rosa}
    place.until = date(2026, 1, 6)
    place.save()
    assert names(users[role]) == set()


def test_who_covers_reaches_the_client_for_those_days_only(users, site, rosa):
    place = factories.on_team(rosa, factories.staff(site, user=users[Role.COUNSELOR]), role="cover")
    place.until = date(2026, 3, 9)
    place.save()
    with time_machine.travel(datetime(2026, 3, 8, 12, tzinfo=UTC)):
        assert names(users[Role.COUNSELOR]) == {rosa}
    with time_machine.travel(datetime(2026, 3, 9, 12, tzinfo=UTC)):
        assert names(users[Role.COUNSELOR]) == set()


@pytest.mark.parametrize(("role", "reached"), [(Role.COUNSELOR, True), (Role.CASE_MANAGER, True), (Role.PEER, False),
                                               (Role.TRAINEE, False)])  # fmt: skip
def test_whom_nobody_cares_for_yet_is_reached_by_who_works_on_the_way_in(users, site, role, reached):
    newcomer = factories.client(site)
    assert (names(users[role]) == {newcomer}) is reached
    assert may(users[role], Permission.CLIENT_LIST, newcomer) is reached


def test_another_site_is_out_of_reach_for_every_role(users, other_site):
    factories.client(other_site)
    assert [role for role in Role if names(users[role])] == []


@pytest.mark.parametrize("role", sorted(WHOLE | OWN))
def test_a_hidden_record_is_reached_by_its_named_team_only_care_team_or_not(users, site, role):
    client = factories.client(site)
    factories.on_team(client, factories.staff(site, user=users[role]))
    record = factories.hidden(client, access.user(Role.NURSE, site))
    assert names(users[role]) == set()
    assert not may(users[role], Permission.CLIENT_LIST, client)
    record.team.create(user=users[role])
    assert names(users[role]) == {client}
    assert may(users[role], Permission.CLIENT_LIST, client)


def test_being_named_gives_no_more_than_the_role_does(users, site):
    client = factories.client(site)
    factories.hidden(client, users[Role.FRONT_DESK])
    assert names(users[Role.FRONT_DESK]) == {client}
    assert names(users[Role.FRONT_DESK], Permission.CHART_READ) == set()


def test_a_broken_glass_opens_one_chart_for_its_time_and_nothing_that_writes(users, other_site):
    client, by = factories.client(other_site), users[Role.COUNSELOR]
    at = datetime(2026, 3, 2, 15, 30, tzinfo=UTC)
    factories.opened(client, by, at)
    with time_machine.travel(at + timedelta(minutes=59)):
        assert names(by, Permission.CHART_READ) == {client}
        assert names(by, Permission.NOTE_SEE) == names(by, Permission.PLAN_WRITE) == set()
        assert names(users[Role.NURSE], Permission.CHART_READ) == set()
    with time_machine.travel(at + timedelta(minutes=60)):
        assert names(by, Permission.CHART_READ) == set()


def test_an_auditor_reads_who_was_in_care_on_the_days_of_the_audit(site, users):
    inside, before, never = factories.client(site), factories.client(site), factories.client(site)
    episodes.episode(inside, admitted_on=date(2026, 2, 1))
    episodes.episode(before, admitted_on=date(2025, 1, 1), status="discharged", ended_on=date(2025, 12, 31))
    auditor = users[Role.AUDITOR]
    assert names(auditor) == {inside}
    assert set(Episode.objects.visible_to(auditor).values_list("client", flat=True)) == {inside.pk}
    assert not may(auditor, Permission.CHART_READ, never)
    assert may(auditor, Permission.CHART_READ, inside)


def test_an_auditor_may_be_held_to_fewer_permissions_and_ends(site, users):
    factories.client(site)
    Membership.objects.filter(role=Role.AUDITOR).update(permissions=[Permission.CONSENT_SEE])
    auditor = users[Role.AUDITOR]
    assert auditor.sites_with(Permission.CHART_READ) == frozenset()
    assert auditor.sites_with(Permission.CONSENT_SEE) == {site.id}
    Membership.objects.filter(role=Role.AUDITOR).update(until=date(2026, 3, 2))
    del auditor.held
    with time_machine.travel(datetime(2026, 3, 3, 3, tzinfo=UTC)):  # still the second of March in New York
        assert auditor.sites_with(Permission.CONSENT_SEE) == {site.id}
    del auditor.held
    with time_machine.travel(datetime(2026, 3, 3, 12, tzinfo=UTC)):
        assert [permission for permission in Permission if auditor.sites_with(permission)] == []


def test_a_guest_reaches_one_client_and_no_site(site):
    mine, other = factories.client(site), factories.client(site)
    guest = Guest(f"client:{mine.id}", mine.id, frozenset({Permission.CONSENT_SEE}))
    assert names(guest, Permission.CONSENT_SEE) == {mine}
    assert names(guest, Permission.CHART_READ) == set()
    assert guest.sites_with(Permission.CONSENT_SEE) == frozenset()
    assert may(guest, Permission.CONSENT_SEE, mine)
    assert not may(guest, Permission.CONSENT_SEE, other)


def test_the_program_itself_forgets_nobody(site):
    client = factories.client(site)
    factories.hidden(client)
    assert names(System("night", frozenset({Permission.CLIENT_LIST}))) == {client}


def test_reach_costs_one_question_in_a_request(users, rosa, django_assert_num_queries):
    from daybridge.access.reach import remembering

    by = users[Role.COUNSELOR]
    by.held  # noqa: B018
    with remembering(), django_assert_num_queries(1):
        for permission in (Permission.CLIENT_LIST, Permission.CHART_READ, Permission.PLAN_SEE):
            by.scope(permission)


def test_many_own_clients_are_reached_like_few(users, site):
    by, member = users[Role.COUNSELOR], factories.staff(site, user=users[Role.COUNSELOR])
    mine = {factories.client(site) for _ in range(14)}
    for client in mine:
        factories.on_team(client, member)
        episodes.episode(client)
    theirs = factories.client(site)
    factories.on_team(theirs, factories.staff(site))
    episodes.episode(theirs)
    assert names(by) == mine
    assert {stay.client for stay in Episode.objects.visible_to(by)} == mine
    secret = factories.client(site)
    for _ in range(14):
        factories.hidden(factories.client(site))
    factories.hidden(secret, by)
    assert secret in names(by)
    assert names(users[Role.DIRECTOR]) == mine | {theirs}
