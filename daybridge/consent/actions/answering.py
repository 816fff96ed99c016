"""The phone desk: "Is my son there?" One question, one answer, written down."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Q

from daybridge.access.gates import require
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.consent import gate, rules
from daybridge.consent.models import Consent
from daybridge.consent.rules import Period, Recipient, Request, desk
from daybridge.consent.rules.desk import NEITHER, Answer, Call
from daybridge.people import reach
from daybridge.people.models import Client
from daybridge.people.rules import name_key

MOST = 20


def answer(*, call: Call, by, at: datetime) -> Answer:
    """What may be said to a caller. Nobody of that name, one hidden, one out of reach, no consent: all are one answer.

    What may be said is a disclosure, written with the answer; else the ledger tells only that the desk answered.
    Raises NotAllowed. Source: CON-33; 42 CFR 2.13(c), 2.31.
    """
    require(by, Permission.DESK_ANSWER)
    found = [(one, request) for one in _called(call, by) if (request := _request(one, call, at))]
    if len(found) != 1:
        ledger.record("desk.answer", by, by=by, at=at)
        return NEITHER
    client, request = found[0]
    cleared = gate.clear(client=client, request=request, by=by, at=at, permission=Permission.DESK_ANSWER)
    ends = Consent.objects.filter(pk__in=cleared.relied_on).exclude(expires_on=None).order_by("expires_on")
    return Answer(cleared.kinds, ends.values_list("expires_on", flat=True).first())


def _called(call: Call, by) -> list[Client]:
    """The clients within reach who go by this name, by the name of the record or the one they chose."""
    first, _, last = call.name.strip().partition(" ")
    named = Q(name_key=name_key("", call.name)) | Q(preferred_name__iexact=first, family_name__iexact=last.strip())
    near = Client.objects.standing().filter(reach.clients_within(by, Permission.DESK_ANSWER), named)
    if call.birth_date:
        near = near.filter(birth_date=call.birth_date)
    return list(near.select_related("site").order_by("id")[:MOST])


def _request(client: Client, call: Call, at: datetime) -> Request | None:
    """The first purpose for which a consent names this caller, with the kinds it lets be said; None for none."""
    local = at.astimezone(ZoneInfo(client.site.timezone))
    history = gate.known(client=client, at=at)
    kept = Consent.objects.filter(client=client).values_list("id", "code_word")
    words = {str(consent_id): word for consent_id, word in kept}
    heard = gate.code_word(call.code_word, client.pk)
    for purpose in desk.PURPOSES:
        asked = Request(
            recipient=Recipient("", call.caller, call.relation), purpose=purpose, kinds=desk.KINDS,
            what="on the phone", period=Period(local.date(), local.date()),
        )  # fmt: skip
        if kinds := desk.sayable(history, rules.decide(history, asked, local), words, heard):
            return replace(asked, kinds=kinds)
    return None
