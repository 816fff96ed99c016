"""Reminders that go out once, changes that are told, calendars behind secret addresses."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from daybridge.access.gates import Guest
from daybridge.access.rules import Permission, Role
from daybridge.access.tests import factories as access
from daybridge.consent.models import Disclosure
from daybridge.episodes.tests import factories as episodes
from daybridge.kit.errors import Refused
from daybridge.people.models import Client
from daybridge.people.tests import factories as people
from daybridge.reminders import actions
from daybridge.reminders.models import Feed, Message, Wish
from daybridge.reminders.rules import Way
from daybridge.reminders.tests import factories
from daybridge.scheduling.models import Notice
from daybridge.scheduling.tests import factories as scheduling

STARTS = datetime(2026, 3, 4, 23, tzinfo=UTC)  # Wednesday 6 pm in New York
DAY_BEFORE = STARTS - timedelta(hours=24)


@pytest.fixture
def booked(site):
    """Somebody with an e-mail address and a session on Wednesday at 6 pm, booked on Sunday."""
    client = people.client(site, email="rosa@example.org")
    session = scheduling.session(people.staff(site), starts_at=STARTS)
    return scheduling.booking(session, episodes.episode(client))


@pytest.fixture
def texts(settings, tmp_path):
    settings.HOME = tmp_path
    return tmp_path / "texts"


@pytest.mark.django_db
def test_a_reminder_goes_out_a_day_and_two_hours_before_and_never_twice(booked, mailoutbox):
    factories.wish(booked.episode.client)
    assert actions.deliver(at=DAY_BEFORE - timedelta(minutes=1)) == 0
    for at in (DAY_BEFORE, DAY_BEFORE + timedelta(minutes=5), STARTS - timedelta(hours=2), STARTS):
        actions.deliver(at=at)
    assert [one.to for one in mailoutbox] == [["rosa@example.org"]] * 2
    assert mailoutbox[0].subject == "Your appointment"
    assert mailoutbox[0].body.startswith("You have an appointment tomorrow at 6:00 PM.")
    assert mailoutbox[1].body.startswith("You have an appointment today at 6:00 PM.")
    assert "Relapse" not in mailoutbox[0].body
    assert Disclosure.objects.filter(client=booked.episode.client, what="a reminder").count() == 2


@pytest.mark.django_db
def test_nobody_is_written_to_who_did_not_ask_for_it(booked, mailoutbox):
    factories.wish(booked.episode.client, way="off")
    assert actions.deliver(at=DAY_BEFORE) == 0
    assert not mailoutbox
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_a_text_is_laid_into_the_folder_in_the_chosen_language(booked, texts):
    people.phone(booked.episode.client, "+15555550177")
    factories.wish(booked.episode.client, way="text", language="es")
    actions.deliver(at=DAY_BEFORE)
    sheet = json.loads(next(texts.iterdir()).read_text())
    assert sheet["to"] == "+15555550177"
    assert sheet["text"].startswith("Tiene una cita mañana")


@pytest.mark.django_db
def test_what_was_called_off_meanwhile_is_not_reminded_of(booked, mailoutbox):
    client = booked.episode.client
    factories.wish(client)
    factories.message(client, about=booked.id, due_at=DAY_BEFORE)
    booked.status = "released"
    booked.save()
    assert actions.deliver(at=DAY_BEFORE) == 0
    assert Message.objects.get().state == "failed"
    assert not mailoutbox


@pytest.mark.django_db
def test_a_change_nobody_looked_at_is_told_once_and_not_at_night(booked, mailoutbox):
    factories.wish(booked.episode.client)
    night = datetime(2026, 3, 2, 4, tzinfo=UTC)  # Sunday 11 pm
    Notice.objects.create(
        episode=booked.episode, kind="moved", facts={"was": "2026-03-04T17:00", "when": "2026-03-04T18:00"}, at=night
    )
    actions.deliver(at=night)
    assert not mailoutbox
    for hours in (12, 13):
        actions.deliver(at=night + timedelta(hours=hours))
    assert len(mailoutbox) == 1
    assert mailoutbox[0].body.startswith("Your time on Wed")


@pytest.mark.django_db
def test_a_client_chooses_the_way_and_only_one_we_have_an_address_for(booked):
    client = booked.episode.client
    guest = Guest(f"client:{client.id}", client.id, frozenset({Permission.CLIENT_LIST, Permission.PHONE_ACCESS_GIVE}))
    asked = {"client_id": client.id, "language": "es", "by": guest, "at": DAY_BEFORE}
    actions.wish(**asked, way=Way.EMAIL)
    assert Wish.objects.get().language == "es"
    with pytest.raises(Refused):
        actions.wish(**asked, way=Way.TEXT)
    actions.wish(**asked, way=Way.OFF)
    assert Wish.objects.get().way == "off"


@pytest.mark.django_db
def test_a_clients_calendar_says_nothing_of_care_and_ends_when_it_is_ended(booked, users, client, time_machine):
    time_machine.move_to(DAY_BEFORE, tick=False)
    someone = booked.episode.client
    made, link = actions.give_feed(client_id=someone.id, language="en", by=users["director"], at=DAY_BEFORE)
    path = link[link.index("/calendar") :]
    answer = client.get(path)
    page = answer.content.decode()
    assert answer["Content-Type"].startswith("text/calendar")
    assert f"UID:{booked.session_id}@daybridge" in page
    assert "SUMMARY:Appointment" in page
    assert "Relapse" not in page
    assert client.get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert Disclosure.objects.filter(client=someone, what="the week in a calendar").count() == 1
    actions.end_feed(feed_id=made.id, by=users["director"], at=DAY_BEFORE)
    assert client.get(path).status_code == 404
    assert client.get(reverse("reminders:feed", args=["x" * 43])).status_code == 404


@pytest.mark.django_db
def test_staff_subscribe_to_their_own_sessions_without_clients(booked, users, sign_in, time_machine):
    time_machine.move_to(DAY_BEFORE, tick=False)
    people.staff(booked.session.site, user=users["counselor"])
    browser = sign_in("counselor")
    browser.post(reverse("reminders:give"))
    assert "It is shown only now" in browser.get(reverse("reminders:mine")).content.decode()
    assert "It is shown only now" not in browser.get(reverse("reminders:mine")).content.decode()
    browser.post(reverse("reminders:end", args=[Feed.objects.get().id]))
    assert Feed.objects.get().ended_at


@pytest.mark.django_db
def test_the_feed_of_a_lead_shows_what_and_where_and_ends_with_the_account(booked, client, time_machine):
    time_machine.move_to(DAY_BEFORE, tick=False)
    lead = booked.session.lead
    _made, link = actions.give_own_feed(by=lead.user, at=DAY_BEFORE)
    path = link[link.index("/calendar") :]
    page = client.get(path).content.decode()
    assert "SUMMARY:Relapse Prevention" in page
    assert booked.episode.client.given_name not in page
    lead.user.is_active = False
    lead.user.save()
    assert client.get(path).status_code == 404


@pytest.mark.django_db
def test_another_site_gives_and_ends_no_address(booked, other_site):
    someone = booked.episode.client
    made, stranger = factories.feed(someone), access.user(Role.DIRECTOR, other_site)
    with pytest.raises(Feed.DoesNotExist):
        actions.end_feed(feed_id=made.id, by=stranger, at=DAY_BEFORE)
    with pytest.raises(Client.DoesNotExist):
        actions.give_feed(client_id=someone.id, language="en", by=stranger, at=DAY_BEFORE)
