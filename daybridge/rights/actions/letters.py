"""Write letters, and hand them over."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from daybridge.access.gates import require
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.consent import gate
from daybridge.people import reach
from daybridge.people.models import Client
from daybridge.rights import leaving, sealed, shown, wording
from daybridge.rights.models import BreachPerson, Letter, Request


def language_of(client: Client) -> str:
    """The first of the person's languages in which we have words, else English."""
    spoken = (str(language)[:2].lower() for language in client.languages)
    return next((language for language in spoken if language in wording.LANGUAGES), "en")


def for_request(request: Request, name: str, *, words: str = "", by, at: datetime) -> Letter:
    """Write a letter about a request, in its language. Only called by actions that have required their permission."""
    language = request.language
    texts = wording.book("letters", language)
    facts = {
        "asked": texts["asked"][request.kind], "what": texts["what"][request.kind],
        "asked_on": shown.written(request.received_on, language), "due_on": shown.written(request.due_on, language),
        "ground": texts["ground"].get(request.kind, {}).get(request.ground, ""), "words": words,
    }  # fmt: skip
    letter = Letter(client=request.client, request=request, name=name, language=language)
    return _keep(letter, facts, by=by, at=at)


def for_breach(person: BreachPerson, *, words: str, by, at: datetime) -> Letter:
    """Write to one person that something about them may have got out."""
    language = language_of(person.client)
    facts = {"found_on": shown.written(person.breach.found_on, language), "words": words}
    letter = Letter(client=person.client, breach_person=person, name="breach", language=language)
    return _keep(letter, facts, by=by, at=at)


def _keep(letter: Letter, facts: dict[str, str], *, by, at: datetime) -> Letter:
    facts["phone"] = shown.phone_of(letter.client.site)
    text = wording.letter(letter.name, letter.language, facts)
    letter.written_at, letter.by = at, by.actor
    sealed.put(letter, "words", text)
    letter.save(force_insert=True)
    ledger.record("letter.write", letter, by=by, at=at, name=letter.name, text_hash=wording.text_hash(text))
    return letter


@transaction.atomic
def give(*, letter_id: UUID, way: str = "screen", by, at: datetime) -> tuple[gate.Clearance, Letter]:
    """Leave to hand a letter to the person it is for, and the letter; the first time is kept as the day it was given.

    Staff who take or work requests, or the person as a Guest. Raises Letter.DoesNotExist out of reach, NotAllowed.
    """
    within = Letter.objects.filter(reach.clients_within(by, Permission.REQUEST_TAKE, "client"))
    lock = within.select_related("client__site").select_for_update(of=("self",), no_key=True)
    letter = lock.get(pk=letter_id)
    require(by, Permission.REQUEST_TAKE, letter)
    clearance = leaving.to_client(letter.client, f"letter {letter.name}", by=by, at=at)
    if letter.given_at is None:
        letter.given_at, letter.given_how = at, way
        letter.save(update_fields=["given_at", "given_how"])
        ledger.record("letter.give", letter, by=by, at=at, name=letter.name, how=way)
    return clearance, letter
