"""Clients and what identifies them."""

from django.db import models
from django.db.models import Q

from daybridge.access.models import Site
from daybridge.access.rules import Permission
from daybridge.kit.ids import new_id
from daybridge.people import reach
from daybridge.people.rules import short_name


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
