"""Plain makers for the tests of this room."""

from django.contrib.auth import get_user_model

from daybridge.ui.rules import Typed


def person(email: str = "priya@example.org"):
    return get_user_model().objects.create(email=email)


def typed(**fields: str) -> Typed:
    return Typed({name: [value] for name, value in fields.items()}, url="/notes/1/", title="Group note")
