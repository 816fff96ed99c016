"""allauth's questions, answered our way: by invitation only, in plain words, with a line on the ledger."""

from base64 import b64decode, b64encode
from typing import Any
from urllib.parse import quote

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from daybridge.access import events
from daybridge.access.models import User
from daybridge.vault import seal_bytes, unseal_bytes

TOO_MANY = _("That was tried too often. Wait a few minutes, then try again.")


class ByInvitation(DefaultAccountAdapter):
    """Accounts exist by invitation only; the sign-up page of allauth stays shut."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed. Ask your administrator."),
        "email_password_mismatch": _("The address and the password do not go together. Try again."),
        "incorrect_password": _("This is not your password. Try again."),
        "enter_current_password": _("This is not your current password. Try again."),
        "invalid_password_reset": _("This link no longer works. Ask for a new one."),
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        return subject

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("access:account")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """As this installation is reached from outside, whatever host the request named."""
        pattern = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.ADDRESS.rstrip("/") + pattern.replace("UID-KEY", quote(key))

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_login")

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, Any]]:
        words = {
            "mfa_reauthenticate": _("Use a code from your app, or a recovery code"),
            "mfa_reauthenticate:webauthn": _("Use a passkey"),
        }
        methods = super().get_reauthentication_methods(user)
        return [way | {"description": words.get(way["id"], way["description"])} for way in methods]

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            events.refused(request, "account.throttled", credentials.get("email", ""))
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        events.refused(request, "account.sign_in_refused", credentials.get("email", ""))

    def logout(self, request: HttpRequest) -> None:
        events.told("account.sign_out", request.user)
        super().logout(request)


class SealedSecondStep(DefaultMFAAdapter):
    """The secrets of second steps are sealed like clinical notes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right. Codes change every 30 seconds: try the newest one."),
        "cannot_generate_recovery_codes": _("Set up an app or a passkey first."),
    }
    SEAL = "mfa.authenticator.secret"

    def encrypt(self, text: str) -> str:
        return b64encode(seal_bytes(text.encode(), self.SEAL)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal_bytes(b64decode(encrypted_text), self.SEAL).decode()

    def generate_authenticator_name(self, user: User, type: str) -> str:
        return gettext("My passkey")
