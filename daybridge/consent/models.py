"""Consents as they were signed, what became of them, and what left on their strength."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from daybridge.access.rules import Permission
from daybridge.kit.ids import new_id
from daybridge.people.models import Client


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Consents within reach."""

    def visible_to(self, by) -> "ConsentQuerySet":
        return self.filter(client__site__in=by.sites_with(Permission.CONSENT_SEE))

    def in_force(self) -> "ConsentQuerySet":
        """Signed and not revoked; expiry is judged by the rules at the time asked for."""
        return self.filter(status="active")


class Consent(models.Model):
    """One consent: the exact words signed, bound by their hash. Never changed after signing, only ended."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="consents")
    kind = models.CharField(max_length=20)
    form = models.CharField(max_length=40)
    language = models.CharField(max_length=10)
    text = models.TextField()
    text_hash = models.CharField(max_length=64)
    discloser = models.CharField(max_length=200, blank=True)
    recipient = models.CharField(max_length=200, blank=True)
    information = models.JSONField(default=list)
    purpose = models.CharField(max_length=40, blank=True)
    expires_on = models.DateField(null=True)
    expires_when = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=10, default="draft")
    signed_at = models.DateTimeField(null=True)
    signer_name = models.CharField(max_length=200, blank=True)
    signer_relation = models.CharField(max_length=40, blank=True)
    signature_kind = models.CharField(max_length=5, blank=True)
    signature = models.TextField(blank=True)
    device = models.CharField(max_length=200, blank=True)
    witness = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ("-signed_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(status="draft") | Q(signed_at__isnull=False, witness__isnull=False) & ~Q(signer_name=""),
                name="consent_signature_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.status}"


class ConsentEvent(models.Model):
    """A consent's history: from, to, by whom, when, why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="events")
    was = models.CharField(max_length=10)
    now = models.CharField(max_length=10)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("at",)

    def __str__(self) -> str:
        return f"{self.was} to {self.now}"


class Disclosure(models.Model):
    """One answer of the gate, allowed or not, kept for the accounting of disclosures (42 CFR 2.25)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="disclosures")
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    recipient = models.CharField(max_length=200)
    purpose = models.CharField(max_length=40)
    what = models.CharField(max_length=200)
    allowed = models.JSONField(default=list)
    withheld = models.JSONField(default=list)
    relied_on = models.JSONField(default=list)
    notice = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{self.purpose} {self.at:%Y-%m-%d}"
