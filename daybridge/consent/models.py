"""Consents as they were signed, what became of them, and what left on their strength."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from daybridge.access.rules import Permission
from daybridge.consent.rules import USUAL_SENSITIVITIES
from daybridge.kit.ids import new_id
from daybridge.people import reach
from daybridge.people.models import Client, Document


def usual_sensitivities() -> list[str]:
    """What a form covers unless it names more."""
    return [str(one) for one in USUAL_SENSITIVITIES]


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Consents within reach."""

    def visible_to(self, by) -> "ConsentQuerySet":
        return self.filter(reach.clients_within(by, Permission.CONSENT_SEE, "client"))

    def in_force(self) -> "ConsentQuerySet":
        """Signed and not revoked; expiry is judged by the rules at the time asked for."""
        return self.filter(status="active")


class Consent(models.Model):
    """One consent: the exact words signed, bound by their hash. Never changed after signing, only ended."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="consents")
    kind = models.CharField(max_length=30)
    form = models.CharField(max_length=40)
    language = models.CharField(max_length=10)
    text = models.TextField()
    text_hash = models.CharField(max_length=64)
    discloser = models.CharField(max_length=200, blank=True)
    recipient = models.CharField(max_length=200, blank=True)  # in the words of the form
    recipient_type = models.CharField(max_length=20, blank=True)
    recipient_name = models.CharField(max_length=200, blank=True)
    recipient_relation = models.CharField(max_length=60, blank=True)
    recipient_ref = models.CharField(max_length=60, blank=True)
    members = models.JSONField(default=list)
    information = models.JSONField(default=list)
    matter = models.CharField(max_length=200, blank=True)  # the one legal case it is for
    kinds = models.JSONField(default=list)
    sensitivities = models.JSONField(default=usual_sensitivities)
    purpose = models.CharField(max_length=40, blank=True)  # in the words of the form
    purposes = models.JSONField(default=list)
    period_from = models.DateField(null=True)
    period_until = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    expires_when = models.CharField(max_length=200, blank=True)  # in the words of the form
    expires_event = models.CharField(max_length=60, blank=True)
    expires_condition = models.CharField(max_length=200, blank=True)
    revocable_on = models.DateField(null=True)  # not to be taken back before (42 CFR 2.35)
    revocable_event = models.CharField(max_length=60, blank=True)
    code_word = models.CharField(max_length=64, blank=True)  # keyed digest of the word a caller must know
    scan = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=10, default="draft")
    signed_at = models.DateTimeField(null=True)
    signer_name = models.CharField(max_length=200, blank=True)
    signer_relation = models.CharField(max_length=40, blank=True)
    signature_kind = models.CharField(max_length=5, blank=True)
    signature = models.TextField(blank=True)
    device = models.CharField(max_length=200, blank=True)
    witness = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ("-signed_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["draft", "refused"]) | Q(signed_at__isnull=False) & ~Q(signer_name=""),
                name="consent_signature_complete",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "active", "refused", "expired", "revoked"]),
                name="consent_status_known",
            ),
            models.CheckConstraint(
                condition=Q(period_from=None) | Q(period_until=None) | Q(period_from__lte=models.F("period_until")),
                name="consent_period_makes_sense",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.status}"


class ConsentSignature(models.Model):
    """One signature under a consent: who, as what, how, where, on which device; `by` witnessed or took it in."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="signatures")
    name = models.CharField(max_length=200)
    relation = models.CharField(max_length=40)
    kind = models.CharField(max_length=5)
    mark = models.TextField(blank=True)
    text_hash = models.CharField(max_length=64)
    device = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=60)

    class Meta:
        ordering = ("at", "id")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="consent_signature_named"),
            models.CheckConstraint(condition=Q(kind__in=["typed", "drawn", "paper"]), name="consent_signature_kind"),
            models.UniqueConstraint(fields=["consent", "relation", "name"], name="consent_signature_once"),
        ]

    def __str__(self) -> str:
        return f"{self.relation} {self.kind}"


class ConsentEvent(models.Model):
    """A consent's history: from, to, by whom, when, why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="events")
    was = models.CharField(max_length=10)
    now = models.CharField(max_length=10)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)
    how = models.CharField(max_length=12, blank=True)  # tapped, spoken, written, by date, by event

    class Meta:
        ordering = ("at",)

    def __str__(self) -> str:
        return f"{self.was} to {self.now}"


class Representative(models.Model):
    """Who speaks for a client by law, why, and the paper that says so; without one, adults sign for themselves."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="representatives")
    name = models.CharField(max_length=200)
    relation = models.CharField(max_length=20)
    because = models.CharField(max_length=20)
    paper = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)
    by = models.CharField(max_length=60)

    class Meta:
        ordering = ("since", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(relation__in=["parent", "guardian", "representative"]) & ~Q(name=""),
                name="consent_representative_known",
            ),
            models.CheckConstraint(
                condition=Q(because__in=["minor", "lacks-capacity", "deceased"]), name="consent_representative_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.relation} because {self.because}"


class Restriction(models.Model):
    """What the program agreed to keep back (42 CFR 2.26). What is left empty means all: kinds, anybody, any purpose."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="restrictions")
    kinds = models.JSONField(default=list)
    recipient_type = models.CharField(max_length=20, blank=True)
    recipient_name = models.CharField(max_length=200, blank=True)
    recipient_relation = models.CharField(max_length=60, blank=True)
    purposes = models.JSONField(default=list)
    why = models.CharField(max_length=300, blank=True)
    agreed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    by = models.CharField(max_length=60)

    class Meta:
        ordering = ("agreed_at", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=models.F("agreed_at")),
                name="consent_restriction_ends_later",
            )
        ]

    def __str__(self) -> str:
        return f"restriction {self.agreed_at:%Y-%m-%d}"


class Ruling(models.Model):
    """A person's decision between two consents that say different things: `kept` holds, `set_aside` does not."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="rulings")
    kept = models.ForeignKey(Consent, models.PROTECT, related_name="+")
    set_aside = models.ForeignKey(Consent, models.PROTECT, related_name="+")
    why = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=60)

    class Meta:
        ordering = ("at", "id")
        constraints = [
            models.CheckConstraint(condition=~Q(kept=models.F("set_aside")), name="consent_ruling_between_two"),
        ]

    def __str__(self) -> str:
        return f"ruling {self.at:%Y-%m-%d}"


class Disclosure(models.Model):
    """One answer of the gate, allowed or not, kept for the accounting of disclosures (42 CFR 2.25)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="disclosures")
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    recipient = models.CharField(max_length=200)
    recipient_type = models.CharField(max_length=20, blank=True)
    recipient_relation = models.CharField(max_length=60, blank=True)
    purpose = models.CharField(max_length=40)
    what = models.CharField(max_length=200)
    ground = models.JSONField(default=dict)  # the facts of an order, an emergency, an audit
    allowed = models.JSONField(default=list)
    withheld = models.JSONField(default=list)
    relied_on = models.JSONField(default=list)
    notice = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{self.purpose} {self.at:%Y-%m-%d}"
