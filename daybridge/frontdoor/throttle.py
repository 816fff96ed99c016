"""How often one address may send the form."""

from django.core.cache import cache

from daybridge import vault

MOST = 10
SECONDS = 3600


def is_too_often(address: str) -> bool:
    """Count one more form from this address; True beyond ten an hour. The address itself is not kept."""
    key = f"frontdoor:{vault.digest(address, 'frontdoor.throttle')[:32]}"
    if cache.add(key, 1, SECONDS):
        return False
    try:
        return cache.incr(key) > MOST
    except ValueError:  # the hour ended between the two calls
        return False
