"""Histories, requests and decisions as JSON: what `daybridge consent decide` reads and says. Pure.

The shape is told in the room's README; anything it does not know is a fault with its path, never left aside.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from daybridge.consent.rules import grounds
from daybridge.consent.rules.facts import (
    NOBODY,
    THE_CLIENT,
    Decision,
    Given,
    Happening,
    History,
    Period,
    Person,
    Recipient,
    Request,
    Restriction,
    Ruling,
)
from daybridge.consent.rules.revoking import may_revoke
from daybridge.consent.rules.shapes import Faults, day, instant, like, many, one_of, shape, text, yes_no
from daybridge.consent.rules.words import ConsentState, FormKind, Kind, Purpose, RecipientType, Sensitivity
from daybridge.kit.errors import BadInput, Problem

CLIENT_WORDS = ("client", "the client")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened, of one `type`; which other keys it needs stands in NEEDED."""

    type: str
    at: datetime
    consent: str = ""
    event: str = ""
    restriction: str = ""
    keep: str = ""
    set_aside: str = ""
    kinds: tuple[str, ...] = ()
    recipient: Recipient = NOBODY
    purposes: tuple[str, ...] = ()


NEEDED: Mapping[str, tuple[str, ...]] = {
    "signed": ("consent",),
    "revoked": ("consent",),
    "expired": ("consent",),
    "refused": ("consent",),
    "happened": ("event",),
    "restricted": ("restriction",),
    "lifted": ("restriction",),
    "decided": ("keep", "set_aside"),
}
STATES = {"revoked": ConsentState.REVOKED, "expired": ConsentState.EXPIRED, "refused": ConsentState.REFUSED}


def _recipient(value: Any, at: str, faults: Faults) -> Any:
    if isinstance(value, str):
        return THE_CLIENT if value.strip().lower() in CLIENT_WORDS else Recipient("", text(value, at, faults))
    return _RECIPIENT(value, at, faults)


def _period(value: Any, at: str, faults: Faults) -> Any:
    found = like(Period)(value, at, faults)
    if found and found.is_empty:
        faults.append(Problem(at, "The last day is before the first."))
    return found


_RECIPIENT = like(Recipient, ("name",), {"type": one_of(RecipientType)})
_KINDS, _PURPOSES = many(one_of(Kind)), many(one_of(Purpose))


def _given(*, id: str, kind: str, state: str = "", signed_at: datetime | None = None, **more: Any) -> Given:
    usual = ConsentState.ACTIVE if signed_at else ConsentState.DRAFT
    told = {"is_intact": more.pop("intact", True), **more}
    return Given(id=id, kind=kind, state=ConsentState(state or usual), signed_at=signed_at, **told)


_GIVEN = shape(
    _given,
    {
        "id": text, "kind": one_of(FormKind), "state": one_of(ConsentState), "signed_at": instant, "ended_at": instant,
        "recipient": _recipient, "members": many(text), "kinds": _KINDS, "purposes": _PURPOSES, "period": _period,
        "sensitivities": many(one_of(Sensitivity)), "expires_on": day, "expires_event": text,
        "expires_condition": text, "signed_by": many(text), "intact": yes_no, "revocable_on": day,
        "revocable_event": text,
    },
    ("id", "kind"),
)  # fmt: skip
_EVENT = like(
    Event,
    ("type", "at"),
    {"type": one_of(NEEDED), "at": instant, "recipient": _recipient, "kinds": many(text), "purposes": _PURPOSES},
)
_HISTORY = shape(
    dict, {"consents": many(_GIVEN), "events": many(_EVENT), "client": like(Person), "latest": instant}, ("consents",)
)
_REQUEST = shape(
    dict,
    {
        "at": instant, "recipient": _recipient, "purpose": text, "kinds": many(text), "what": text, "period": _period,
        "ground": lambda value, at, faults: value,
    },
    ("at", "recipient", "purpose", "kinds"),
)  # fmt: skip


def history(data: object) -> History:
    """The history of contracts `consent decide`. Raises BadInput with every Problem and its path."""
    faults: Faults = []
    read = _HISTORY(data, "", faults)
    if faults:
        raise _bad("The history cannot be read: {first}", faults)
    events = list(enumerate(read.get("events", ())))
    faults += _unfit(read["consents"], events)
    if faults:
        raise _bad("The history cannot be read: {first}", faults)
    told = [one for _, one in events]
    happened = tuple(Happening(one.event, one.at) for one in told if one.type == "happened")
    return History(
        consents=tuple(_with(one, told, happened) for one in read["consents"]), person=read.get("client"),
        latest=read.get("latest"), restrictions=_restrictions(told), happened=happened,
        rulings=tuple(Ruling(one.keep, one.set_aside, one.at) for one in told if one.type == "decided"),
    )  # fmt: skip


def request(data: object) -> tuple[Request, datetime]:
    """The request of contracts `consent decide` and its instant. Raises BadInput with every Problem and its path."""
    faults: Faults = []
    read = _REQUEST(data, "", faults)
    ground = None
    if isinstance(data, Mapping) and data.get("ground") is not None:
        ground = _ground(data, faults)
    if faults:
        raise _bad("The request cannot be read: {first}", faults)
    at = read.pop("at")
    return Request(**{**read, "ground": ground}), at


def _ground(data: Mapping[str, Any], faults: Faults) -> Any:
    """The facts of a ground; which they are goes by the purpose."""
    made = next((one for one in grounds.GROUNDS if one.purpose == data.get("purpose")), None)
    if made is None:
        faults.append(Problem("ground", "This purpose needs no facts."))
        return None
    inner = {"deidentified": like(grounds.Deidentified)} if made is grounds.PublicHealth else {}
    return like(made, special=inner)(data["ground"], "ground", faults)


def to_json(decision: Decision, notices: Mapping[str, str]) -> dict[str, Any]:
    """A decision in the words of contracts; `notices` are the words by id."""
    return {
        "allowed": [str(one) for one in decision.allowed],
        "withheld": [{"kind": str(one.kind), "reason": one.reason, "source": one.source} for one in decision.withheld],
        "relied_on": list(decision.relied_on),
        "notice": notices[decision.notice] if decision.notice else None,
        "reasons": [{"code": one.code, "text": one.text, "source": one.source} for one in decision.reasons],
        "scope": list(decision.scope),
        "until": decision.until.isoformat() if decision.until else None,
    }


def _unfit(consents: tuple[Given, ...], events: list[tuple[int, Event]]) -> list[Problem]:
    """Ids used twice, events that lack what their type needs, and events about nothing in this history."""
    ids = [one.id for one in consents]
    found = [
        Problem(f"consents[{place}].id", "This id is used twice.")
        for place, one in enumerate(ids)
        if one in ids[:place]
    ]
    known = {"consent": ids, "keep": ids, "set_aside": ids}
    for place, event in events:
        for key in NEEDED[event.type]:
            at, value = f"events[{place}].{key}", getattr(event, key)
            if not value:
                found.append(Problem(at, f"“{event.type}” needs this."))
            elif value not in known.get(key, [value]):
                found.append(Problem(at, "No consent of this history has this id."))
    return found


def _with(given: Given, events: list[Event], happened: tuple[Happening, ...]) -> Given:
    """A consent after what happened to it, in the order told; an end stays an end. One that was taken back before it
    could be was not (42 CFR 2.35)."""
    for event in events:
        if event.consent != given.id or (event.type == "revoked" and not _may_revoke(given, event.at, happened)):
            continue
        if event.type == "signed" and given.state == ConsentState.DRAFT:
            given = replace(given, state=ConsentState.ACTIVE, signed_at=event.at)
        elif event.type in STATES:
            given = replace(given, state=STATES[event.type], ended_at=event.at)
    return given


def _may_revoke(given: Given, at: datetime, happened: tuple[Happening, ...]) -> bool:
    return may_revoke(given, at.date(), [one for one in happened if one.at <= at])


def _restrictions(events: list[Event]) -> tuple[Restriction, ...]:
    lifted = {one.restriction: one.at for one in events if one.type == "lifted"}
    return tuple(
        Restriction(
            id=one.restriction, agreed_at=one.at, kinds=one.kinds, recipient=one.recipient, purposes=one.purposes,
            ended_at=lifted.get(one.restriction),
        )
        for one in events if one.type == "restricted"
    )  # fmt: skip


def _bad(template: str, faults: Faults) -> BadInput:
    return BadInput(template, tuple(faults), first=f"{faults[0].path}: {faults[0].message}")
