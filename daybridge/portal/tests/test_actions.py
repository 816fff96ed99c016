"""Giving, opening and closing pages."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from daybridge.access.rules import Role
from daybridge.access.tests import factories as access
from daybridge.audit.models import Entry
from daybridge.kit.errors import IllegalMove, NotAllowed, Refused
from daybridge.people.models import Client
from daybridge.people.tests import factories as people
from daybridge.portal import actions, links
from daybridge.portal.models import Pass
from daybridge.portal.rules import Phone
from daybridge.portal.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa(site):
    return people.client(site)


def token_of(link):
    return link.rstrip("/").rpartition("/")[2]


def enter(token, at):
    return actions.enter(token=token, phone=Phone.OWN, language="es", device="iPhone Safari", at=at)


def test_a_link_opens_one_page_once(rosa, director, now):
    one, link = actions.give_pass(client_id=rosa.id, by=director, at=now)
    found = enter(token_of(link), now)
    assert (found.id, found.device, found.language) == (one.id, "Safari on iPhone", "es")
    with pytest.raises(Refused, match="does not work"):
        enter(token_of(link), now)
    verbs = list(Entry.objects.filter(client_id=rosa.id).order_by("seq").values_list("verb", "actor"))
    assert verbs == [("pass.give", director.actor), ("pass.open", f"client:{rosa.id}")]


def test_only_the_fingerprint_of_a_link_is_kept(rosa, director, now):
    one, link = actions.give_pass(client_id=rosa.id, by=director, at=now)
    token = token_of(link)
    assert len(token) >= 43
    assert one.token_digest == links.fingerprint(token)
    assert token not in str(Pass.objects.values()) + str(list(Entry.objects.values()))


def test_wrong_used_expired_ended_and_unknown_links_get_one_sentence(rosa, director, now):
    used = token_of(actions.give_pass(client_id=rosa.id, by=director, at=now)[1])
    enter(used, now)
    ended, link = actions.give_pass(client_id=rosa.id, by=director, at=now)
    actions.end_pass(pass_id=ended.id, by=director, at=now)
    old = token_of(actions.give_pass(client_id=rosa.id, by=director, at=now - timedelta(days=4))[1])
    said = set()
    for token in (used, token_of(link), old, links.new_token(), "", "x" * 5000):
        with pytest.raises(Refused) as refused:
            enter(token, now)
        said.add(str(refused.value))
    assert said == {"This link does not work."}


def test_nobody_gives_a_page_out_of_reach(rosa, site, other_site, now):
    stranger, desk = access.user(Role.DIRECTOR, other_site), access.user(Role.FRONT_DESK, site)
    with pytest.raises(Client.DoesNotExist):
        actions.give_pass(client_id=rosa.id, by=stranger, at=now)
    with pytest.raises((Client.DoesNotExist, NotAllowed)):
        actions.give_pass(client_id=rosa.id, by=desk, at=now)
    assert not Pass.objects.exists()


def test_there_are_no_more_pages_than_phones(rosa, director, now):
    for _ in range(5):
        last, _link = actions.give_pass(client_id=rosa.id, by=director, at=now)
    with pytest.raises(Refused, match="enough pages"):
        actions.give_pass(client_id=rosa.id, by=director, at=now)
    actions.end_pass(pass_id=last.id, by=director, at=now)
    actions.give_pass(client_id=rosa.id, by=director, at=now)


def test_pages_that_lapsed_leave_room(rosa, director, now):
    for _ in range(5):
        factories.opened(rosa, by=director, at=now)
    later = now + timedelta(days=61)
    actions.give_pass(client_id=rosa.id, by=director, at=later)


def test_a_page_is_closed_once(rosa, director, now):
    one = factories.opened(rosa, by=director, at=now)
    actions.end_pass(pass_id=one.id, by=director, at=now)
    with pytest.raises(IllegalMove):
        actions.end_pass(pass_id=one.id, by=director, at=now)


def test_a_client_closes_their_own_page_and_no_other(rosa, director, site, now):
    one, other = (factories.opened(who, by=director, at=now) for who in (rosa, people.client(site)))
    with pytest.raises(Pass.DoesNotExist):
        actions.end_pass(pass_id=one.id, by=other.guest, at=now)
    ended = actions.end_pass(pass_id=one.id, by=one.guest, at=now)
    assert ended.ended_by == f"client:{rosa.id}"


def test_a_look_is_stamped_once_a_minute(rosa, director, now):
    one = factories.opened(rosa, by=director, at=now)
    for seconds, seen in ((30, 0), (60, 60)):
        at = now + timedelta(seconds=seconds)
        actions.see(pass_id=one.id, seen_at=now, at=at)
        one.refresh_from_db()
        assert one.seen_at == now + timedelta(seconds=seen)


def test_a_page_of_an_outsider_without_a_consent_cannot_be_kept(rosa, now):
    with pytest.raises(IntegrityError), transaction.atomic():
        Pass.objects.create(client=rosa, kind="outsider", token_digest="x", given_at=now, given_by="x", link_until=now)
