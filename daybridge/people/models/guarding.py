"""Records opened in need, and records hidden from all but a named team."""

from django.db import models
from django.db.models import Q

from daybridge.access.models import User
from daybridge.kit.ids import new_id
from daybridge.people.models.clients import Client


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
