"""Staff: what they are, which credentials they hold, when they work and when they are away; care teams."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from daybridge.access.models import Site, User
from daybridge.kit.ids import new_id
from daybridge.people.models.clients import Client
from daybridge.people.rules import LEAVES, Held


class Staff(models.Model):
    """What a user is in the clinic: title, credential, languages, working hours."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="staff")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    title = models.CharField(max_length=100, blank=True)
    credential = models.CharField(max_length=20, blank=True)
    credential_until = models.DateField(null=True)
    languages = models.JSONField(default=list)
    gender = models.CharField(max_length=10, blank=True)
    caseload_max = models.PositiveSmallIntegerField(default=20)
    supervisor = models.ForeignKey("self", models.PROTECT, null=True, related_name="supervised")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(supervisor=models.F("id")), name="people_staff_not_own_supervisor"),
            models.CheckConstraint(
                condition=Q(gender__in=["", "female", "male", "other"]), name="people_staff_gender_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def name(self) -> str:
        return self.user.name

    @property
    def signature(self) -> str:
        """Name and credential as they stand under a note: "Priya Raman, LPC"."""
        return f"{self.user.name}, {self.credential}" if self.credential else self.user.name

    @property
    def held(self) -> tuple[Held, ...]:
        """All credentials with their last days; prefetch "credentials" before asking many."""
        rows = {one.kind: Held(one.kind, one.expires_on) for one in self.credentials.all()}
        if self.credential:
            rows.setdefault(self.credential, Held(self.credential, self.credential_until))
        return tuple(rows.values())


class Credential(models.Model):
    """A license or certificate a state or board gave a member of staff; one of them is the one they sign with."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="credentials")
    kind = models.CharField(max_length=20)
    number = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=2, blank=True)
    issued_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)

    class Meta:
        ordering = ("kind", "state")
        constraints = [
            models.UniqueConstraint(fields=["staff", "kind"], name="people_credential_once"),
            models.CheckConstraint(condition=~Q(kind=""), name="people_credential_is_named"),
            models.CheckConstraint(
                condition=Q(issued_on=None) | Q(expires_on=None) | Q(issued_on__lte=models.F("expires_on")),
                name="people_credential_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class WorkingHours(models.Model):
    """A weekly stretch in which a staff member works; minutes after local midnight, half-open."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="hours")
    weekday = models.PositiveSmallIntegerField()
    start_minute = models.PositiveSmallIntegerField()
    end_minute = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("weekday", "start_minute")
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__lte=6, start_minute__lt=models.F("end_minute"), end_minute__lte=1440),
                name="people_hours_make_sense",
            )
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.start_minute}-{self.end_minute}"


class Leave(models.Model):
    """A stretch in which a member of staff is away, and who said so; why is for them and their director."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="leaves")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    kind = models.CharField(max_length=10)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("starts_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=models.F("ends_at")), name="people_leave_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(kind__in=list(LEAVES)), name="people_leave_kind_known"),
        ]
        indexes = [models.Index(fields=["staff", "ends_at"], name="people_leave_of_staff")]

    def __str__(self) -> str:
        return str(self.id)


class StandIn(models.Model):
    """Somebody the director named to step in for a colleague."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="steps_in")
    stands_in_for = models.ForeignKey(Staff, models.PROTECT, related_name="stand_ins")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["staff", "stands_in_for"], name="people_stand_in_once"),
            models.CheckConstraint(condition=~Q(staff=models.F("stands_in_for")), name="people_stand_in_for_another"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class CareTeamMember(models.Model):
    """Who cares for a client, as what, from when to when."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="care_team")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="caseload")
    role = models.CharField(max_length=30)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client"],
                condition=Q(role="primary counselor", until=None),
                name="people_team_one_primary_counselor",
            )
        ]

    def __str__(self) -> str:
        return self.role


def signer(user: User) -> str:
    """The name and credential a user signs with."""
    staff = Staff.objects.filter(user=user).select_related("user").first()
    return staff.signature if staff else user.name
