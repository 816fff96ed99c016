"""Registers the room with Django."""

from django.apps import AppConfig


class Jobs(AppConfig):
    name = "daybridge.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Two handlers of the queue's own events; django-q2 has no other way in."""
        from django_q.signals import post_execute_in_worker, pre_execute

        from daybridge.jobs import handlers

        pre_execute.connect(handlers.hold, dispatch_uid="daybridge.jobs.hold")
        post_execute_in_worker.connect(handlers.come_back, dispatch_uid="daybridge.jobs.come_back")
