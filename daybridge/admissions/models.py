"""Referrals, the packets they came in, and how they moved."""

from django.db import models
from django.db.models import Q

from daybridge.access.models import Site
from daybridge.access.rules import Permission
from daybridge.kit.ids import new_id
from daybridge.people import reach
from daybridge.people.models import Client, Staff
from daybridge.vault import SealedField


class Packet(models.Model):
    """A referral packet as it arrived, unchanged and sealed: the evidence."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sha256 = models.CharField(max_length=64, unique=True)
    file_name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    content = SealedField("admissions.packet:{sha256}")
    received_at = models.DateTimeField()
    remarks = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.sha256[:12]


class ReferralQuerySet(models.QuerySet["Referral"]):
    """Referrals within reach."""

    def visible_to(self, by) -> "ReferralQuerySet":
        return self.filter(reach.clients_within(by, Permission.REFERRAL_SEE, "client", site="site"))

    def open(self) -> "ReferralQuerySet":
        return self.exclude(state__in=["admitted", "elsewhere", "declined", "unreachable"])


class Referral(models.Model):
    """One way of coming to us: from whom, when, why, and how far it has come."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, models.PROTECT, related_name="referrals")
    state = models.CharField(max_length=12, default="received")
    source = models.CharField(max_length=12)
    referrer = models.CharField(max_length=200, blank=True)
    concern = models.CharField(max_length=300, blank=True)
    packet = models.OneToOneField(Packet, models.PROTECT, null=True, related_name="referral")
    owner = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    first_call_at = models.DateTimeField()
    state_since = models.DateTimeField()
    next_on = models.DateTimeField(null=True)
    best_time = models.CharField(max_length=100, blank=True)
    may_leave_message = models.BooleanField(null=True)
    danger_at = models.DateTimeField(null=True)
    token = models.UUIDField(null=True, unique=True)
    version = models.PositiveIntegerField(default=1)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["site", "state", "first_call_at"], name="admissions_board"),
            models.Index(fields=["site", "state", "state_since"], name="admissions_lately"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(source__in=["packet", "form", "phone", "web"]), name="admissions_referral_source_known"
            )
        ]

    def __str__(self) -> str:
        return self.state


class ReferralEvent(models.Model):
    """A referral's history: from, to, by whom, when, why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="events")
    was = models.CharField(max_length=12, blank=True)
    now = models.CharField(max_length=12)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("at",)

    def __str__(self) -> str:
        return f"{self.was} to {self.now}"


class ContactAttempt(models.Model):
    """One try to reach the person, and how it went. `token` keeps a form posted twice from counting twice."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="contacts")
    result = models.CharField(max_length=12)
    remark = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    token = models.UUIDField(null=True, unique=True)

    class Meta:
        ordering = ("at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(result__in=["reached", "left-message", "no-answer"]), name="admissions_contact_result_known"
            )
        ]

    def __str__(self) -> str:
        return self.result


class PacketItem(models.Model):
    """One fact a packet brought: a condition, medication, allergy, coverage or encounter."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="items")
    kind = models.CharField(max_length=12)
    system = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=40, blank=True)
    text = models.CharField(max_length=300)
    category = models.CharField(max_length=20, blank=True)
    start = models.DateField(null=True)
    end = models.DateField(null=True)

    class Meta:
        ordering = ("kind", "-start", "text")

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"


class Screen(models.Model):
    """The phone screen: one short form, once per referral."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    referral = models.OneToOneField(Referral, models.PROTECT, related_name="screen")
    answers = models.JSONField()
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class PossibleMatch(models.Model):
    """Two records that may be one person; a human joins them or says they are two people."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="matches")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    facts = models.JSONField()
    state = models.CharField(max_length=10, default="open")
    decided_by = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["referral", "client"], name="admissions_match_once"),
            models.CheckConstraint(condition=Q(state__in=["open", "joined", "apart"]), name="admissions_match_state"),
        ]

    def __str__(self) -> str:
        return self.state
