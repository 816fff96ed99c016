"""Two records side by side: are they one person?"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from daybridge.access.gates import may
from daybridge.access.rules import Permission
from daybridge.admissions.models import PossibleMatch, Referral
from daybridge.admissions.queries.page import PersonFacts, person_facts
from daybridge.audit import ledger
from daybridge.people import reach


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact of both records; `verdict` is same, different or unknown."""

    label: str
    new: str
    known: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Pair:
    """The record that came with the referral against one we had."""

    match_id: UUID
    state: str
    new: PersonFacts
    known: PersonFacts
    since: datetime
    rows: tuple[FactRow, ...]
    may_join: bool


def compare(*, referral_id: UUID, by, at: datetime) -> list[Pair]:
    """Every possible match of a referral, open ones first; readings are on the ledger.

    Raises Referral.DoesNotExist out of reach.
    """
    referral = Referral.objects.visible_to(by).select_related("client").get(pk=referral_id)
    mine = reach.clients_within(by, Permission.REFERRAL_SEE, "client")
    matches = PossibleMatch.objects.filter(mine, referral=referral)
    found = list(matches.select_related("client").order_by("-state", "id"))
    allowed = may(by, Permission.REFERRAL_JOIN, referral)
    ledger.read("referral.compare", referral, by=by, at=at)
    ledger.read_list("referral.compare", [one.client_id for one in found], by=by, at=at)
    today = timezone.localtime(at).date()
    mine = person_facts(referral.client, today)
    return [_pair(one, mine, person_facts(one.client, today), allowed) for one in found]


def _pair(match: PossibleMatch, new: PersonFacts, known: PersonFacts, allowed: bool) -> Pair:
    agree, differ = set(match.facts["agree"]), set(match.facts["differ"])
    rows = (
        ("name", _("Name"), new.name, known.name),
        ("birth date", _("Birth date"), _day(new), _day(known)),
        ("sex", _("Sex"), new.sex, known.sex),
        ("phone", _("Phone"), ", ".join(new.phones), ", ".join(known.phones)),
        ("email", _("Email"), new.email, known.email),
        ("address", _("Address"), "; ".join(new.addresses), "; ".join(known.addresses)),
        ("identifier", _("Numbers"), _numbers(new), _numbers(known)),
    )
    verdicts = {key: "same" if key in agree else "different" if key in differ else "unknown" for key, *_rest in rows}
    told = tuple(FactRow(label, one, two, verdicts[key]) for key, label, one, two in rows if one or two)
    return Pair(match.id, match.state, new, known, match.client.created_at, told, allowed)


def _day(person: PersonFacts) -> str:
    return date_format(person.birth_date, "M j, Y") if person.birth_date else ""


def _numbers(person: PersonFacts) -> str:
    return ", ".join(f"{kind} {shown}" for kind, shown in person.numbers)
