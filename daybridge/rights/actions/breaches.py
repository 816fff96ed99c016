"""Report that something may have got out, weigh it, tell those who must be told."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from daybridge.access.gates import require
from daybridge.access.models import Site
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.consent import gate
from daybridge.kit.errors import IllegalMove, NotAllowed, Refused
from daybridge.kit.states import check_move
from daybridge.people import reach
from daybridge.people.models import Client
from daybridge.rights import leaving, sealed, shown
from daybridge.rights.actions import letters
from daybridge.rights.models import Breach, BreachNotice, BreachPerson, Letter
from daybridge.rights.rules import breaches as rules
from daybridge.rights.rules.breaches import BREACH_MOVES, BreachState, Report, Standing, Weighed
from daybridge.rights.rules.requests import WAYS_OUT

MOST_AT_ONCE = 2000


@transaction.atomic
def report(*, report: Report, site_id: UUID | None = None, token: UUID | None = None, by, at: datetime) -> Breach:
    """Say that something may have got out, at `site_id` or the first of one's sites. Anybody on the staff may.

    The same `token` is the same report. Raises NotAllowed, Refused (rules.check_report).
    """
    mine = by.sites_with(Permission.BREACH_REPORT)
    site = Site.objects.filter(id__in=mine & {site_id} if site_id else mine).order_by("name").first()
    if site is None:
        raise NotAllowed("You do not have the permission for this.")
    require(by, Permission.BREACH_REPORT, site)
    if token and (same := Breach.objects.filter(site=site, token=token, reported_by=by).first()):
        return same
    rules.check_report(report, shown.today(site, at))
    breach = Breach(
        site=site, found_on=report.found_on, happened_on=report.happened_on, reported_by=by, reported_at=at, token=token
    )
    sealed.put(breach, "what", report.what.strip())
    breach.save(force_insert=True)
    ledger.record("breach.report", breach, by=by, at=at, found_on=report.found_on)
    return breach


@transaction.atomic
def weigh(*, breach_id: UUID, weighed: Weighed, by, at: datetime) -> Breach:
    """Answer the four questions; the rules say what follows. A low probability may be weighed again, a breach not.

    Raises Breach.DoesNotExist out of reach, NotAllowed, IllegalMove, Refused (rules.check_weighed).
    """
    breach = _mine(breach_id, by)
    to, was = rules.result(weighed), BreachState(breach.state)
    if not (was is to is BreachState.LOW):
        check_move(BREACH_MOVES, was, to)
    breach.state, breach.weighed_by, breach.weighed_at = to, by, at
    breach.ratings = {name: str(rating) for name, rating in weighed.ratings.items()}
    sealed.put_data(breach, "weighed", {"words": dict(weighed.words), "note": weighed.note})
    breach.save()
    ledger.record("breach.weigh", breach, by=by, at=at, ratings=breach.ratings, result=to)
    return breach


@transaction.atomic
def touch(*, breach_id: UUID, record_numbers: tuple[str, ...], by, at: datetime) -> int:
    """Say whose records were touched, by record number; how many were new.

    All of them or none: raises Refused when a number is not known, Breach.DoesNotExist, NotAllowed, IllegalMove.
    """
    breach = _mine(breach_id, by)
    _check_open(breach)
    wanted = {number.strip().upper() for number in record_numbers if number.strip()}
    if not wanted or len(wanted) > MOST_AT_ONCE:
        raise Refused("Write between 1 and {most} record numbers.", most=MOST_AT_ONCE)
    within = Client.objects.filter(reach.clients_within(by, Permission.BREACH_WORK), record_number__in=wanted)
    found = {client.record_number: client for client in within}
    if unknown := sorted(wanted - set(found)):
        raise Refused("No record has the number {number}.", number=unknown[0][:20])
    known = set(breach.people.values_list("client_id", flat=True))
    new = [BreachPerson(breach=breach, client=client) for client in found.values() if client.id not in known]
    for person in BreachPerson.objects.bulk_create(new):
        ledger.record("breach.touch", person, by=by, at=at, breach=breach.id)
    return len(new)


@transaction.atomic
def untouch(*, person_id: UUID, by, at: datetime) -> Breach:
    """Say that a record was not touched after all, as long as the person has not been told.

    Raises BreachPerson.DoesNotExist out of reach, NotAllowed, IllegalMove.
    """
    person = _person(person_id, by)
    _check_open(person.breach)
    if person.told_at or Letter.objects.filter(breach_person=person).exists():
        raise IllegalMove("This person has a letter already.")
    ledger.record("breach.untouch", person, by=by, at=at, breach=person.breach_id)
    person.delete()
    return person.breach


@transaction.atomic
def write_letters(*, breach_id: UUID, words: str, by, at: datetime) -> int:
    """Write to everybody whose record was touched and who has no letter yet, each in their language; how many.

    Raises Breach.DoesNotExist, NotAllowed, IllegalMove unless it is a breach, Refused without words.
    """
    breach = _mine(breach_id, by)
    if breach.state != BreachState.BREACH:
        raise IllegalMove("Letters are written once it is known to be a breach.")
    if len(words.strip()) < 10 or len(words) > rules.LONGEST:
        raise Refused("Say what happened in words that each person may read, without naming anybody.")
    people = breach.people.filter(letter=None).select_related("client__site", "breach")
    for person in people:
        letters.for_breach(person, words=words.strip(), by=by, at=at)
    return len(people)


@transaction.atomic
def give_letters(*, breach_id: UUID, by, at: datetime) -> tuple[list[gate.Clearance], list[Letter]]:
    """Leave to send every letter of a breach that nobody has had yet, each through the gate; at most 500 at once.

    Printing tells nobody: `tell` does, one by one. Raises Breach.DoesNotExist, NotAllowed, Refused without letters.
    """
    breach = _mine(breach_id, by)
    waiting = Letter.objects.filter(breach_person__breach=breach, breach_person__told_at=None)
    found = list(waiting.select_related("client__site").order_by("client__family_name", "id")[:500])
    if not found:
        raise Refused("There is no letter to print.")
    return [leaving.to_client(one.client, "letter breach", by=by, at=at) for one in found], found


@transaction.atomic
def tell(*, person_id: UUID, way: str, by, at: datetime) -> tuple[gate.Clearance, BreachPerson]:
    """Say that a person was told, and how; the letter goes through the gate like everything that leaves.

    Raises BreachPerson.DoesNotExist, NotAllowed, Refused without a letter or for a way there is not, IllegalMove twice.
    """
    person = _person(person_id, by)
    letter = Letter.objects.filter(breach_person=person).first()
    if letter is None:
        raise Refused("Write the letter first.")
    if way not in WAYS_OUT:
        raise Refused("Say how the person was told.")
    if person.told_at:
        raise IllegalMove("This person was told already.")
    clearance = leaving.to_client(person.client, "letter breach", by=by, at=at)
    person.told_at, person.told_how = at, way
    person.save(update_fields=["told_at", "told_how"])
    Letter.objects.filter(pk=letter.pk, given_at=None).update(given_at=at, given_how=way)
    ledger.record("breach.tell", person, by=by, at=at, breach=person.breach_id, how=way)
    return clearance, person


@transaction.atomic
def told(*, breach_id: UUID, whom: str, on: date, remark: str = "", by, at: datetime) -> BreachNotice:
    """Keep that HHS, the press or somebody else was told. Raises Breach.DoesNotExist, NotAllowed, Refused."""
    breach = _mine(breach_id, by)
    _check_open(breach)
    rules.check_told(whom, on, found_on=breach.found_on, today=shown.today(breach.site, at))
    notice = BreachNotice.objects.create(breach=breach, whom=whom, on=on, remark=remark[:200], by=by.actor, at=at)
    ledger.record("breach.told", breach, by=by, at=at, whom=whom, on=on)
    return notice


@transaction.atomic
def close(*, breach_id: UUID, by, at: datetime) -> Breach:
    """Nobody is left to be told. Raises Breach.DoesNotExist, NotAllowed, IllegalMove, Refused (rules.check_closing)."""
    breach = _mine(breach_id, by)
    rules.check_closing(standing(breach))
    check_move(BREACH_MOVES, BreachState(breach.state), BreachState.CLOSED)
    breach.state, breach.closed_at = BreachState.CLOSED, at
    breach.save(update_fields=["state", "closed_at"])
    ledger.record("breach.close", breach, by=by, at=at)
    return breach


def standing(breach: Breach) -> Standing:
    """What is done of a breach, for the rules. 2 queries."""
    told = list(breach.people.values_list("told_at", flat=True))
    others = frozenset(breach.notices.values_list("whom", flat=True))
    return Standing(BreachState(breach.state), len(told), sum(at is not None for at in told), others)


def _mine(breach_id: UUID, by) -> Breach:
    within = Breach.objects.visible_to(by).select_related("site")
    breach = within.select_for_update(of=("self",), no_key=True).get(pk=breach_id)
    require(by, Permission.BREACH_WORK, breach)
    return breach


def _person(person_id: UUID, by) -> BreachPerson:
    within = BreachPerson.objects.filter(breach__in=Breach.objects.visible_to(by))
    lock = within.select_related("breach", "client__site").select_for_update(of=("self",), no_key=True)
    person = lock.get(pk=person_id)
    require(by, Permission.BREACH_WORK, person.breach)
    return person


def _check_open(breach: Breach) -> None:
    if breach.state == BreachState.CLOSED:
        raise IllegalMove("This report is closed.")
