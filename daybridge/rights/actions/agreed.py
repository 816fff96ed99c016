"""What follows from a yes: something is kept back, or the person is reached in another way."""

from datetime import datetime

from daybridge.audit import ledger
from daybridge.consent import restrictions
from daybridge.consent.rules import facts
from daybridge.rights import sealed
from daybridge.rights.models import ContactWish, Request
from daybridge.rights.rules.requests import Asked, Kind


def carry_out(request: Request, asked: Asked, *, by, at: datetime) -> None:
    """Do what was agreed to. Only called by `answer`, which has required the permission and locked the request."""
    if request.kind == Kind.RESTRICTION:
        _keep_back(request, asked, by=by, at=at)
    elif request.kind == Kind.CONTACT:
        _reach_so(request, asked, by=by, at=at)


def _keep_back(request: Request, asked: Asked, *, by, at: datetime) -> None:
    limits = _limits(asked.wants["to"], asked.wants.get("recipient", "").strip(), at)
    restrictions.agree(client_id=request.client_id, limits=limits, why=f"request {request.id}", by=by, at=at)


def _limits(to: str, name: str, at: datetime) -> facts.Restriction:
    """A health plan is kept from what would pay; a person or an office from everything; "everyone" from all."""
    if to == "everyone":
        return facts.Restriction(id="", agreed_at=at)
    if to == "health-plan":
        payer = facts.Recipient("organization", name, "payer")
        return facts.Restriction(id="", agreed_at=at, recipient=payer, purposes=("payment", "operations"))
    return facts.Restriction(id="", agreed_at=at, recipient=facts.Recipient(to, name))


def _reach_so(request: Request, asked: Asked, *, by, at: datetime) -> None:
    """One wish is in force at a time: the newest."""
    for earlier in ContactWish.objects.select_for_update(no_key=True).filter(client=request.client, ended_at=None):
        earlier.ended_at = at
        earlier.save(update_fields=["ended_at"])
        ledger.record("contact-wish.end", earlier, by=by, at=at)
    wish = ContactWish(client=request.client, request=request, means=asked.wants["means"], since=at)
    said = {name: asked.wants.get(name, "") for name in ("where", "not")}
    sealed.put_data(wish, "said", said)
    wish.save(force_insert=True)
    ledger.record("contact-wish.keep", wish, by=by, at=at, means=wish.means)
