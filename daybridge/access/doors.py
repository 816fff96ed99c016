"""Routes that other packages bring: which are public and why, and which need an account. The lock, too."""

from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from daybridge.access.rules import Permission

# allauth's routes, by name: public, for one's own account, or shut.
PUBLIC: dict[str, str] = {
    "account_login": "signing in",
    "account_logout": "signing out",
    "account_signup": "says that accounts are made by invitation",
    "account_reset_password": "asking for a new password; answers the same for every address",
    "account_reset_password_done": "says that a letter was sent, whatever the address",
    "account_reset_password_from_key": "the link in that letter",
    "account_reset_password_from_key_done": "after the new password",
    "account_inactive": "says that an account is closed",
    "mfa_authenticate": "the second step of signing in",
    "mfa_login_webauthn": "signing in with a passkey",
}
OWN = frozenset({
    "account_reauthenticate", "account_change_password", "mfa_index", "mfa_reauthenticate", "mfa_activate_totp",
    "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes",
    "mfa_list_webauthn", "mfa_add_webauthn", "mfa_reauthenticate_webauthn", "mfa_remove_webauthn",
    "mfa_edit_webauthn",
})  # fmt: skip
SHUT: dict[str, str] = {
    "account_email": "addresses are changed by an administrator",
    "account_email_verification_sent": "the invitation proves the address",
    "account_confirm_email": "the invitation proves the address",
    "account_confirm_login_code": "nobody signs in by code",
    "account_set_password": "the invitation sets the password",
    "usersessions_list": "our own page shows the sessions and ends single ones",
}


def is_public(request: HttpRequest) -> bool:
    match = request.resolver_match
    return bool(match and not match.namespace and match.url_name in PUBLIC)


def permission_of(request: HttpRequest) -> Permission | None:
    """The permission of a route of allauth's; None for a shut or unknown one, which is then refused."""
    match = request.resolver_match
    if match and not match.namespace and match.url_name in OWN:
        return Permission.OWN_ACCOUNT
    return None


def wants_page(request: HttpRequest) -> bool:
    """Whether a person's browser asks for a whole page, and not a script for a piece."""
    return not (request.headers.get("HX-Request") or request.headers.get("Accept", "").startswith("application/json"))


def here(request: HttpRequest, path: str | None) -> str:
    """`path` when it is a page of ours, else the start."""
    if path and url_has_allowed_host_and_scheme(path, allowed_hosts={request.get_host()}):
        parts = urlsplit(path)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return "/"


def page_of(request: HttpRequest) -> str:
    """The page to come back to: the one asked for, or the one whose form was sent."""
    return request.get_full_path() if request.method == "GET" else here(request, request.headers.get("Referer"))


def ask_to_sign_in(request: HttpRequest, back_to: str) -> HttpResponse:
    """401 for a script; for a browser the sign-in page, which leads back."""
    if not wants_page(request):
        return JsonResponse({"error": "signed out"}, status=401)
    return redirect(f"{reverse('account_login')}?{urlencode({'next': back_to})}")


def lock(request: HttpRequest) -> HttpResponse:
    """End the idle session; the drafts and the page's address survive."""
    is_door = request.path == reverse("access:locked")
    back_to = here(request, request.GET.get("next")) if is_door else page_of(request)
    if request.user.is_authenticated:
        get_adapter(request).logout(request)
    return ask_to_sign_in(request, back_to)
