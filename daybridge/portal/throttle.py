"""How often one address may try links that do not work."""

from django.core.cache import cache

from daybridge import vault
from daybridge.portal.rules import RULES

SECONDS = 3600


def _key(address: str) -> str:
    return f"portal:{vault.digest(address, 'portal.throttle')[:32]}"


def is_too_often(address: str) -> bool:
    """Whether this address has tried too many links that do not work within the hour. Source: POR-5."""
    return (cache.get(_key(address)) or 0) >= RULES.number("POR-5")


def count(address: str) -> None:
    """One more link from this address that does not work. The address itself is not kept."""
    key = _key(address)
    if cache.add(key, 1, SECONDS):
        return
    try:
        cache.incr(key)
    except ValueError:  # the hour ended between the two calls
        cache.add(key, 1, SECONDS)
