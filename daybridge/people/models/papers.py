"""Documents kept in a record."""

from django.db import models
from django.db.models import Q

from daybridge.access.rules import Permission
from daybridge.kit.ids import new_id
from daybridge.people import reach
from daybridge.people.models.clients import Client
from daybridge.vault import SealedField


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
