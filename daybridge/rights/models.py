"""What people asked for and what was answered; breaches and who was told; the notice as it was given."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from daybridge.access.models import Site
from daybridge.access.rules import Permission
from daybridge.kit.ids import new_id
from daybridge.people import reach
from daybridge.people.models import Client, Document
from daybridge.rights.rules.breaches import TOLD, BreachState
from daybridge.rights.rules.requests import ANSWERS, OPEN, Kind, State
from daybridge.vault import SealedField


class RequestQuerySet(models.QuerySet["Request"]):
    """Requests within reach."""

    def visible_to(self, by) -> "RequestQuerySet":
        """Requests of people whose requests `by` may answer."""
        return self.filter(reach.clients_within(by, Permission.REQUEST_WORK, "client"))

    def taken_by(self, by) -> "RequestQuerySet":
        """Requests of people for whom `by` may take one in."""
        return self.filter(reach.clients_within(by, Permission.REQUEST_TAKE, "client"))

    def open(self) -> "RequestQuerySet":
        """Not answered yet, or answered and not handed over."""
        return self.filter(state__in=OPEN)


class Request(models.Model):
    """One thing a person asked for about their record, with its clock and its owner. What was said is sealed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="requests")
    kind = models.CharField(max_length=14, choices=[(kind, kind.value) for kind in Kind])
    state = models.CharField(max_length=10, default=State.RECEIVED)
    language = models.CharField(max_length=2, default="en")
    received_on = models.DateField()
    due_on = models.DateField()
    extended_on = models.DateField(null=True)
    asked = SealedField()
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    taken_by = models.CharField(max_length=60)
    taken_at = models.DateTimeField()
    ground = models.CharField(max_length=20, blank=True)
    answer = SealedField(default=bytes)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    disagreement = SealedField(default=bytes)
    token = models.UUIDField(null=True, unique=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "received_on", "id")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(Kind)), name="rights_request_kind_known"),
            models.CheckConstraint(condition=Q(state__in=list(State)), name="rights_request_state_known"),
            models.CheckConstraint(condition=Q(due_on__gt=models.F("received_on")), name="rights_request_due_later"),
            models.CheckConstraint(
                condition=~Q(state__in=[*ANSWERS, State.DELIVERED, State.CLOSED])
                | Q(answered_by__isnull=False, answered_at__isnull=False),
                name="rights_request_answer_has_author",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="rights_request_by_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class RequestEvent(models.Model):
    """A request's history: from, to, by whom, when."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey(Request, models.PROTECT, related_name="events")
    was = models.CharField(max_length=10, blank=True)
    now = models.CharField(max_length=10)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    way = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.was} to {self.now}"


class ContactWish(models.Model):
    """How and where a person wants to be reached, agreed to on a request; where is sealed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="contact_wishes")
    request = models.OneToOneField(Request, models.PROTECT, related_name="wish")
    means = models.CharField(max_length=10)
    said = SealedField()
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client"], condition=Q(ended_at=None), name="rights_wish_one_in_force")
        ]

    def __str__(self) -> str:
        return self.means


class RecordPacket(models.Model):
    """A person's whole record as it was handed to them: pages to read and files for machines, both sealed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.OneToOneField(Request, models.PROTECT, related_name="packet")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    job_id = models.UUIDField(null=True)
    made_at = models.DateTimeField(null=True)
    pages = SealedField(default=bytes)
    files = SealedField(default=bytes)
    left_out = models.JSONField(default=list)
    counts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.id)


class BreachQuerySet(models.QuerySet["Breach"]):
    """Reports within reach."""

    def visible_to(self, by) -> "BreachQuerySet":
        return self.filter(site__in=by.sites_with(Permission.BREACH_WORK))


class Breach(models.Model):
    """Something that may have got out: what happened, how it was weighed, what came of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    state = models.CharField(max_length=15, default=BreachState.REPORTED)
    what = SealedField()
    happened_on = models.DateField(null=True)
    found_on = models.DateField()
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    ratings = models.JSONField(default=dict)
    weighed = SealedField(default=bytes)
    weighed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    weighed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    token = models.UUIDField(null=True, unique=True)

    objects = BreachQuerySet.as_manager()

    class Meta:
        ordering = ("-found_on", "-reported_at")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(BreachState)), name="rights_breach_state_known"),
            models.CheckConstraint(
                condition=Q(state="reported") | Q(weighed_by__isnull=False, weighed_at__isnull=False),
                name="rights_breach_weighed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.state


class BreachPerson(models.Model):
    """One person whose record a breach touched, and when they were told."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    breach = models.ForeignKey(Breach, models.PROTECT, related_name="people")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    told_at = models.DateTimeField(null=True)
    told_how = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["breach", "client"], name="rights_breach_person_once")]

    def __str__(self) -> str:
        return str(self.id)


class BreachNotice(models.Model):
    """Somebody else who was told of a breach: HHS, the press, the police."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    breach = models.ForeignKey(Breach, models.PROTECT, related_name="notices")
    whom = models.CharField(max_length=10)
    on = models.DateField()
    remark = models.CharField(max_length=200, blank=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        ordering = ("on", "at")
        constraints = [models.CheckConstraint(condition=Q(whom__in=TOLD), name="rights_breach_notice_to_known")]

    def __str__(self) -> str:
        return self.whom


class Letter(models.Model):
    """A letter to a person: its exact words, sealed, in their language; `given_at` when it was handed over."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="letters")
    request = models.ForeignKey(Request, models.PROTECT, null=True, related_name="letters")
    breach_person = models.OneToOneField(BreachPerson, models.PROTECT, null=True, related_name="letter")
    name = models.CharField(max_length=40)
    language = models.CharField(max_length=2)
    words = SealedField()
    written_at = models.DateTimeField()
    by = models.CharField(max_length=60)
    given_at = models.DateTimeField(null=True)
    given_how = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering = ("written_at", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(request__isnull=False, breach_person__isnull=True)
                | Q(request__isnull=True, breach_person__isnull=False),
                name="rights_letter_about_one_thing",
            )
        ]

    def __str__(self) -> str:
        return self.name


class NoticeGiven(models.Model):
    """The patient notice as one person got it: version, language, how, and their word that they got it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="notices_given")
    version = models.CharField(max_length=20)
    language = models.CharField(max_length=2)
    text_hash = models.CharField(max_length=64)
    how = models.CharField(max_length=10)
    given_at = models.DateTimeField()
    by = models.CharField(max_length=60)
    signer_name = models.CharField(max_length=200, blank=True)
    why_not = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-given_at",)
        constraints = [
            models.UniqueConstraint(fields=["client", "version"], name="rights_notice_version_once"),
            models.CheckConstraint(
                condition=Q(signer_name="", why_not__gt="") | Q(signer_name__gt="", why_not=""),
                name="rights_notice_acknowledged_or_why_not",
            ),
        ]

    def __str__(self) -> str:
        return self.version
