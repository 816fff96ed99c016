"""Passes: who was given a page on a phone, and which phone opened it."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from daybridge.access.gates import Guest
from daybridge.access.rules import Permission
from daybridge.consent.models import Consent
from daybridge.kit.ids import new_id
from daybridge.people import reach
from daybridge.people.models import Client
from daybridge.portal.rules import CLIENT_MAY, OUTSIDER_MAY, Holder, PassState, Phone, Times, pass_state


class PassQuerySet(models.QuerySet["Pass"]):
    """Passes within reach."""

    def visible_to(self, by) -> "PassQuerySet":
        return self.filter(reach.clients_within(by, Permission.PHONE_ACCESS_GIVE, "client"))

    def standing(self, at: datetime) -> "PassQuerySet":
        """Not ended, and opened or with a link that still works; idleness is judged by the rules."""
        return self.filter(Q(opened_at__isnull=False) | Q(link_until__gt=at), ended_at=None)


class Pass(models.Model):
    """One page on one phone: a link that works once, and the visits after it.

    The client's own, or that of somebody the client chose; then it hangs on the consent that chose them.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="passes")
    kind = models.CharField(max_length=10)
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, related_name="passes")
    token_digest = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=10, default="en")
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=60)
    link_until = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    phone = models.CharField(max_length=10, default="own")
    device = models.CharField(max_length=100, blank=True)
    seen_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=60, blank=True)

    objects = PassQuerySet.as_manager()

    class Meta:
        ordering = ("-given_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=Holder.CLIENT, consent__isnull=True) | Q(kind=Holder.OUTSIDER, consent__isnull=False),
                name="portal_pass_hangs_on_a_consent",
            ),
            models.CheckConstraint(condition=Q(phone__in=["own", "shared"]), name="portal_pass_phone_known"),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=False) | Q(seen_at__isnull=True), name="portal_pass_seen_once_opened"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by="") | Q(ended_at__isnull=False) & ~Q(ended_by=""),
                name="portal_pass_somebody_ended_it",
            ),
        ]
        indexes = [models.Index(fields=["client", "ended_at"], name="portal_pass_of_client")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    def state_at(self, now: datetime) -> PassState:
        times = Times(
            link_until=self.link_until, opened_at=self.opened_at, seen_at=self.seen_at, ended_at=self.ended_at
        )
        return pass_state(times, Phone(self.phone), now)

    @property
    def is_clients(self) -> bool:
        return self.kind == Holder.CLIENT

    @property
    def guest(self) -> Guest:
        """Who acts when this pass is used: the client, or a guest known by the pass."""
        if self.is_clients:
            kept = self.client.merged_into_id or self.client_id
            return Guest(actor=f"client:{kept}", client_id=kept, permissions=CLIENT_MAY)
        return Guest(actor=f"guest:{self.id}", client_id=self.client_id, permissions=OUTSIDER_MAY)
