"""Sessions in the week, and who is booked into them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from daybridge.access.models import Site
from daybridge.access.rules import Permission
from daybridge.episodes.models import Episode
from daybridge.kit.ids import new_id
from daybridge.people.models import Staff
from daybridge.program.models import Room, Topic, Track, WeeklyGroup


class SessionQuerySet(models.QuerySet["Session"]):
    """Sessions within reach."""

    def visible_to(self, by) -> "SessionQuerySet":
        """Sessions of the sites where `by` may see the week or the roll."""
        return self.filter(site__in=by.sites_with(Permission.WEEK_SEE) | by.sites_with(Permission.ROLL_SEE))

    def standing(self) -> "SessionQuerySet":
        return self.exclude(status="cancelled")


class Session(models.Model):
    """One meeting: a group or an individual appointment, with a place, a time and somebody who leads it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    title = models.CharField(max_length=100)
    track = models.ForeignKey(Track, models.PROTECT, null=True, related_name="+")
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, related_name="+")
    group = models.ForeignKey(WeeklyGroup, models.PROTECT, null=True, related_name="sessions")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    room = models.ForeignKey(Room, models.PROTECT, related_name="+")
    lead = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    seats = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=12, default="planned")
    opened_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ("starts_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")), name="scheduling_session_has_length"
            ),
            models.CheckConstraint(condition=Q(seats__gte=1), name="scheduling_session_has_a_seat"),
            models.UniqueConstraint(
                fields=["group", "starts_at"], condition=~Q(status="cancelled"), name="scheduling_group_meets_once"
            ),
            models.UniqueConstraint(
                fields=["room", "starts_at"], condition=~Q(status="cancelled"), name="scheduling_room_starts_once"
            ),
            models.UniqueConstraint(
                fields=["lead", "starts_at"], condition=~Q(status="cancelled"), name="scheduling_lead_starts_once"
            ),
        ]
        indexes = [
            models.Index(fields=["site", "starts_at"], name="scheduling_site_week"),
            models.Index(fields=["lead", "starts_at"], name="scheduling_lead_week"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


class Booking(models.Model):
    """A client's seat in a session."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    session = models.ForeignKey(Session, models.PROTECT, related_name="bookings")
    episode = models.ForeignKey(Episode, models.PROTECT, related_name="bookings")
    status = models.CharField(max_length=10, default="booked")
    booked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    booked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "episode"], name="scheduling_booking_once")]
        indexes = [models.Index(fields=["episode", "status"], name="scheduling_booking_episode")]

    def __str__(self) -> str:
        return self.status
