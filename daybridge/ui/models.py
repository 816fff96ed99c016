"""Drafts: what somebody typed and has not sent."""

from __future__ import annotations

import json
from dataclasses import asdict

from django.conf import settings
from django.db import models

from daybridge import vault
from daybridge.kit import ids
from daybridge.ui.rules import Typed


class DraftQuerySet(models.QuerySet):
    def visible_to(self, user) -> DraftQuerySet:
        """Only one's own; nobody reads another's draft."""
        return self.filter(owner_id=user.pk) if user.is_authenticated else self.none()


class Draft(models.Model):
    """One form of one person, as typed so far; `data` is sealed."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=120)
    data = vault.SealedField("ui.draft:{owner_id}:{key}", default=b"")
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["owner", "key"], name="ui_draft_one_per_form"),)
        indexes = (models.Index(fields=["owner", "-saved_at"], name="draft_tray"),)

    def __str__(self) -> str:
        return f"draft {self.pk}"

    @property
    def typed(self) -> Typed:
        return _unpack(bytes(self.data), context=f"ui.draft:{self.owner_id}:{self.key}")

    @typed.setter
    def typed(self, value: Typed) -> None:
        self.data = _pack(value, context=f"ui.draft:{self.owner_id}:{self.key}")


def _pack(typed: Typed, context: str) -> bytes:
    return vault.seal(json.dumps(asdict(typed)), context)


def _unpack(blob: bytes, context: str) -> Typed:
    return Typed(**json.loads(vault.unseal(blob, context))) if blob else Typed({})
