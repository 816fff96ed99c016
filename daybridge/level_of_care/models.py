"""What the assessor found, what the rules recommended, and what the clinician decided."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from daybridge.access.rules import Permission
from daybridge.kit.ids import new_id
from daybridge.people import reach
from daybridge.people.models import Client


class DeterminationQuerySet(models.QuerySet["Determination"]):
    """Determinations within reach."""

    def visible_to(self, by) -> "DeterminationQuerySet":
        return self.filter(reach.clients_within(by, Permission.CHART_READ, "client"))

    def decided(self) -> "DeterminationQuerySet":
        return self.filter(status="decided")


class Determination(models.Model):
    """One assessment and its decision; decided ones are never changed, a later one supersedes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="determinations")
    status = models.CharField(max_length=10, default="assessed")
    case = models.JSONField()
    result = models.JSONField()
    evidence = models.JSONField(default=dict)
    rulebook = models.CharField(max_length=60)
    recommended = models.CharField(max_length=10)
    assessed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    assessed_at = models.DateTimeField()
    decided_level = models.CharField(max_length=10, blank=True)
    override_code = models.CharField(max_length=40, blank=True)
    override_reason = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = DeterminationQuerySet.as_manager()

    class Meta:
        ordering = ("-assessed_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(status="assessed", decided_level="", decided_by__isnull=True, decided_at__isnull=True)
                | Q(status="decided", decided_by__isnull=False, decided_at__isnull=False) & ~Q(decided_level=""),
                name="level_of_care_decision_complete",
            ),
            models.CheckConstraint(
                condition=Q(status="assessed")
                | Q(decided_level=models.F("recommended"))
                | (~Q(override_code="") & ~Q(override_reason="")),
                name="level_of_care_override_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recommended} {self.status}"
