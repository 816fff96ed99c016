"""What allauth tells of itself, written on the ledger. Its signals are its only word, so this one place listens."""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as second_step
from django.http import HttpRequest
from django.utils import timezone

from daybridge.access.gates import System
from daybridge.access.models import Program, User
from daybridge.audit import ledger
from daybridge.vault import digest

SIGN_IN = System("sign-in")


def told(verb: str, user: User, **data: Any) -> None:
    """`user` did `verb` to their own account, now."""
    ledger.record(verb, user, by=user, at=timezone.now(), **data)


def refused(request: HttpRequest, verb: str, email: str) -> None:
    """Somebody was turned away; the address they gave is kept as a fingerprint only."""
    address = digest(email.strip().lower(), "access.address")
    ledger.record(verb, Program(id=1), by=SIGN_IN, at=timezone.now(), address=address)


def _signed_in(request: HttpRequest, user: User, **_rest: Any) -> None:
    told("account.sign_in", user)


def _password_changed(request: HttpRequest, user: User, **_rest: Any) -> None:
    told("account.password_change", user)


def _password_reset(request: HttpRequest, user: User, **_rest: Any) -> None:
    told("account.password_reset", user)


def _step_added(request: HttpRequest, user: User, authenticator: Any, **_rest: Any) -> None:
    told("account.second_step_add", user, kind=authenticator.type)


def _step_removed(request: HttpRequest, user: User, authenticator: Any, **_rest: Any) -> None:
    told("account.second_step_remove", user, kind=authenticator.type)


def _codes_renewed(request: HttpRequest, user: User, authenticator: Any, **_rest: Any) -> None:
    told("account.recovery_codes", user, kind=authenticator.type)


def _step_refused(request: HttpRequest, user: User, authenticator: Any, **_rest: Any) -> None:
    ledger.record("account.second_step_refused", user, by=SIGN_IN, at=timezone.now(), kind=authenticator.type)


def listen() -> None:
    """Called once, when the program starts."""
    pairs = (
        (account.user_logged_in, _signed_in),
        (account.password_changed, _password_changed),
        (account.password_reset, _password_reset),
        (second_step.authenticator_added, _step_added),
        (second_step.authenticator_removed, _step_removed),
        (second_step.authenticator_reset, _codes_renewed),
        (second_step.authentication_failed, _step_refused),
    )
    for signal, answer in pairs:
        signal.connect(answer, dispatch_uid=f"access.{answer.__name__}")
