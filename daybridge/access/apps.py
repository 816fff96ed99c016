"""Registers the room with Django, listens to what allauth tells, and makes the second lock after migrations."""

from django.apps import AppConfig


class Access(AppConfig):
    name = "daybridge.access"
    label = "access"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from daybridge.access import events
        from daybridge.access.rowlock import policies

        events.listen()
        post_migrate.connect(policies.build, sender=self, dispatch_uid="rowlock")
