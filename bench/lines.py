"""Lines of the ledger in bulk, each hung on the one before by the function the ledger itself uses."""

from collections.abc import Iterable
from itertools import islice
from typing import Any

BATCH = 2_000


def hang(facts: Iterable[dict[str, Any]]) -> None:
    """Write one honest line for each of these, after those there are; `client_id` is a UUID or None."""
    from django.db import transaction

    from daybridge.audit import ledger
    from daybridge.audit.models import Entry, Head
    from daybridge.audit.rules import Line, link, seal
    from daybridge.vault import keyring

    head = Head.objects.get_or_create(pk=ledger.CHAIN)[0]
    key, seq, mac, left = keyring.named("ledger.key"), head.seq, head.mac, iter(facts)
    while some := list(islice(left, BATCH)):
        rows = []
        for one in some:
            seq += 1
            told = {"chain": ledger.CHAIN, "seq": seq, "reason": "", "origin": "", **one}
            after = link(key, mac, Line(**told | {"client_id": str(told["client_id"] or "")}))
            rows.append(Entry(previous=mac, mac=after, **told))
            mac = after
        with transaction.atomic():
            Entry.objects.bulk_create(rows)
            Head.objects.filter(pk=ledger.CHAIN).update(seq=seq, mac=mac, seal=seal(key, ledger.CHAIN, (seq, mac)))
