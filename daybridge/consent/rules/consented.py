"""What consents let out: which apply, what each grants, and the narrower where two disagree. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from daybridge.consent.rules.cells import Cell
from daybridge.consent.rules.facts import Given, History, Person, Request, Ruling
from daybridge.consent.rules.grounds import Lack
from daybridge.consent.rules.recipients import is_look_alike, means
from daybridge.consent.rules.scopes import defect, kinds_of, purposes_of
from daybridge.consent.rules.signers import is_signed_by_all
from daybridge.consent.rules.standing import is_in_force, why_not
from daybridge.consent.rules.words import TPO_PURPOSES, FormKind, Kind

NO_CONSENT = Lack("No consent to share this is in force.", "42 CFR 2.31, 2.33")
NO_TPO = Lack("No consent to share for treatment, payment and operations is in force.", "42 CFR 2.31, 2.33")
NO_CLASS = Lack(
    "It is not said what the recipient is: somebody who treats the client, who pays, or who helps run the program.",
    "42 CFR 2.31(a)(4)(i)",
)
OWN_CONSENT = Lack("Private counseling notes need a consent of their own.", "42 CFR 2.31(b)")
LOOK_ALIKE = Lack(
    "A consent names somebody who looks like this recipient but is not the same. Check the name with the client.",
    "42 CFR 2.31(a)(4)",
)
NOT_SIGNED = Lack("Somebody who must sign this consent has not.", "42 CFR 2.14, 2.15, 2.31(a)(8)")
NOT_NAMED = Lack("The consent does not name this kind.", "42 CFR 2.31(a)(3)")
NOT_THAT_SENSITIVE = Lack("The consent does not name this sensitive part.", "42 CFR 2.31(a)(3)")
OUTSIDE = Lack("It is about days outside the consent's period.", "42 CFR 2.31(a)(3)")
NARROWER = Lack(
    "Two consents say different things about this; the narrower one holds until a person decides.", "42 CFR 2.13(a)",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Held:
    """The consents that apply to a request, and the sentence for a request to which none does."""

    consents: tuple[Given, ...]
    none: Lack


def held(history: History, request: Request, at: datetime) -> Held:
    """Which consents apply at `at`: sound, in force, signed by all who must, for this recipient and purpose."""
    for_purpose = [one for one in history.consents if request.purpose in purposes_of(one)]
    standing = [one for one in for_purpose if is_in_force(one, at, history.happened, history.latest)]
    person = history.person or Person()
    sound = [one for one in standing if not defect(one) and is_signed_by_all(one, person, at)]
    meant = [one for one in sound if means(one, request)]
    if meant:
        return Held(_ruled(meant, history.rulings, at), NARROWER)
    if any(is_look_alike(one.recipient, request.recipient) for one in standing):
        return Held((), LOOK_ALIKE)
    return Held((), _why_none(for_purpose, history, request, at))


def _why_none(for_purpose: Sequence[Given], history: History, request: Request, at: datetime) -> Lack:
    """The most telling reason why no consent applies: about the newest that is meant for this recipient."""
    for one in reversed(for_purpose):
        if not means(one, request):
            continue
        if fault := defect(one):
            return Lack(fault, "42 CFR 2.31(c)")
        if not (ended := why_not(one, at, history.happened, history.latest)):
            return NOT_SIGNED
        return Lack(f"No consent to share this is in force. {ended}", "42 CFR 2.31(c)")
    if request.purpose not in TPO_PURPOSES:
        return NO_CONSENT
    of_tpo = any(one.kind == FormKind.TPO and is_in_force(one, at, history.happened) for one in for_purpose)
    return NO_CLASS if of_tpo and not request.recipient.relation else NO_TPO


def _ruled(meant: Sequence[Given], rulings: Iterable[Ruling], at: datetime) -> tuple[Given, ...]:
    """Without those that a person set aside for another that applies too; of two rulings on a pair the newer counts."""
    here = {one.id for one in meant}
    newest: dict[frozenset[str], Ruling] = {}
    for ruling in sorted(rulings, key=lambda one: one.at):
        if ruling.at <= at and {ruling.kept, ruling.set_aside} <= here:
            newest[frozenset((ruling.kept, ruling.set_aside))] = ruling
    aside = {ruling.set_aside for ruling in newest.values()}
    return tuple(one for one in meant if one.id not in aside)


def judge(cell: Cell, request: Request, consents: Sequence[Given]) -> Lack | tuple[Given, ...]:
    """The consents that let this cell out, or why none does."""
    whys: Mapping[str, Lack | None] = {one.id: _why(one, cell, request) for one in consents}
    granting = tuple(one for one in consents if whys[one.id] is None)
    silent = [one for one in consents if whys[one.id] is not None]
    if not granting:
        return _telling([why for why in whys.values() if why], cell)
    if any(kinds_of(one) & kinds_of(other) for one in granting for other in silent):
        return NARROWER
    return granting


def _why(given: Given, cell: Cell, request: Request) -> Lack | None:
    if cell.kind not in kinds_of(given):
        return NOT_NAMED
    if not cell.labels <= set(given.sensitivities):
        return NOT_THAT_SENSITIVE
    return None if given.period.holds(request.period) else OUTSIDE


def _telling(whys: Sequence[Lack], cell: Cell) -> Lack:
    if cell.kind == Kind.COUNSELING_NOTES:
        return OWN_CONSENT
    return next((one for one in (OUTSIDE, NOT_THAT_SENSITIVE) if one in whys), whys[0] if whys else NARROWER)
