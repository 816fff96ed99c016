"""Registers the room with Django, and whose groups a user leads with `people`."""

from uuid import UUID

from django.apps import AppConfig
from django.db.models import F, QuerySet


class Scheduling(AppConfig):
    name = "daybridge.scheduling"
    label = "scheduling"

    def ready(self) -> None:
        from daybridge.people import reach

        reach.LED.append(self._led_by)

    def _led_by(self, user_id: UUID) -> QuerySet:
        """Seats in sessions the user leads, for a colleague too, from the booking until the note is signed."""
        seats = self.get_model("Booking").objects.filter(
            status="booked", session__lead__user=user_id, session__status__in=["planned", "open", "held"]
        )
        return seats.annotate(client_id=F("episode__client_id"))
