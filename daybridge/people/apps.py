"""Registers the room with Django, and its knowledge of care teams with `access`."""

from django.apps import AppConfig


class People(AppConfig):
    name = "daybridge.people"
    label = "people"

    def ready(self) -> None:
        from daybridge.people import reach

        reach.register()
