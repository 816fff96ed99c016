"""Who may know what: the consents people give, refuse and take back after they came, and the pages on a phone."""

from datetime import timedelta
from functools import partial
from uuid import UUID

from daybridge.access.models import User
from daybridge.access.rules import Role
from daybridge.consent import actions as consent
from daybridge.consent.actions.ending import SPOKEN
from daybridge.consent.rules import Signature
from daybridge.consent.terms import ON_DAY, WITH_TREATMENT, Terms
from daybridge.portal import actions as portal
from daybridge.reminders import actions as reminders
from daybridge.reminders.rules import Way
from daybridge.rights import actions as rights
from daybridge.simulation.stage import Stage, Traveler

FAMILY = (("mother", "Elena"), ("wife", "Carmen"), ("brother", "Paulo"), ("daughter", "Ines"), ("father", "Anton"))
RENEWAL_DAYS = 9


def begin(stage: Stage, traveler: Traveler) -> None:
    """The first day: the notice, and over the next days what each person wants others to know, or not to.

    Who does what goes round by the order of coming to each site, so that a small program shows all of it.
    """
    _notice(stage, traveler)
    place = stage.counts.get(_begun(traveler), 0)
    stage.tally(_begun(traveler))
    scenes = (partial(_family, place=place), _ends_soon, _doctor, _says_no)
    if place % 5 < len(scenes):
        stage.clock.at(stage.workday(stage.now, 1, 11), partial(scenes[place % 5], stage, traveler))
    if place % 3 == 0:
        stage.clock.at(stage.workday(stage.now, 1, 12), partial(_phone, stage, traveler))


def _begun(traveler: Traveler) -> str:
    return f"begun at {traveler.site}"


def _notice(stage: Stage, traveler: Traveler) -> None:
    name = f"{traveler.who.given} {traveler.who.family}"
    receipt = rights.Receipt(language=traveler.who.language, how="screen", signer_name=name)
    rights.acknowledge(client_id=traveler.client, receipt=receipt, by=_intake(stage, traveler), at=stage.now)
    stage.tally("notices")


def _family(stage: Stage, traveler: Traveler, place: int) -> None:
    """A relative may know when the person comes; they get a page, or it is taken back."""
    relation, given = FAMILY[place // 5 % len(FAMILY)]
    kinds = ("presence", "schedule") if place % 2 else ("presence", "schedule", "attendance")
    terms = Terms(
        recipient_type="person", name=f"{given} {traveler.who.family}", relation=relation, purposes=("family",),
        kinds=kinds, ends=WITH_TREATMENT,
    )  # fmt: skip
    signed = _agree(stage, traveler, "family", terms)
    if place % 10 == 5:
        stage.clock.at(stage.now + timedelta(days=4), partial(_take_back, stage, traveler, signed))
    else:
        portal.give_pass(client_id=traveler.client, consent_id=signed, by=_intake(stage, traveler), at=stage.now)


def _take_back(stage: Stage, traveler: Traveler, consent_id: UUID) -> None:
    counselor = stage.world.users[traveler.counselor]
    consent.revoke(consent_id=consent_id, reason="wants to tell them in person", how=SPOKEN, by=counselor, at=stage.now)
    stage.tally("taken back")


def _doctor(stage: Stage, traveler: Traveler) -> None:
    terms = Terms(
        recipient_type="person", name="Dr. Leila Amin", relation="family doctor", purposes=("treatment",),
        kinds=("presence", "medication", "plan"), ends=WITH_TREATMENT,
    )  # fmt: skip
    _agree(stage, traveler, "named-recipient", terms)


def _ends_soon(stage: Stage, traveler: Traveler) -> None:
    """The court hears of attendance for a while; the last day is near."""
    terms = Terms(
        recipient_type="organization", name="County drug court", relation="probation", purposes=("at-request",),
        kinds=("presence", "attendance"), ends=ON_DAY,
        expires_on=(stage.clock.end + timedelta(days=RENEWAL_DAYS)).date(),
    )  # fmt: skip
    _agree(stage, traveler, "named-recipient", terms)


def _says_no(stage: Stage, traveler: Traveler) -> None:
    consent.refuse(
        client_id=traveler.client, form="photo-kiosk", language=traveler.who.language, reason="",
        by=_intake(stage, traveler), at=stage.now,
    )  # fmt: skip


def _phone(stage: Stage, traveler: Traveler) -> None:
    """The client's own page on the phone: the link is shown once, at the desk; reminders come as texts."""
    intake, language = _intake(stage, traveler), traveler.who.language
    portal.give_pass(client_id=traveler.client, by=intake, at=stage.now)
    reminders.wish(client_id=traveler.client, way=Way.TEXT, language=language, by=intake, at=stage.now)
    stage.tally("phones")


def _agree(stage: Stage, traveler: Traveler, form: str, terms: Terms) -> UUID:
    who, intake = traveler.who, _intake(stage, traveler)
    draft = consent.prepare(
        client_id=traveler.client, form=form, language=who.language, chosen=terms, by=intake, at=stage.now
    )
    name = f"{who.given} {who.family}"
    signature = Signature(name=name, relation="self", kind="typed", mark=name, device="Intake tablet")
    consent.sign_draft(consent_id=draft.id, language=who.language, signature=signature, by=intake, at=stage.now)
    stage.tally("consents")
    return draft.id


def _intake(stage: Stage, traveler: Traveler) -> User:
    return stage.someone(traveler, Role.INTAKE)
