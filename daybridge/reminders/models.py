"""How a client wants to be reminded, what was sent, and the secret addresses calendars read."""

from django.db import models
from django.db.models import Q

from daybridge.access.rules import Permission
from daybridge.kit.ids import new_id
from daybridge.people import reach
from daybridge.people.models import Client, Staff


class OfClientQuerySet(models.QuerySet):
    """Rows of clients within reach."""

    def visible_to(self, by) -> "OfClientQuerySet":
        return self.filter(reach.clients_within(by, Permission.PHONE_ACCESS_GIVE, "client"))


class Wish(models.Model):
    """How a client wants to be reminded of sessions and told of changes; nobody is written to without one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.OneToOneField(Client, models.PROTECT, related_name="reminder_wish")
    way = models.CharField(max_length=6, default="off")
    language = models.CharField(max_length=2, default="en")
    said_at = models.DateTimeField()
    said_by = models.CharField(max_length=60)

    objects = OfClientQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(way__in=["off", "email", "text"]), name="reminders_wish_way_known"),
            models.CheckConstraint(condition=Q(language__in=["en", "es"]), name="reminders_wish_language_known"),
        ]

    def __str__(self) -> str:
        return self.way


class Message(models.Model):
    """One message about one thing, at most once: `key` names the thing. Its words are made when it is sent."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="messages_out")
    key = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=10)
    about = models.UUIDField()
    way = models.CharField(max_length=6)
    state = models.CharField(max_length=8, default="due")
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=200, blank=True)

    objects = OfClientQuerySet.as_manager()

    class Meta:
        ordering = ("due_at", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["due", "claimed", "sent", "failed"]), name="reminders_message_state_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["day", "hours", "change"]), name="reminders_message_kind_known"
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="reminders_message_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class Feed(models.Model):
    """A secret address that a calendar reads: a client's, or a staff member's own. The token is only a fingerprint."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, null=True, related_name="feeds")
    staff = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="feeds")
    token_digest = models.CharField(max_length=64, unique=True)
    shows_titles = models.BooleanField(default=False)
    language = models.CharField(max_length=2, default="en")
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=60)
    seen_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-given_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(client__isnull=False, staff__isnull=True) | Q(client__isnull=True, staff__isnull=False),
                name="reminders_feed_is_ones_own",
            )
        ]
        indexes = [models.Index(fields=["client", "ended_at"], name="reminders_feed_of_client")]

    def __str__(self) -> str:
        return str(self.id)
