"""allauth's questions, answered our way."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ByInvitation(DefaultAccountAdapter):
    """Accounts exist by invitation only; the sign-up page of allauth stays shut."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
