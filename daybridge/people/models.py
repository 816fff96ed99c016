"""Clients and what identifies them; staff, their credentials and hours; care teams."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from daybridge.access.models import Site, User
from daybridge.access.rules import Permission
from daybridge.kit.ids import new_id
from daybridge.people import reach
from daybridge.people.rules import short_name
from daybridge.vault import SealedField


class ClientQuerySet(models.QuerySet["Client"]):
    """Clients within reach."""

    def visible_to(self, by) -> "ClientQuerySet":
        """Clients of the sites where `by` may see names."""
        return self.filter(reach.clients_within(by, Permission.CLIENT_LIST))

    def charts_of(self, by) -> "ClientQuerySet":
        """Clients whose chart `by` may open."""
        return self.filter(reach.clients_within(by, Permission.CHART_READ))

    def standing(self) -> "ClientQuerySet":
        """Records that were not joined into another."""
        return self.filter(merged_into=None)


class Client(models.Model):
    """A person who was referred to or is in care; the record outlives every episode."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    given_name = models.CharField(max_length=200)
    family_name = models.CharField(max_length=200, blank=True)
    preferred_name = models.CharField(max_length=200, blank=True)
    pronouns = models.CharField(max_length=40, blank=True)
    birth_date = models.DateField(null=True)
    sex = models.CharField(max_length=10, default="unknown")
    languages = models.JSONField(default=list)
    email = models.EmailField(blank=True)
    record_number = models.CharField(max_length=20, unique=True)
    name_key = models.CharField(max_length=400, db_index=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="joined")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    objects = ClientQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(given_name=""), name="people_client_is_named"),
            models.CheckConstraint(
                condition=Q(sex__in=["female", "male", "other", "unknown"]), name="people_client_sex_known"
            ),
            models.CheckConstraint(condition=~Q(merged_into=models.F("id")), name="people_client_not_own_copy"),
        ]
        indexes = [models.Index(fields=["birth_date", "name_key"], name="people_client_match")]

    def __str__(self) -> str:
        return self.record_number

    @property
    def called(self) -> str:
        """The name the person goes by."""
        return self.preferred_name or self.given_name

    @property
    def name(self) -> str:
        return f"{self.called} {self.family_name}".strip()

    @property
    def short(self) -> str:
        return short_name(self.called, self.family_name)


class RecordCounter(models.Model):
    """The last record number given out; locked while the next one is taken."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="people_record_counter_only_one")]

    def __str__(self) -> str:
        return str(self.last)


class Identifier(models.Model):
    """A number another institution gave; kept as a keyed fingerprint and, where harmless, readable."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="identifiers")
    system = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, blank=True)
    digest = models.CharField(max_length=64)
    shown = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "digest"], name="people_identifier_once")]
        indexes = [models.Index(fields=["digest"], name="people_identifier_match")]

    def __str__(self) -> str:
        return self.kind


class Address(models.Model):
    """Where a client lives or gets mail."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="addresses")
    line = models.CharField(max_length=300, blank=True)
    city = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=40, blank=True)
    postal_code = models.CharField(max_length=20, blank=True)

    def __str__(self) -> str:
        return str(self.id)


class Phone(models.Model):
    """A number to reach a client, in E.164 where it parses."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="phones")
    number = models.CharField(max_length=40)
    use = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "number"], name="people_phone_once")]

    def __str__(self) -> str:
        return str(self.id)


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

    def __str__(self) -> str:
        return str(self.id)

    @property
    def name(self) -> str:
        return self.user.name

    @property
    def signature(self) -> str:
        """Name and credential as they stand under a note: "Priya Raman, LPC"."""
        return f"{self.user.name}, {self.credential}" if self.credential else self.user.name


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


class Glass(models.Model):
    """One record opened in need by somebody out of whose reach it was; reviewed by the privacy officer."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="openings")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=20, blank=True)
    remark = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("-opened_at",)
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gte=models.F("opened_at")), name="people_glass_ends"),
            models.CheckConstraint(condition=~Q(reason=""), name="people_glass_has_reason"),
            models.CheckConstraint(
                condition=Q(reviewed_at=None, reviewed_by=None, outcome="")
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False) & ~Q(outcome=""),
                name="people_glass_review_complete",
            ),
        ]
        indexes = [models.Index(fields=["user", "ends_at"], name="people_glass_open")]

    def __str__(self) -> str:
        return str(self.id)


class Hidden(models.Model):
    """A record only a named team reaches: a colleague's, a relative's, a neighbor's."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="hidings")
    why = models.CharField(max_length=20)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-since",)
        constraints = [
            models.UniqueConstraint(fields=["client"], condition=Q(ended_at=None), name="people_hidden_once")
        ]

    def __str__(self) -> str:
        return str(self.id)


class Named(models.Model):
    """One of the few who reach a hidden record, with what their role may do."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    hidden = models.ForeignKey(Hidden, models.PROTECT, related_name="team")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hidden", "user"], name="people_named_once")]

    def __str__(self) -> str:
        return str(self.id)


def signer(user: User) -> str:
    """The name and credential a user signs with."""
    staff = Staff.objects.filter(user=user).select_related("user").first()
    return staff.signature if staff else user.name


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents within reach."""

    def visible_to(self, by) -> "DocumentQuerySet":
        """Documents of the clients whose documents `by` may open."""
        return self.filter(reach.clients_within(by, Permission.DOCUMENT_SEE, "client"))


class Document(models.Model):
    """A file kept in a client's record as it came; its content is sealed, its type was told by its bytes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)  # of the content, before sealing
    sealed = SealedField("people.document:{id}")
    kept_at = models.DateTimeField()
    by = models.CharField(max_length=60)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "kind", "sha256"], name="people_document_once"),
            models.CheckConstraint(condition=Q(size__gt=0) & ~Q(title=""), name="people_document_has_content"),
            models.CheckConstraint(
                condition=Q(kind__in=["consent-scan", "legal-order", "request", "letter", "packet", "other"]),
                name="people_document_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(media_type__in=["application/pdf", "image/png", "image/jpeg", "image/webp", "text/plain"]),
                name="people_document_type_known",
            ),
        ]
        indexes = [models.Index(fields=["client", "kept_at"], name="people_document_by_time")]

    def __str__(self) -> str:
        return f"{self.kind} {self.media_type}"
