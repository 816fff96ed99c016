"""The treatment plan, the weekly prescription the schedule must meet, and the life it must fit around."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from daybridge.access.rules import Permission
from daybridge.episodes.models import Episode
from daybridge.kit.ids import new_id
from daybridge.people import reach


class PlanQuerySet(models.QuerySet["TreatmentPlan"]):
    """Plans within reach."""

    def visible_to(self, by) -> "PlanQuerySet":
        return self.filter(reach.clients_within(by, Permission.PLAN_SEE, "episode__client", site="episode__site"))

    def active(self) -> "PlanQuerySet":
        return self.filter(status="active")


class TreatmentPlan(models.Model):
    """One version of a plan; a signed one is never edited, the next version supersedes it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    episode = models.ForeignKey(Episode, models.PROTECT, related_name="plans")
    number = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, default="draft")
    weekly_minutes = models.PositiveSmallIntegerField(default=540)
    days_min = models.PositiveSmallIntegerField(default=3)
    days_max = models.PositiveSmallIntegerField(default=5)
    rulebook = models.CharField(max_length=60)
    review_on = models.DateField(null=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=["episode", "number"], name="plans_plan_version_once"),
            models.UniqueConstraint(fields=["episode"], condition=Q(status="active"), name="plans_plan_one_active"),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "in-review"]) | Q(signed_by__isnull=False, signed_at__isnull=False),
                name="plans_plan_active_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(days_min__gte=1, days_min__lte=models.F("days_max"), days_max__lte=7),
                name="plans_plan_days_make_sense",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.status}"


class Mix(models.Model):
    """How much of one kind of service a week the plan asks for."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(TreatmentPlan, models.PROTECT, related_name="mix")
    kind = models.CharField(max_length=12)
    minutes = models.PositiveSmallIntegerField()
    sessions = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "kind"], name="plans_mix_kind_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.minutes}"


class Goal(models.Model):
    """What the client wants, in the client's words, with what to do about it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(TreatmentPlan, models.PROTECT, related_name="goals")
    place = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=300)
    short = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("place",)

    def __str__(self) -> str:
        return str(self.id)


class Objective(models.Model):
    """A measurable step toward a goal."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="objectives")
    place = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    target_on = models.DateField(null=True)
    status = models.CharField(max_length=12, default="open")

    class Meta:
        ordering = ("place",)

    def __str__(self) -> str:
        return str(self.id)


class Commitment(models.Model):
    """A weekly stretch the client cannot come, or would rather not: job, school, child care, transport, court."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    episode = models.ForeignKey(Episode, models.PROTECT, related_name="commitments")
    kind = models.CharField(max_length=12)
    firmness = models.CharField(max_length=4, default="hard")
    weekday = models.PositiveSmallIntegerField()
    start_minute = models.PositiveSmallIntegerField()
    end_minute = models.PositiveSmallIntegerField()
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        ordering = ("weekday", "start_minute")
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__lte=6, start_minute__lt=models.F("end_minute"), end_minute__lte=1440),
                name="plans_commitment_makes_sense",
            ),
            models.CheckConstraint(condition=Q(firmness__in=["hard", "soft"]), name="plans_commitment_firmness_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.weekday}"


class Travel(models.Model):
    """How far a client comes, one way, and whether a session by video is possible for them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    episode = models.ForeignKey(Episode, models.PROTECT, related_name="travels")
    minutes_each_way = models.PositiveSmallIntegerField(default=0)
    can_telehealth = models.BooleanField(default=False)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        ordering = ("since",)
        constraints = [
            models.CheckConstraint(condition=Q(minutes_each_way__lt=1440), name="plans_travel_within_a_day"),
            models.UniqueConstraint(fields=["episode"], condition=Q(until=None), name="plans_travel_one_goes_on"),
        ]

    def __str__(self) -> str:
        return f"{self.minutes_each_way}"


class Said(models.Model):
    """A week as somebody told it, from which day on; it waits on Today until a counselor has looked at it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    episode = models.ForeignKey(Episode, models.PROTECT, related_name="said")
    since = models.DateField()
    said_at = models.DateTimeField()
    said_by = models.CharField(max_length=60)
    voice = models.CharField(max_length=6)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-said_at",)
        constraints = [
            models.CheckConstraint(condition=Q(voice__in=["client", "staff"]), name="plans_said_voice_known"),
            models.CheckConstraint(
                condition=Q(seen_at=None, seen_by=None) | Q(seen_at__isnull=False, seen_by__isnull=False),
                name="plans_said_seen_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["episode", "seen_at"], name="plans_said_waiting")]

    def __str__(self) -> str:
        return f"{self.voice} {self.since}"
