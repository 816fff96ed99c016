"""The client's own choice of reminders, and the calendar they make for themselves."""

import pytest
from django.urls import reverse

from daybridge.people.tests import factories as people
from daybridge.portal.tests.test_client import phone, rosa  # noqa: F401
from daybridge.reminders.models import Feed, Wish

pytestmark = pytest.mark.django_db


def test_a_way_is_chosen_and_only_those_we_can_use_are_offered(phone, rosa):  # noqa: F811
    page = phone.get(reverse("portal:reminders")).content.decode()
    assert "Do not remind me" in page
    assert "By text" in page
    rosa.phones.all().delete()
    assert "By text" not in phone.get(reverse("portal:reminders")).content.decode()
    people.phone(rosa)
    asked = {"way": "text", "language": "es"}
    assert phone.post(reverse("portal:reminder_wish"), asked).url == reverse("portal:reminders")
    assert (Wish.objects.get().way, Wish.objects.get().language) == ("text", "es")
    assert phone.post(reverse("portal:reminder_wish"), {"language": "es"}).status_code == 422


def test_a_calendar_address_is_shown_once_and_stopped_with_one_tap(phone, rosa):  # noqa: F811
    phone.post(reverse("portal:calendar_give"))
    assert "/calendar/" in phone.get(reverse("portal:reminders")).content.decode()
    assert ".ics" not in phone.get(reverse("portal:reminders")).content.decode()
    feed = Feed.objects.get()
    assert feed.client_id == rosa.id
    phone.post(reverse("portal:calendar_end", args=[feed.id]))
    assert Feed.objects.get().ended_at
    assert phone.post(reverse("portal:calendar_end", args=[feed.id])).status_code == 404
