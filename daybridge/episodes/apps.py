"""Registers the room with Django, who was in care when with `people`, and when somebody's time here ended with
`consent`."""

from datetime import date
from typing import Any

from django.apps import AppConfig
from django.db.models import Exists, OuterRef, Q, QuerySet


class Episodes(AppConfig):
    name = "daybridge.episodes"
    label = "episodes"

    def ready(self) -> None:
        from daybridge.consent import columns, happenings
        from daybridge.people import reach

        reach.IN_CARE.append(self._in_care)
        happenings.CAME_TRUE[columns.DISCHARGE] = self._discharged

    def _in_care(self, client: str, first: date, last: date) -> Q:
        """Clients with a stay on one of these days; `client` is the path to them."""
        stays = self.get_model("Episode").objects.filter(client=OuterRef(client), admitted_on__lte=last)
        return Q(Exists(stays.filter(Q(ended_on=None) | Q(ended_on__gte=first))))

    def _discharged(self, client: Any) -> QuerySet:
        """When a client's time here ended, newest first; moving to another level of care by that day is no end."""
        goes_on = Q(ended_on=None) | Q(ended_on__gt=OuterRef("episode__ended_on"))
        another = self.get_model("Episode").objects.filter(
            goes_on, client=OuterRef("episode__client"), admitted_on__lte=OuterRef("episode__ended_on")
        ).exclude(pk=OuterRef("episode"))  # fmt: skip
        ends = self.get_model("EpisodeEvent").objects.filter(episode__client=client, now="discharged")
        return ends.exclude(Exists(another)).order_by("-at").values("at")
