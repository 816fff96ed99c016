"""Registers the room with Django, and who was in care when with `people`."""

from datetime import date

from django.apps import AppConfig
from django.db.models import Exists, OuterRef, Q


class Episodes(AppConfig):
    name = "daybridge.episodes"
    label = "episodes"

    def ready(self) -> None:
        from daybridge.people import reach

        reach.IN_CARE.append(self._in_care)

    def _in_care(self, client: str, first: date, last: date) -> Q:
        """Clients with a stay on one of these days; `client` is the path to them."""
        stays = self.get_model("Episode").objects.filter(client=OuterRef(client), admitted_on__lte=last)
        return Q(Exists(stays.filter(Q(ended_on=None) | Q(ended_on__gte=first))))
