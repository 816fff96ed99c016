"""Who may know what about one client: what stands, what waits, what ended, what was refused."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from daybridge.access.gates import Guest
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.audit.rules import Line as Told
from daybridge.consent import columns, gate, happenings, phrases, proof, shown, who, wording
from daybridge.consent.models import Consent, Disclosure, Representative
from daybridge.consent.queries import within
from daybridge.consent.queries.clashes import disagreeing
from daybridge.consent.queries.standing import TITLES, state_of
from daybridge.consent.rules import Happening
from daybridge.consent.rules.book import RULES
from daybridge.consent.rules.revoking import DECIDED, may_revoke
from daybridge.consent.rules.signers import Signers
from daybridge.consent.rules.words import ConsentState, FormKind
from daybridge.consent.terms import Terms

TENSES = {"active": "now", "draft": "would", "refused": "would"}
HOWS = {
    "tapped": _lazy("on their own phone"), "spoken": _lazy("said to staff"), "written": _lazy("in writing"),
    "by date": _lazy("its last day is over"), "by event": _lazy("what it waited for happened"),
}  # fmt: skip
STATES = {"refused": _lazy("Said no"), "revoked": _lazy("Taken back"), "expired": _lazy("Ended")}


@dataclass(frozen=True, slots=True)
class Left:
    """Something that left on a consent: when, to whom, what."""

    at: datetime
    recipient: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One consent in plain sentences. Times are site-local; `waits` are the relations whose signature is missing."""

    consent_id: UUID
    form: str
    title: str
    state: str
    sentence: str
    until: str
    purpose: str
    language: str
    signer: str = ""
    witness: str = ""
    signed_at: datetime | None = None
    kind: str = ""
    ended_at: datetime | None = None
    ended_how: str = ""
    reason: str = ""
    waits: tuple[str, ...] = ()
    signed_by: tuple[str, ...] = ()
    is_intact: bool = True
    ends_by_event: bool = False
    ends_with_care: bool = False
    ends_with_case: bool = False
    bound: str = ""
    days_left: int | None = None
    chooses: bool = False
    scan_id: UUID | None = None
    left: tuple[Left, ...] = ()
    is_set_aside: bool = False

    @property
    def is_due(self) -> bool:
        return self.days_left is not None and self.days_left <= RULES.number("CON-20")

    @property
    def ends_soon(self) -> str:
        if not self.days_left:
            return _("Ends today")
        return ngettext("Ends in %(n)d day", "Ends in %(n)d days", self.days_left) % {"n": self.days_left}

    @property
    def ended_words(self) -> str:
        return str(HOWS.get(self.ended_how, ""))

    @property
    def state_words(self) -> str:
        return str(STATES.get(self.state, ""))

    @property
    def may_change(self) -> bool:
        return self.chooses and not self.signed_by


@dataclass(frozen=True, slots=True)
class Speaks:
    """Somebody who speaks for the client by law, as long as `until` has not passed."""

    name: str
    relation: str
    because: str
    since: date


@dataclass(frozen=True, slots=True)
class Undecided:
    """Two lines that say different things about the same recipient; only what both say leaves until it is decided."""

    first: Line
    second: Line

    @property
    def both(self) -> tuple[Line, Line]:
        return self.first, self.second


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """Everything about one client's consents. `open_forms` can be begun: form and title."""

    client_id: UUID
    client: str
    called: str
    stands: tuple[Line, ...]
    waits: tuple[Line, ...]
    ended: tuple[Line, ...]
    refused: tuple[Line, ...]
    undecided: tuple[Undecided, ...]
    open_forms: tuple[tuple[str, str], ...]
    speaks: tuple[Speaks, ...]
    who_signs: str
    needs_counsel: bool

    @property
    def binds(self) -> bool:
        """Whether one of them cannot be taken back yet."""
        return any(line.bound for line in self.stands)

    @property
    def first_forms(self) -> tuple[tuple[str, str], ...]:
        return self._among(wording.FIRST)

    @property
    def chosen_forms(self) -> tuple[tuple[str, str], ...]:
        return self._among(wording.CHOSEN)

    @property
    def small_forms(self) -> tuple[tuple[str, str], ...]:
        return self._among(wording.SMALL)

    def _among(self, forms: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        return tuple(one for one in self.open_forms if one[0] in forms)


def shared(*, client_id: UUID, language: str, at: datetime, by) -> Shared:
    """Who may know what about a client, in this language: said to the client when `by` is the client, else about them.

    Raises Client.DoesNotExist out of reach. Writes a read to the ledger.
    """
    client = within.client(client_id, by)
    local, needed = shown.local(client, at), who.needed(client, shown.today(client, at))
    rows = list(
        Consent.objects.visible_to(by).filter(client=client).select_related("witness", "client__site")
        .prefetch_related("signatures", "events").order_by("-signed_at", "-id")
    )  # fmt: skip
    seen = _Seen(
        language=language, voice=phrases.YOU if isinstance(by, Guest) else phrases.THEY, local=local, needed=needed,
        told=proof.told(one.id for one in rows), left=_left(client.id, by),
        happened=happenings.of([client.id]).get(client.id, ()),
    )  # fmt: skip
    pairs = disagreeing([one for one in rows if state_of(one, local, seen.happened) == ConsentState.ACTIVE], client)
    aside = {pair.set_aside for pair in pairs}
    lines = {one.id: replace(_line(one, seen), is_set_aside=one.id in aside) for one in rows}
    ledger.read("consent.list", client, by=by, at=at)
    undecided = tuple(Undecided(lines[one.first], lines[one.second]) for one in pairs if not one.counts)
    told = list(lines.values())
    return Shared(
        client_id=client.id, client=client.name, called=client.called, stands=_in(told, ConsentState.ACTIVE),
        waits=_in(told, ConsentState.DRAFT), ended=_in(told, ConsentState.EXPIRED, ConsentState.REVOKED),
        refused=_in(told, ConsentState.REFUSED), undecided=undecided, open_forms=_open(told), speaks=_speaks(client.id),
        who_signs=_(needed.reason), needs_counsel=needed.needs_counsel,
    )  # fmt: skip


def _in(lines: Iterable[Line], *states: str) -> tuple[Line, ...]:
    order = {form: place for place, form in enumerate(wording.FORMS)}
    return tuple(sorted((line for line in lines if line.state in states), key=lambda line: order[line.form]))


def _open(lines: Iterable[Line]) -> tuple[tuple[str, str], ...]:
    """Forms that can be begun: those with something to choose always, the others while none stands or waits."""
    taken = {line.form for line in lines if line.state in (ConsentState.ACTIVE, ConsentState.DRAFT)}
    return tuple(
        (form, TITLES[FormKind(form)]) for form in wording.FORMS if form in wording.CHOSEN or form not in taken
    )


def _speaks(client_id: UUID) -> tuple[Speaks, ...]:
    rows = Representative.objects.filter(client_id=client_id, until=None)
    return tuple(Speaks(*row) for row in rows.values_list("name", "relation", "because", "since"))


def _left(client_id: UUID, by) -> dict[str, tuple[Left, ...]]:
    """What left on each consent, newest first; nothing for those who may not see it."""
    if client_id not in by.scope(Permission.DISCLOSURES_SEE).clients and not by.sites_with(Permission.DISCLOSURES_SEE):
        return {}
    found: dict[str, list[Left]] = {}
    rows = Disclosure.objects.filter(client_id=client_id).exclude(relied_on=[]).order_by("-at")
    for at, recipient, what, relied_on in rows.values_list("at", "recipient", "what", "relied_on"):
        for consent in relied_on:
            found.setdefault(consent, []).append(Left(at, recipient, what))
    return {consent: tuple(several) for consent, several in found.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What every line of a page is told with."""

    language: str
    voice: int
    local: datetime
    needed: Signers
    told: dict[str, list[Told]]
    happened: tuple[Happening, ...]
    left: dict[str, tuple[Left, ...]]


def _line(one: Consent, seen: _Seen) -> Line:
    agreed, state, language = columns.terms_of(one), state_of(one, seen.local, seen.happened), seen.language
    signed_by = tuple(row.relation for row in one.signatures.all())
    is_live = state in (ConsentState.ACTIVE, ConsentState.DRAFT)
    return Line(
        consent_id=one.id, form=one.kind, title=TITLES[FormKind(one.kind)], state=state, language=one.language,
        sentence=_sentence(one, state, language, seen.voice),
        until=phrases.until(agreed, language, shown.day_in(language)) if is_live else "",
        purpose=phrases.listed([phrases.purpose(code, language, seen.voice) for code in agreed.purposes], language)
        if agreed.purposes else "",
        signer=one.signer_name, witness=one.witness.name if one.witness else "", kind=one.signature_kind,
        signed_at=one.signed_at and one.signed_at.astimezone(seen.local.tzinfo), **_ending(one, seen, is_live=is_live),
        waits=_waits(seen.needed, signed_by) if state == ConsentState.DRAFT else (), signed_by=signed_by,
        is_intact=proof.is_intact(one, seen.told.get(str(one.id), [])), chooses=one.kind in wording.CHOSEN,
        ends_by_event=bool(one.expires_condition), ends_with_care=one.expires_event == columns.DISCHARGE,
        ends_with_case=one.expires_event == DECIDED, bound=_bound(one, agreed, seen), scan_id=one.scan_id,
        left=seen.left.get(str(one.id), ()),
        days_left=(one.expires_on - seen.local.date()).days
        if one.expires_on and state == ConsentState.ACTIVE else None,
    )  # fmt: skip


def _ending(one: Consent, seen: _Seen, *, is_live: bool) -> dict[str, Any]:
    last = max(one.events.all(), key=lambda event: (event.at, event.id), default=None)
    if last is None or is_live:
        return {}
    return {"ended_at": last.at.astimezone(seen.local.tzinfo), "ended_how": last.how, "reason": last.reason}


def _sentence(one: Consent, state: str, language: str, voice: int) -> str:
    """What it says; of one that ended or was refused, a form that asks nothing is told by its title."""
    agreed = columns.terms_of(one)
    if agreed.recipient_type or state in (ConsentState.ACTIVE, ConsentState.DRAFT):
        return phrases.sentence(one.kind, agreed, language, voice, TENSES.get(state, "past"))
    return str(TITLES[FormKind(one.kind)])


def _bound(one: Consent, agreed: Terms, seen: _Seen) -> str:
    """That it cannot be taken back yet, in words; "" once it can."""
    free = may_revoke(gate.as_given(one), seen.local.date(), seen.happened)
    return "" if free else phrases.bound(agreed, seen.language, shown.day_in(seen.language))


def _waits(needed: Signers, signed_by: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(group)[0] if "self" not in group else "self" for group in needed.missing(signed_by))
