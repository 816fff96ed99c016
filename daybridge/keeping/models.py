"""Legal holds, chosen periods, purges with their certificates, exports without names."""

from django.db import models
from django.db.models import Q

from daybridge.access.models import Site
from daybridge.access.rules import Permission
from daybridge.keeping.rules import ItemState, PurgeState
from daybridge.kit.ids import new_id
from daybridge.people.models import Client


class KeepingQuerySet(models.QuerySet):
    """Rows of the sites where somebody may see how records are kept."""

    def visible_to(self, by) -> "KeepingQuerySet":
        return self.filter(site__in=by.sites_with(Permission.KEEPING_SEE))


class HoldQuerySet(KeepingQuerySet):
    """Holds by whether they hold."""

    def in_force(self) -> "HoldQuerySet":
        return self.filter(lifted_at=None)


class LegalHold(models.Model):
    """Nothing of this record is purged while the hold is in force; without a client, nobody's record at the site."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, models.PROTECT, null=True, related_name="legal_holds")
    reason = models.CharField(max_length=300)
    asked_by = models.CharField(max_length=200)
    placed_by = models.CharField(max_length=60)
    placed_at = models.DateTimeField()
    lifted_by = models.CharField(max_length=60, blank=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_because = models.CharField(max_length=300, blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ("-placed_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by="", lifted_because="")
                | Q(lifted_at__isnull=False) & ~Q(lifted_by="") & ~Q(lifted_because=""),
                name="keeping_hold_lifting_complete",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class PeriodQuerySet(KeepingQuerySet):
    """Chosen periods by whether they count."""

    def in_force(self) -> "PeriodQuerySet":
        return self.filter(ended_at=None)


class Period(models.Model):
    """What a state, a contract or the program asks for instead of the usual years of a class, at one site."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    kept = models.CharField(max_length=20)
    years = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)
    reason = models.CharField(max_length=300)
    set_by = models.CharField(max_length=60)
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ("kept", "-set_at")
        constraints = [
            models.UniqueConstraint(
                fields=["site", "kept", "source"], condition=Q(ended_at=None), name="keeping_period_one_per_source"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kept} {self.years}"


class Purge(models.Model):
    """Records of one site proposed to go together: by whom, approved by whom, and how far it came."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default=PurgeState.PROPOSED)
    rulebook = models.CharField(max_length=60)
    proposed_by = models.CharField(max_length=60)
    proposed_at = models.DateTimeField()
    answered_by = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True)

    objects = KeepingQuerySet.as_manager()

    class Meta:
        ordering = ("-proposed_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "approved", "declined", "withdrawn", "purged"]),
                name="keeping_purge_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "purged"])
                | Q(answered_at__isnull=False) & ~Q(answered_by="") & ~Q(answered_by=models.F("proposed_by")),
                name="keeping_purge_two_people",
            ),
        ]

    def __str__(self) -> str:
        return self.state


class PurgeItem(models.Model):
    """One person's record in a purge. Keeps the record's id and counts of rows, never a name or a word."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    purge = models.ForeignKey(Purge, models.PROTECT, related_name="items")
    client_id = models.UUIDField()
    state = models.CharField(max_length=10, default=ItemState.WAITING)
    until = models.DateField()
    classes = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    kept_because = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("until", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["client_id"], condition=Q(state="waiting"), name="keeping_item_waits_in_one_purge"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", at__isnull=True) | Q(state__in=["purged", "kept"], at__isnull=False),
                name="keeping_item_state_known",
            ),
        ]

    def __str__(self) -> str:
        return self.state


class Certificate(models.Model):
    """The proof of a purge: what went, how many rows of which tables, by which rules, who, when; bound by its hash."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    purge = models.OneToOneField(Purge, models.PROTECT, related_name="certificate")
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(sha256=""), name="keeping_certificate_is_bound")]

    def __str__(self) -> str:
        return self.sha256[:12]


class Export(models.Model):
    """One export without names: who took it, for what, how many people, and the fingerprint of the file."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    reason = models.CharField(max_length=300)
    people = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    objects = KeepingQuerySet.as_manager()

    class Meta:
        ordering = ("-at",)

    def __str__(self) -> str:
        return self.sha256[:12]


class ExportCode(models.Model):
    """The random code that stands for one person in one export; it never leaves together with who it is."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    export = models.ForeignKey(Export, models.PROTECT, related_name="codes")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["export", "client"], name="keeping_code_one_per_person"),
            models.UniqueConstraint(fields=["code"], name="keeping_code_is_nobody_elses"),
        ]

    def __str__(self) -> str:
        return self.code
