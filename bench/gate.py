"""Run beside a fresh home: `python -m bench.gate FEW MANY` prints what the gate's answer costs at both, as JSON.

Every client has the single consent, one for their mother, both with their signature and their line on the ledger, and
an older disclosure; each question is about another client, at random.
"""

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from random import Random
from statistics import median, quantiles

from daybridge.config import ready

WARM, ROUNDS, BATCH = 20, 600, 2_000


def main(few: int, many: int) -> None:
    ready.django()
    ready.database()
    from django.utils import timezone

    from bench import measured, scale
    from daybridge.kit.periods import week_start

    now, rng, raw = timezone.now(), Random(many), {}
    house = next(scale._houses(1, week_start(now.date()) - timedelta(weeks=scale.WEEKS), now))
    clients: list = []
    for wanted in (few, many):
        began = time.perf_counter()
        clients += _fill(house, range(len(clients), wanted), now, rng)
        measured._settle()
        raw[str(wanted)] = {"filled_s": round(time.perf_counter() - began, 1), **_cost(house, clients, now, rng)}
    print(json.dumps(raw))


def _fill(house, numbers: range, now, rng: Random) -> list:
    from bench import scale
    from bench.lines import hang
    from daybridge.access.rules import Role
    from daybridge.consent.models import Consent, ConsentSignature, Disclosure
    from daybridge.people.models import Client

    witness = house.staff[Role.INTAKE][0].user
    clients = [scale._client(house, number, now, rng) for number in numbers]
    Client.objects.bulk_create(clients, batch_size=BATCH)
    for some in _batches(clients):
        consents = list(_consents(some, witness, now))
        Consent.objects.bulk_create(consents)
        ConsentSignature.objects.bulk_create(
            ConsentSignature(
                consent=one, name=one.signer_name, relation="self", kind="typed", mark=one.signer_name,
                text_hash=one.text_hash, at=one.signed_at, by=witness.actor,
            ) for one in consents
        )  # fmt: skip
        hang(_signing(one, witness) for one in consents)
        Disclosure.objects.bulk_create(
            Disclosure(
                client=one, at=now - timedelta(days=9), by=witness.actor, recipient="the client", purpose="client",
                what="a week", allowed=["schedule"],
            ) for one in some
        )  # fmt: skip
    return clients


def _batches(clients: list) -> Iterator[list]:
    for start in range(0, len(clients), BATCH):
        yield clients[start : start + BATCH]


def _signing(consent, by) -> dict[str, object]:
    """What the ledger is told of a signing."""
    from daybridge.consent import columns

    data = {"form": consent.form, "now": "active", "text_hash": consent.text_hash,
            "terms_hash": columns.digest(consent), "relation": "self"}  # fmt: skip
    return {
        "at": consent.signed_at, "actor": by.actor, "verb": "consent.sign", "kind": "write",
        "object_type": "consent.consent", "object_id": str(consent.pk), "client_id": consent.client_id, "data": data,
    }  # fmt: skip


def _consents(clients: Iterable, witness, now) -> Iterator:
    from daybridge.consent import wording
    from daybridge.consent.models import Consent

    text = "# Consent"
    kinds = {
        "part2-tpo": {},
        "family": {"recipient_type": "person", "recipient_name": "Ana Vega", "recipient_relation": "mother",
                   "kinds": ["presence", "schedule", "attendance"], "purposes": ["family"]},
    }  # fmt: skip
    for one in clients:
        for kind, said in kinds.items():
            yield Consent(
                client=one, kind=kind, form=f"{kind}@2026.1", language="en", text=text,
                text_hash=wording.text_hash(text),
                status="active", signed_at=now - timedelta(days=25), signer_name=one.name, signer_relation="self",
                signature_kind="typed", signature=one.name, witness=witness, **said,
            )  # fmt: skip


def _cost(house, clients: list, now, rng: Random) -> dict[str, dict[str, float]]:
    """Milliseconds: of the rules alone, of the answer (records read and judged), and of the answer written down."""
    from daybridge.access.rules import Role
    from daybridge.consent import gate, rules

    by = house.staff[Role.INTAKE][0].user
    request = rules.Request(
        recipient=rules.Recipient("person", "Ana Vega", "mother"), purpose="family",
        kinds=("presence", "schedule", "attendance", "notes"), what="on the phone",
    )  # fmt: skip
    history = gate.known(client=_again(clients[0]), at=now)
    if set(gate.weigh(client=_again(clients[-1]), request=request, at=now).allowed) != set(request.kinds[:3]):
        raise SystemExit("the gate does not allow what the consents say")
    return {
        "rules": _timed(lambda: rules.decide(history, request, now)),
        "answer": _timed(lambda: gate.weigh(client=_again(rng.choice(clients)), request=request, at=now)),
        "cleared": _timed(lambda: gate.clear(client=_again(rng.choice(clients)), request=request, by=by, at=now)),
    }


def _again(client):
    """The record as a page has it: read anew with its site."""
    from daybridge.people.models import Client

    return Client.objects.select_related("site").get(pk=client.pk)


def _timed(ask: Callable[[], object]) -> dict[str, float]:
    spent, busy = [], []
    for place in range(WARM + ROUNDS):
        began, worked = time.perf_counter(), time.process_time()
        ask()
        if place >= WARM:
            spent.append((time.perf_counter() - began) * 1000)
            busy.append((time.process_time() - worked) * 1000)
    return {
        "p50_ms": round(median(spent), 3), "p95_ms": round(quantiles(spent, n=20)[-1], 3),
        "processor_p50_ms": round(median(busy), 3), "processor_p95_ms": round(quantiles(busy, n=20)[-1], 3),
    }  # fmt: skip


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
