"""The roll: who was in the room, to the minute."""

from django.db import models
from django.db.models import Q

from daybridge.access.rules import Permission
from daybridge.episodes.models import Episode
from daybridge.kit.ids import new_id
from daybridge.people import reach
from daybridge.scheduling.models import Session


class RollQuerySet(models.QuerySet["RollLine"]):
    """Lines of the roll within reach."""

    def visible_to(self, by) -> "RollQuerySet":
        return self.filter(
            reach.clients_within(by, Permission.ROLL_SEE, "episode__client", site="session__site", also=reach.led(by))
        )


class RollLine(models.Model):
    """One client in one session: the evidence behind a credited hour."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    session = models.ForeignKey(Session, models.PROTECT, related_name="roll")
    episode = models.ForeignKey(Episode, models.PROTECT, related_name="roll")
    mark = models.CharField(max_length=10, default="expected")
    arrived_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    is_online = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True)
    credited_minutes = models.PositiveSmallIntegerField(default=0)

    objects = RollQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "episode"], name="attendance_one_line_per_client"),
            models.CheckConstraint(
                condition=~Q(mark__in=["present", "left"]) | Q(arrived_at__isnull=False),
                name="attendance_arrival_known",
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=models.F("arrived_at")),
                name="attendance_left_after_arrival",
            ),
            models.CheckConstraint(
                condition=Q(mark__in=["present", "left"]) | Q(credited_minutes=0),
                name="attendance_credit_needs_presence",
            ),
        ]
        indexes = [models.Index(fields=["episode", "mark"], name="attendance_by_episode")]

    def __str__(self) -> str:
        return self.mark


class Figure(models.Model):
    """A drawn figure under the hash of what it shows; empty until the job worker has drawn it. Sums only, no client."""

    hash = models.CharField(primary_key=True, max_length=64)
    spec = models.JSONField()
    title = models.CharField(max_length=200)
    description = models.CharField(max_length=1000)
    svg = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(svg="", made_at__isnull=True) | ~Q(svg="") & Q(made_at__isnull=False),
                name="attendance_figure_is_drawn_or_not",
            )
        ]

    def __str__(self) -> str:
        return self.hash[:12]
