"""Routes that other packages bring: which are public and why, and which need an account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from daybridge.access.rules import Permission

SIGN_IN_PATHS = ("/accounts/", "/static/", "/locked/")

# allauth's routes, by name.
PUBLIC: dict[str, str] = {
    "account_login": "signing in",
    "account_logout": "signing out",
    "account_signup": "accepting an invitation; closed without one",
    "account_reset_password": "asking for a new password; answers the same for every address",
    "account_reset_password_done": "says that a letter was sent, whatever the address",
    "account_reset_password_from_key": "the link in that letter",
    "account_reset_password_from_key_done": "after the new password",
    "account_inactive": "says that an account is closed",
    "mfa_authenticate": "the second step of signing in",
    "mfa_login_webauthn": "signing in with a passkey",
}
OWN = ("account_", "mfa_", "usersessions_")


def is_public(request: HttpRequest) -> bool:
    match = request.resolver_match
    return bool(match and match.url_name in PUBLIC)


def permission_of(request: HttpRequest) -> Permission | None:
    """The permission that one of allauth's own routes needs; None for an unknown route, which is then refused."""
    match = request.resolver_match
    if match and match.url_name and match.url_name.startswith(OWN):
        return Permission.OWN_ACCOUNT
    return None


def lock(request: HttpRequest) -> HttpResponse:
    """End the idle session; the drafts and the page's address survive."""
    from django.contrib.auth import logout

    target = request.get_full_path() if request.method == "GET" else request.headers.get("Referer", "/")
    logout(request)
    if request.headers.get("HX-Request") or request.headers.get("Accept", "").startswith("application/json"):
        return HttpResponse(status=401)
    answer = redirect(reverse("account_login"))
    answer["Location"] += f"?next={target}"
    return answer
