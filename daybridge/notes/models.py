"""The note of a session: said once for all, one line for each client, sealed, signed, never overwritten."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from daybridge.access.rules import Permission
from daybridge.episodes.models import Episode
from daybridge.kit.ids import new_id
from daybridge.people.models import Client
from daybridge.plans.models import Goal
from daybridge.scheduling.models import Session
from daybridge.vault import SealedField


class NoteQuerySet(models.QuerySet["SessionNote"]):
    """Notes within reach."""

    def visible_to(self, by) -> "NoteQuerySet":
        return self.filter(session__site__in=by.sites_with(Permission.NOTE_SEE))


class SessionNote(models.Model):
    """What was done in a session. Words are sealed; `content_hash` binds what was signed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    session = models.OneToOneField(Session, models.PROTECT, related_name="note")
    status = models.CharField(max_length=10, default="draft")
    topic = models.CharField(max_length=100, blank=True)
    what_we_did = SealedField("notes.what_we_did:{id}", default=bytes)
    practice = SealedField("notes.practice:{id}", default=bytes)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    signed_as = models.CharField(max_length=200, blank=True)
    signed_at = models.DateTimeField(null=True)
    content_hash = models.CharField(max_length=64, blank=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status="draft", signed_at__isnull=True)
                | Q(status="signed", signed_by__isnull=False, signed_at__isnull=False) & ~Q(content_hash=""),
                name="notes_signature_complete",
            )
        ]

    def __str__(self) -> str:
        return self.status


class NoteLine(models.Model):
    """One client's own line of the note, private to that client's record."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    note = models.ForeignKey(SessionNote, models.PROTECT, related_name="lines")
    episode = models.ForeignKey(Episode, models.PROTECT, related_name="note_lines")
    goal = models.ForeignKey(Goal, models.PROTECT, null=True, related_name="+")
    minutes = models.PositiveSmallIntegerField(default=0)
    participation = models.CharField(max_length=12, blank=True)
    response = models.CharField(max_length=12, blank=True)
    words = SealedField("notes.line:{note_id}:{episode_id}", default=bytes)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["note", "episode"], name="notes_one_line_per_client")]

    def __str__(self) -> str:
        return str(self.id)


class Addendum(models.Model):
    """Words added after signing; the signed note stays as it was."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    note = models.ForeignKey(SessionNote, models.PROTECT, related_name="addenda")
    words = SealedField("notes.addendum:{id}")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed_as = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at",)

    def __str__(self) -> str:
        return str(self.id)


class CounselingQuerySet(models.QuerySet["CounselingNote"]):
    """One's own, and nobody else's."""

    def visible_to(self, by) -> "CounselingQuerySet":
        return self.filter(author=getattr(by, "pk", None))


class CounselingNote(models.Model):
    """A counselor's own words about a talk, apart from the record; only the author reads them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words = SealedField("notes.counseling:{id}:{author_id}")
    written_at = models.DateTimeField()

    objects = CounselingQuerySet.as_manager()

    class Meta:
        ordering = ("-written_at", "-id")
        indexes = [models.Index(fields=["author", "client"], name="notes_counseling_own")]

    def __str__(self) -> str:
        return str(self.id)
