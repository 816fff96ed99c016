"""The secrets of second steps, which another package keeps as text: sealed anew when the key changes."""

from base64 import b64decode

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.db import transaction

from daybridge.vault import keyring

SECRETS = ("secret", "seed")


def waiting() -> int:
    """How many secrets are still sealed with an earlier key."""
    return sum(_is_earlier(one.data) for one in Authenticator.objects.only("data").iterator())


def reseal() -> int:
    """Reseal each of them, one transaction each; how many."""
    return sum(_one(key) for key in list(Authenticator.objects.values_list("pk", flat=True)))


@transaction.atomic
def _one(key: int) -> int:
    found = Authenticator.objects.select_for_update().filter(pk=key).first()
    if found is None or not _is_earlier(found.data):
        return 0
    adapter = get_adapter()
    anew = {name: adapter.encrypt(adapter.decrypt(found.data[name])) for name in SECRETS if found.data.get(name)}
    codes = found.data.get("migrated_codes")
    if codes:
        anew["migrated_codes"] = [adapter.encrypt(adapter.decrypt(code)) for code in codes]
    found.data = found.data | anew
    found.save(update_fields=["data"])
    return 1


def _is_earlier(data: dict) -> bool:
    number, _key = keyring.current()
    sealed = [data[name] for name in SECRETS if data.get(name)] + list(data.get("migrated_codes") or ())
    return any(int.from_bytes(b64decode(text)[:4], "big") < number for text in sealed)
