"""Registers the room with Django, and listens to what allauth tells."""

from django.apps import AppConfig


class Access(AppConfig):
    name = "daybridge.access"
    label = "access"

    def ready(self) -> None:
        from daybridge.access import events

        events.listen()
