"""The only writers of drafts. No ledger line: a draft is no record until it is sent, and only its owner reads it."""

from datetime import datetime

from django.db import transaction

from daybridge.ui import rules
from daybridge.ui.models import Draft


@transaction.atomic
def save_draft(*, by, key: str, data: rules.Typed, version: int, at: datetime) -> Draft:
    """Keep what `by` typed under `key` and count the version up; `version` is the one last seen (0: none).

    Raises Stale when another window saved since, Refused when the draft is too long or nameless.
    """
    rules.check_draft(key, data)
    draft, _made = Draft.objects.select_for_update().get_or_create(owner_id=by.pk, key=key, defaults={"saved_at": at})
    rules.check_version(draft.version, version)
    draft.typed = rules.kept(data)
    draft.version += 1
    draft.saved_at = at
    draft.save(update_fields=["data", "version", "saved_at"])
    return draft


@transaction.atomic
def discard_draft(*, by, key: str, at: datetime) -> None:
    """Throw the draft of `by` under `key` away; nothing happens when there is none."""
    Draft.objects.visible_to(by).filter(key=key, saved_at__lte=at).delete()
