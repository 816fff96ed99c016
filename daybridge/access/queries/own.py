"""One's own account and sessions."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from daybridge.access.models import Membership, User
from daybridge.access.rules import ROLES, Role, device_words


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """What the account page says. `codes` is how many recovery codes are left, None when there are none."""

    name: str
    email: str
    roles: tuple[str, ...]
    has_app: bool
    passkeys: int
    codes: int | None
    sessions: int
    has_password: bool

    @property
    def has_second_step(self) -> bool:
        return self.has_app or self.passkeys > 0


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One place where somebody is signed in."""

    id: int
    device: str
    address: str
    started_at: datetime
    seen_at: datetime
    is_current: bool


def own_account(*, by: User) -> OwnAccount:
    """The account of `by` itself."""
    steps = list(Authenticator.objects.filter(user=by))
    codes = [step for step in steps if step.type == Authenticator.Type.RECOVERY_CODES]
    places = Membership.objects.filter(user=by).select_related("site").order_by("site__name", "role")
    return OwnAccount(
        name=by.name,
        email=by.email,
        roles=tuple(f"{ROLES[Role(place.role)][0]}, {place.site.name}" for place in places),
        has_app=any(step.type == Authenticator.Type.TOTP for step in steps),
        passkeys=sum(step.type == Authenticator.Type.WEBAUTHN for step in steps),
        codes=len(codes[0].wrap().get_unused_codes()) if codes else None,
        sessions=len(UserSession.objects.purge_and_list(by)),
        has_password=by.has_usable_password(),
    )


def own_sessions(*, by: User, current_key: str) -> list[SessionRow]:
    """Where `by` is signed in, the newest first; ended ones are swept out on the way."""
    rows = [
        SessionRow(
            session.pk, device_words(session.user_agent), session.ip, session.created_at, session.last_seen_at,
            session.session_key == current_key,
        )
        for session in UserSession.objects.purge_and_list(by)
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row.is_current, row.seen_at), reverse=True)
