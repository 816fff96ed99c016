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
from daybridge.scheduling.sentences import sentence


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


class DraftQuerySet(models.QuerySet["WeekDraft"]):
    """Drafts within reach."""

    def visible_to(self, by) -> "DraftQuerySet":
        """Drafts of the sites whose week `by` may change."""
        return self.filter(site__in=by.sites_with(Permission.WEEK_PLACE))


class WeekDraft(models.Model):
    """A week worked out and not yet in force, or one that was put in force: a whole week, a repair, or one move.

    `based_on` is the fingerprint of the week it was worked out from; `plan` says what becomes of sessions (`leads`,
    `rooms`, `times`, `off`, ids only), `was` what they were before; what becomes of people is in its lines.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    first = models.DateField()
    kind = models.CharField(max_length=10, default="week")
    state = models.CharField(max_length=10, default="solving")
    based_on = models.CharField(max_length=64)
    event = models.JSONField(default=dict)
    plan = models.JSONField(default=dict)
    was = models.JSONField(default=dict)
    figures = models.JSONField(default=dict)
    left_as = models.CharField(max_length=64, blank=True)
    job = models.UUIDField(null=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    watched_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["solving", "open", "published", "discarded", "stale", "undone"]),
                name="scheduling_draft_state_known",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["week", "repair", "move"]), name="scheduling_draft_kind_known"
            ),
            models.UniqueConstraint(
                fields=["site", "first"], condition=Q(kind="week", state="published"),
                name="scheduling_week_published_once",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["site", "first", "state"], name="scheduling_draft_week")]

    def __str__(self) -> str:
        return f"{self.kind} {self.first} {self.state}"


class DraftLine(models.Model):
    """One client's week in a draft: `now` as it would be, `was` as it is or was before; ids and instants only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    draft = models.ForeignKey(WeekDraft, models.CASCADE, related_name="lines")
    episode = models.ForeignKey(Episode, models.PROTECT, related_name="+")
    now = models.JSONField(default=dict)
    was = models.JSONField(default=dict)
    minutes = models.PositiveIntegerField(default=0)
    target_minutes = models.PositiveIntegerField(default=0)
    is_reached = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "episode"], name="scheduling_line_once")]

    def __str__(self) -> str:
        return str(self.id)


class Notice(models.Model):
    """What a client is told of a change to their week: one neutral sentence, made of `kind` and `facts` when read."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    episode = models.ForeignKey(Episode, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=16)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-at", "id")
        constraints = [models.CheckConstraint(condition=~Q(kind=""), name="scheduling_notice_has_kind")]
        indexes = [models.Index(fields=["episode", "at"], name="scheduling_notice_of")]

    def __str__(self) -> str:
        return self.kind

    @property
    def line(self) -> str:
        """The sentence, in the language of whoever reads."""
        return sentence(self.kind, self.facts)


class StaffNotice(models.Model):
    """What a staff member is told of a change to their week; names no client."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=16)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-at", "id")
        constraints = [models.CheckConstraint(condition=~Q(kind=""), name="scheduling_told_has_kind")]
        indexes = [models.Index(fields=["staff", "at"], name="scheduling_told_of")]

    def __str__(self) -> str:
        return self.kind

    @property
    def line(self) -> str:
        """The sentence, in the language of whoever reads."""
        return sentence(self.kind, self.facts)
