"""What everybody may change about their own account."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.db import transaction

from daybridge.access.gates import require
from daybridge.access.models import User
from daybridge.access.rules import Permission
from daybridge.audit import ledger


@transaction.atomic
def describe_self(*, name: str, language: str, by: User, at: datetime) -> User:
    """Change the name others read and the language one reads. Raises NotAllowed."""
    require(by, Permission.OWN_ACCOUNT)
    user = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    changed = [field for field, new in (("name", name), ("language", language)) if getattr(user, field) != new]
    if changed:
        user.name, user.language = name, language
        user.save(update_fields=changed)
        ledger.record("account.describe", user, by=by, at=at, changed=changed)
    return user


@transaction.atomic
def end_own_session(*, session_id: int, by: User, at: datetime) -> None:
    """End one of one's own sessions. Raises UserSession.DoesNotExist for anybody else's, NotAllowed."""
    require(by, Permission.OWN_ACCOUNT)
    UserSession.objects.get(pk=session_id, user=by).end()
    ledger.record("account.end_session", by, by=by, at=at)


@transaction.atomic
def end_other_sessions(*, current_key: str, by: User, at: datetime) -> int:
    """End all of one's own sessions but the current one; how many there were. Raises NotAllowed."""
    require(by, Permission.OWN_ACCOUNT)
    others = list(UserSession.objects.filter(user=by).exclude(session_key=current_key))
    for session in others:
        session.end()
    ledger.record("account.end_sessions", by, by=by, at=at, sessions=len(others))
    return len(others)
