"""The spine: one stay at one level of care."""

from django.db import models
from django.db.models import Q

from daybridge.access.models import Site
from daybridge.access.rules import Permission
from daybridge.kit.ids import new_id
from daybridge.people import reach
from daybridge.people.models import Client


class EpisodeQuerySet(models.QuerySet["Episode"]):
    """Episodes within reach."""

    def visible_to(self, by) -> "EpisodeQuerySet":
        return self.filter(reach.clients_within(by, Permission.CLIENT_LIST, "client", site="site"))

    def open(self) -> "EpisodeQuerySet":
        """Pending, active or on leave."""
        return self.exclude(status="discharged")


class Episode(models.Model):
    """One stay at one level of care: opened by the way in, closed by the way on."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="episodes")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    level = models.CharField(max_length=10)
    status = models.CharField(max_length=12, default="pending")
    admitted_on = models.DateField()
    ended_on = models.DateField(null=True)

    objects = EpisodeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client"], condition=~Q(status="discharged"), name="episodes_one_open_per_client"
            ),
            models.CheckConstraint(
                condition=Q(status="discharged", ended_on__isnull=False)
                | ~Q(status="discharged") & Q(ended_on__isnull=True),
                name="episodes_end_known_when_discharged",
            ),
        ]
        indexes = [models.Index(fields=["site", "status"], name="episodes_by_site")]

    def __str__(self) -> str:
        return f"{self.level} {self.status}"


class EpisodeEvent(models.Model):
    """An episode's history: from, to, by whom, when, why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    episode = models.ForeignKey(Episode, models.PROTECT, related_name="events")
    was = models.CharField(max_length=12, blank=True)
    now = models.CharField(max_length=12)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("at",)

    def __str__(self) -> str:
        return f"{self.was} to {self.now}"
